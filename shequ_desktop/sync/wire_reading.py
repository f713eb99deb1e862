"""The columns of a batch -> rows of the log. Raises ValueError where they do not fit together; knows no bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from shequ_desktop.domain.changes import Change, Logged, Outcome
from shequ_desktop.sync.columns import LARGEST, ROWS_MAX, each_row, places, sound, sums, unpack_values
from shequ_desktop.sync.wire_layout import Columns, check_of, uuid_text

VALUES_MAX = 2_000_000
"""More values than this are no batch of ours."""

Writer = tuple[str, int, str, str, int]
"""Device, incarnation, author, origin, schema."""

Head = tuple[Writer, str, str, dict[str, Any], int, int]
"""What is known of a row before its numbers are summed: writer, kind, record, fields, seen, time."""

Resolve = Callable[[Sequence[int]], Sequence[str | None]]
"""The league's numbers of records -> their ids; None for a number that this side does not know."""


class TooManyError(ValueError):
    """More rows or values than a batch may hold."""


class UnknownRecordsError(ValueError):
    """A number of the league that means no record, or another one, on this side."""


def from_columns(columns: Columns, resolve: Resolve | None) -> tuple[list[Logged], bool]:
    """(the rows, whether all their texts and values are sound)."""
    count = columns.count
    if not 0 <= count <= ROWS_MAX:
        raise TooManyError
    names = unpack_values(columns.names)
    records = _records(columns, names, resolve)
    shape = places(columns.shape, count, len(columns.shapes))
    if sum(len(columns.shapes[at]) for at in shape) > VALUES_MAX:
        raise TooManyError
    shapes = [(_name(names, told[0]), [_name(names, at) for at in told[1:]]) for told in columns.shapes]
    values = [unpack_values(raw) for raw in columns.values]
    heads = zip(
        _writers(columns, names),
        (shapes[at][0] for at in shape),
        _record_of(columns.record, count, records),
        _fields(values, shapes, shape),
        _from_zero(sums(each_row(columns.seen, count))),
        sums(each_row(columns.time, count)),
        strict=True,
    )
    rows = _rows(heads, each_row(columns.n, count), _outcomes(columns, names))
    return rows, sound(names) and all(map(sound, values))


def _rows(heads: Iterable[Head], differences_of_n: Sequence[int], outcomes: Mapping[int, Outcome]) -> list[Logged]:
    """The rows from their parts; counters and fair times are told as differences."""
    before: dict[tuple[str, int], int] = {}
    rows: list[Logged] = []
    for at, ((device, incarnation, author, origin, schema), kind, record, fields, seen, time) in enumerate(heads):
        n = before.get((device, incarnation), 0) + differences_of_n[at]
        before[device, incarnation] = n
        if not 0 <= n <= LARGEST:
            raise ValueError("a number is out of range")
        outcome = outcomes.get(at)
        if outcome is not None:
            outcome = Outcome(outcome.seq, outcome.fair_ms + time, outcome.lost, outcome.unseen, outcome.revives)
        rows.append(Logged(Change(device, incarnation, n, kind, record, fields, seen, author, time, origin, schema), outcome))
    return rows


def _writers(columns: Columns, names: Sequence[Any]) -> list[Writer]:
    """Device, incarnation, author, origin and schema of each row."""
    writers = [(_name(names, d), i, _name(names, a), _name(names, o), s) for d, i, a, o, s in columns.writers]
    _from_zero([number for writer in writers for number in (writer[1], writer[4])])
    return [writers[at] for at in places(columns.writer, columns.count, len(writers))]


def _from_zero(numbers: list[int]) -> list[int]:
    if numbers and not 0 <= min(numbers) <= max(numbers) <= LARGEST:
        raise ValueError("a number is out of range")
    return numbers


def _name(names: Sequence[Any], at: int) -> str:
    """A text of the table of names. Raises ValueError for a place outside and for what is no text."""
    name = names[at] if 0 <= at < len(names) else None
    if not isinstance(name, str):
        raise ValueError("no such name")
    return name


def _records(columns: Columns, names: Sequence[Any], resolve: Resolve | None) -> list[str]:
    """All records in order of first appearance."""
    size = len(columns.uuids) // 16
    if len(columns.uuids) % 16:
        raise ValueError("ids are cut")
    joined = b"".join(columns.uuids[at::size] for at in range(size))
    digits = joined.hex()
    uuids = iter([uuid_text(digits[at : at + 32]) for at in range(0, len(digits), 32)])
    numbered: list[str] = []
    if columns.numbers:
        found = resolve(sums(columns.numbers)) if resolve else []
        numbered = [record for record in found if record is not None]
        if len(numbered) != len(columns.numbers) or check_of(numbered) != columns.check:
            raise UnknownRecordsError
    tables = (uuids, iter(numbered), iter([_name(names, at) for at in columns.texts]))
    total = size + len(numbered) + len(columns.texts)
    found_all = [next(tables[sort], None) for sort in places(columns.sorts, total, 3)]
    records = [record for record in found_all if record is not None]
    if len(records) != total:
        raise ValueError("records are missing")
    return records


def _record_of(told: int | list[int], count: int, records: Sequence[str]) -> list[str]:
    found: list[str] = []
    known = 0
    for back in each_row(told, count):
        if not 0 <= back <= known:
            raise ValueError("a record that did not appear before")
        found.append(records[known - back])
        known += not back
    return found


def _fields(
    values: Sequence[list[Any]], shapes: Sequence[tuple[str, list[str]]], shape: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """The fields of each row, taken from the columns of values. Raises ValueError where a column is too short or too long."""
    columns: dict[tuple[str, str], int] = {}
    for kind, names in shapes:
        if len(set(names)) != len(names):
            raise ValueError("a field stands twice")
        for name in names:
            columns.setdefault((kind, name), len(columns))
    wanted = [0] * len(columns)
    used = Counter(shape)
    for at, (kind, names) in enumerate(shapes):
        for name in names:
            wanted[columns[kind, name]] += used[at]
    if wanted != [len(column) for column in values]:
        raise ValueError("a column of values has another length")
    sources = [iter(column) for column in values]
    of_shape = [(names, [sources[columns[kind, name]] for name in names]) for kind, names in shapes]
    return (dict(zip(names, map(next, taken), strict=True)) for names, taken in map(of_shape.__getitem__, shape))


def _outcomes(columns: Columns, names: Sequence[Any]) -> dict[int, Outcome]:
    """Outcomes by row; their fair time still less the device's own time."""
    decided = [at for at, told in enumerate(places(columns.decided, columns.count, 2)) if told]
    seq = dict(zip(decided, sums(each_row(columns.seq, len(decided))), strict=True))
    fair = dict(zip(decided, sums(each_row(columns.fair, len(decided))), strict=True))
    lost = {at: frozenset(_name(names, place) for place in groups) for at, *groups in columns.lost}
    unseen = {at: tuple(seq[at] - back for back in told) for at, *told in columns.unseen}
    if not (lost.keys() | unseen.keys() | set(columns.revives)) <= seq.keys() or any(number < 0 for number in seq.values()):
        raise ValueError("an outcome without a decision")
    revives = set(columns.revives)
    return {at: Outcome(seq[at], fair[at], lost.get(at, frozenset()), unseen.get(at, ()), at in revives) for at in decided}
