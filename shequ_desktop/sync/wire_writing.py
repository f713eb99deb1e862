"""Rows of the log -> the columns of a batch. Knows no bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.sync.columns import differences, pack_values, same_or_all
from shequ_desktop.sync.wire_layout import Columns, check_of, uuid_text


class _Table:
    """Gives each thing a place, in the order of first appearance."""

    def __init__(self) -> None:
        self.place_of: dict[Any, int] = {}

    def place(self, thing: Any) -> int:
        return self.place_of.setdefault(thing, len(self.place_of))


def to_columns(rows: Sequence[Logged], numbers: Mapping[str, int]) -> Columns:
    names, writers, shapes, records = _Table(), _Table(), _Table(), _Table()
    columns: dict[tuple[str, str], list[Any]] = {}
    slots: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = {}
    record, writer, shape = [], [], []
    for row in rows:
        c = row.change
        writer.append(writers.place((c.device, c.incarnation, c.author, c.origin, c.schema)))
        key = (c.kind, tuple(c.fields))
        lists = slots.get(key)
        if lists is None:
            lists = slots[key] = [columns.setdefault((c.kind, name), []) for name in c.fields]
        shape.append(shapes.place(key))
        for column, value in zip(lists, c.fields.values(), strict=True):
            column.append(value)
        known = len(records.place_of)
        record.append(known - records.place(c.record))
    changes = [row.change for row in rows]
    outcomes = [(at, row.outcome) for at, row in enumerate(rows) if row.outcome is not None]
    ids = _ids(list(records.place_of), numbers, names)
    return Columns(
        count=len(rows),
        writers=[(names.place(d), i, names.place(a), names.place(o), s) for d, i, a, o, s in writers.place_of],
        shapes=[[names.place(kind), *map(names.place, fields)] for kind, fields in shapes.place_of],
        record=same_or_all(record),
        writer=same_or_all(writer),
        shape=same_or_all(shape),
        n=same_or_all(_n_differences(changes)),
        seen=same_or_all(differences(c.seen for c in changes)),
        time=same_or_all(differences(c.time_ms for c in changes)),
        decided=same_or_all([int(row.outcome is not None) for row in rows]),
        seq=same_or_all(differences(o.seq for _, o in outcomes)),
        fair=same_or_all(differences(o.fair_ms - changes[at].time_ms for at, o in outcomes)),
        lost=[[at, *map(names.place, sorted(o.lost))] for at, o in outcomes if o.lost],
        unseen=[[at, *(o.seq - seq for seq in o.unseen)] for at, o in outcomes if o.unseen],
        revives=[at for at, o in outcomes if o.revives],
        values=[pack_values(column) for column in columns.values()],
        **ids,
        names=pack_values(list(names.place_of)),
    )


def _n_differences(changes: Sequence[Change]) -> list[int]:
    before: dict[tuple[str, int], int] = {}
    told: list[int] = []
    for c in changes:
        key = (c.device, c.incarnation)
        told.append(c.n - before.get(key, 0))
        before[key] = c.n
    return told


def _ids(records: Sequence[str], numbers: Mapping[str, int], names: _Table) -> dict[str, Any]:
    sorts: list[int] = []
    uuids: list[bytes] = []
    numbered: list[str] = []
    texts: list[int] = []
    for record in records:
        if record in numbers:
            sorts.append(1)
            numbered.append(record)
        elif (raw := _uuid_bytes(record)) is not None:
            sorts.append(0)
            uuids.append(raw)
        else:
            sorts.append(2)
            texts.append(names.place(record))
    joined = b"".join(uuids)
    return {
        "sorts": same_or_all(sorts),
        "uuids": b"".join(joined[at::16] for at in range(16)),
        "numbers": differences(numbers[record] for record in numbered),
        "check": check_of(numbered),
        "texts": texts,
    }


def _uuid_bytes(record: str) -> bytes | None:
    """The 16 bytes of an id written as this program writes them; None for any other text."""
    if len(record) != 36:
        return None
    try:
        raw = bytes.fromhex(record.replace("-", ""))
    except ValueError:
        return None
    return raw if len(raw) == 16 and uuid_text(raw.hex()) == record else None
