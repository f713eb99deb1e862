"""Takes whole rows of the league's log into this one: what is new, what was waiting for its outcome, what differs.

`take` goes forward from the cursor; `align` reads a stretch again, where the sums of both sides differed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from shequ_desktop.domain.changes import Change, Logged, Outcome
from shequ_desktop.storage import again, apply, door, journal
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG

ChangeId = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Came:
    """How many rows were new here, and how many had been waiting for their outcome."""

    new: int = 0
    awaited: int = 0


def stored(connection: sa.Connection, names: Names, changes: Iterable[Change]) -> dict[ChangeId, Logged]:
    """Rows that stand in the log under the ids of these changes."""
    numbers: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for change in changes:
        numbers[change.device, change.incarnation].append(change.n)
    found: dict[ChangeId, Logged] = {}
    for (device, incarnation), listed in numbers.items():
        found.update({row.change.id: row for row in journal.numbered(connection, names, device, incarnation, listed)})
    return found


def own(
    connection: sa.Connection, names: Names, device: str, incarnation: int, listed: Sequence[tuple[int, Outcome]]
) -> list[Logged]:
    """The device's own changes with their outcomes, as far as they stand in the log."""
    there = {row.change.n: row.change for row in journal.numbered(connection, names, device, incarnation, [n for n, _ in listed])}
    return [Logged(there[n], outcome) for n, outcome in listed if n in there]


def is_strange(connection: sa.Connection, names: Names, rows: Sequence[Logged], device: str) -> bool:
    """Whether the league holds other content under the number of a change of this device that waits here."""
    there = stored(connection, names, [row.change for row in rows if row.change.device == device])
    return any(
        known.outcome is None and replace(known.change, seen=row.change.seen) != row.change
        for row in rows
        if (known := there.get(row.change.id)) is not None
    )


def take(connection: sa.Connection, names: Names, rows: Sequence[Logged], *, entered: Iterable[str] = ()) -> Came:
    """Apply decided rows in league order. `entered`: records whose whole log came along, also what is older."""
    there = stored(connection, names, [row.change for row in rows])
    new = [row for row in rows if row.change.id not in there]
    waiting = [row for row in rows if row.change.id in there and there[row.change.id].outcome is None]
    out_of_order = set(entered)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.change.record in out_of_order:
            kinds[row.change.kind].add(row.change.record)
    differing = {row.change.id for row in waiting if there[row.change.id].change != row.change}
    fresh = {row.change.id for row in (*new, *waiting)}
    apply.decided(
        connection,
        names,
        [row for row in rows if row.change.id in fresh],
        own=[row.change.id for row in waiting if row.change.id not in differing],
        differing=differing,
    )
    again.work_out(connection, names, kinds)
    return Came(len(new), len(waiting))


def align(connection: sa.Connection, names: Names, rows: Sequence[Logged], *, since: int, upto: int, limited: bool) -> Came:
    """Make the log between `since` and `upto` what the league says it is. Tables are worked out anew afterwards.

    What stands here and not at the league is undecided again; on a device limited to an area it has left the scope.
    """
    there = stored(connection, names, [row.change for row in rows])
    right = {row.change.id for row in rows if there.get(row.change.id) == row}
    stretch = sa.and_(LOG.c.seq > since, LOG.c.seq <= upto)
    here = journal.read(connection, names, sa.select(LOG).where(stretch))
    said = {row.change.id for row in rows}
    gone = [row for row in here if row.change.id not in said]
    wrong = [row for row in rows if row.change.id in there and row.change.id not in right]
    with door.opened(connection):
        for row in gone if not limited else []:
            _undecide(connection, names, row.change)
        for row in wrong:
            _undecide(connection, names, row.change)
        _free(connection, [row for row in rows if row.change.id not in right])
        journal.overwrite(connection, names, wrong)
        new = [row for row in rows if row.change.id not in there]
        journal.append(connection, names, new)
    if limited:
        again.note_leaving(connection, {(row.change.kind, row.change.record) for row in gone}, ())
    return Came(len(new), len([row for row in wrong if there[row.change.id].outcome is None]))


def _undecide(connection: sa.Connection, names: Names, change: Change) -> None:
    of = sa.and_(LOG.c.device == names.number("device", change.device), LOG.c.incarnation == change.incarnation)
    connection.execute(sa.update(LOG).where(of, LOG.c.n == change.n).values(seq=None, fair_ms=None, outcome=None))


def _free(connection: sa.Connection, rows: Sequence[Logged]) -> None:
    """No other row may hold the numbers of these."""
    for some in journal.chunks([row.outcome.seq for row in rows if row.outcome]):
        connection.execute(sa.update(LOG).where(LOG.c.seq.in_(some)).values(seq=None, fair_ms=None, outcome=None))
