"""The one room where synced rows are written: own changes as they are made, and what the league decided.

Rows and log change together, in sets. What is shown = what the league decided + own unsent changes on top; a record
with unsent changes keeps a shadow of its decided state, so that applying an outcome never needs a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied, digest
from shequ_desktop.storage import door, journal, meta, rows, shadows
from shequ_desktop.storage.names import Names

ChangeId = tuple[str, int, int]

Known = Mapping[str, tuple[State, int | None]]
"""record -> (shown state, digest of the decided state), as `rows.read` gives it."""


def own_changes(connection: sa.Connection, names: Names, kind: str, changes: Sequence[Change], known: Known) -> None:
    """Write changes made on this device to records of one kind. `known`: those of the records that exist."""
    new: dict[str, State] = {}
    edited: dict[str, tuple[State, int | None]] = {}
    for change in changes:
        record = change.record
        if record in known:
            state, decided = edited.get(record) or known[record]
            edited[record] = (applied(state, change), decided)
        else:
            new[record] = applied(new.get(record), change)
    with door.opened(connection):
        shadows.keep(connection, kind, {record: known[record][0] for record in edited if known[record][1] is not None})
        rows.write_new(connection, kind, new)
        rows.write(connection, kind, edited)
        journal.append(connection, names, [Logged(change) for change in changes])


def decided(
    connection: sa.Connection,
    names: Names,
    logged: Sequence[Logged],
    *,
    own: Iterable[ChangeId] = (),
    differing: Iterable[ChangeId] = (),
) -> None:
    """Apply decided changes, in league order. `own`: ids of those that stand in the log already, without outcome.

    `differing`: ids under which the log holds something else than the league, which is right.
    """
    echoed, wrong = set(own), set(differing)
    with door.opened(connection):
        journal.overwrite(connection, names, [row for row in logged if row.change.id in wrong])
        journal.append(connection, names, [row for row in logged if row.change.id not in echoed | wrong])
        journal.decide(connection, names, [row for row in logged if row.change.id in echoed])
        by_kind: defaultdict[str, list[Logged]] = defaultdict(list)
        for row in logged:
            by_kind[row.change.kind].append(row)
        for kind in by_kind:
            if kind in KINDS:  # a kind that this version does not know stays in the log until it does
                _decided_of_kind(connection, names, kind, by_kind[kind])
    late = [row.outcome.seq for row in logged if row.outcome and row.change.id in echoed]
    if late:  # an own change may be decided below a number that search has taken in already
        meta.put(connection, searched_seq=min(meta.get_int(connection, "searched_seq"), min(late) - 1))


def _decided_of_kind(connection: sa.Connection, names: Names, kind: str, logged: Sequence[Logged]) -> None:
    records = {row.change.record for row in logged}
    known = rows.read(connection, kind, records)
    shadowed = shadows.read(connection, kind, records)
    undecided = {record for record, (_, number) in known.items() if number is None}
    with_own = undecided | set(shadowed)

    base: dict[str, State | None] = {record: state for record, (state, number) in known.items() if number is not None}
    base.update(shadowed)
    states = dict(base)
    for row in logged:
        states[row.change.record] = applied(states.get(row.change.record), row.change, row.outcome)

    on_top: defaultdict[str, list[Change]] = defaultdict(list)
    for row in journal.of_records(connection, names, with_own, undecided_only=True):
        on_top[row.change.record].append(row.change)

    before = {record: number for record, (_, number) in known.items()}
    _write_shown(connection, kind, {record: state for record, state in states.items() if state}, on_top, before)
    shadows.drop(connection, kind, [record for record in shadowed if record not in on_top])
    shadows.put(connection, kind, {record: states[record] for record in on_top if record in records})


def _write_shown(
    connection: sa.Connection,
    kind: str,
    states: Mapping[str, State],
    on_top: Mapping[str, Sequence[Change]],
    before: Mapping[str, int | None],
) -> None:
    """Write decided states with own changes on top, and bring the sums of the scope up to date."""
    written: dict[str, tuple[State, int | None]] = {}
    more, difference = 0, 0
    for record, state in states.items():
        number = digest(kind, record, state)
        old = before.get(record)
        more += old is None
        difference += number - (old or 0)
        shown = state
        for change in on_top.get(record, ()):
            shown = applied(shown, change)
        written[record] = (shown, number)
    rows.write(connection, kind, written)
    meta.put(
        connection,
        decided_count=meta.get_int(connection, "decided_count") + more,
        decided_sum=meta.get_int(connection, "decided_sum") + difference,
    )
