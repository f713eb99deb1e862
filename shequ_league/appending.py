"""Takes arriving changes into the ordered log: known ones told apart, decided, written, inside one transaction.

Whoever calls holds the writer's lock until the commit (`database.write`), so that numbers rise in commit order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import apply, journal
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG, TABLES
from shequ_desktop.sync.clock import fair_ms
from shequ_desktop.sync.merge import Head
from shequ_desktop.sync.messages import content_of
from shequ_league import quarantine, scope
from shequ_league.devices import Device
from shequ_league.tables import ARRIVAL
from shequ_league.taking import fault_of

OTHER_DEVICE, COPIED = "aside_other_device", "aside_copied"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One change that was not taken in, and the key of the reason."""

    change: Change
    key: str


@dataclass(frozen=True, slots=True)
class Appended:
    """`rows`: newly decided. `copied`: own changes whose number holds other content here."""

    rows: Sequence[Logged]
    refused: Sequence[Refusal]
    copied: Sequence[Change]


def append(connection: sa.Connection, arrived: Sequence[Logged], sender: Device, *, now_ms: int) -> Appended:
    """Take the changes in, in this order. Rows that carry an outcome were decided by a league that has forgotten them."""
    names = Names(connection)
    refused = [Refusal(row.change, fault) for row in arrived if (fault := _fault(row.change, sender))]
    out = {refusal.change.id for refusal in refused}
    known = _known(connection, names, [row.change for row in arrived if row.change.id not in out])
    new: dict[tuple[str, int, int], Logged] = {}
    copied: list[Change] = []
    for row in arrived:
        change = row.change
        if any(change.id[:2] == first.id[:2] and change.n > first.n for first in copied):
            continue  # its number says that its writer knew what another copy sent; it comes again under a new one
        there = known.get(change.id) or (new[change.id].change if change.id in new else None)
        if change.id in out or (there is not None and content_of(there) == content_of(change)):
            continue
        if there is None:
            new[change.id] = row
        elif change.device == sender.id:
            copied.append(change)
        else:
            refused.append(Refusal(change, COPIED))
    rows = _decided(connection, names, list(new.values()), sender, now_ms)
    if rows:
        apply.decided(connection, names, rows)
        scope.keep(connection, rows, area=sender.area, device=sender.id)
        connection.execute(sa.insert(ARRIVAL).values(first_seq=_seq(rows[0]), at_ms=now_ms))
    for refusal in refused:
        quarantine.keep_change(connection, sender.id, refusal.change, reason=refusal.key, at_ms=now_ms)
    return Appended(rows, refused, copied)


def newest(connection: sa.Connection) -> int:
    """The newest number of the log."""
    return connection.scalar(sa.select(sa.func.max(LOG.c.seq))) or 0


def _fault(change: Change, sender: Device) -> str | None:
    if change.device != sender.id and not sender.offers_again:
        return OTHER_DEVICE
    return fault_of(change)


def _known(connection: sa.Connection, names: Names, changes: Iterable[Change]) -> dict[tuple[str, int, int], Change]:
    """Changes that stand in the log under these ids."""
    numbers: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for change in changes:
        numbers[change.device, change.incarnation].append(change.n)
    found: dict[tuple[str, int, int], Change] = {}
    for (device, incarnation), listed in numbers.items():
        for some in chunks(listed):
            rows = journal.numbered(connection, names, device, incarnation, some)
            found.update({row.change.id: row.change for row in rows})
    return found


def _decided(connection: sa.Connection, names: Names, arrived: Sequence[Logged], sender: Device, now_ms: int) -> list[Logged]:
    changes = [row.change for row in arrived]
    heads = _heads(connection, names, changes)
    not_before = _Arrivals(connection, changes)
    last = newest(connection)
    rows: list[Logged] = []
    for seq, row in enumerate(arrived, last + 1):
        change = replace(row.change, seen=min(row.change.seen, last))  # nobody has seen what is not there yet
        if row.outcome is not None:
            when = min(row.outcome.fair_ms, now_ms)
        else:
            earliest = not_before.of(change.seen)
            when = fair_ms(change.time_ms, offset_ms=sender.offset_ms, not_before_ms=earliest, arrived_ms=now_ms)
        rows.append(Logged(change, heads[change.record].decide(change, seq=seq, fair_ms=when)))
    return rows


def _heads(connection: sa.Connection, names: Names, changes: Sequence[Change]) -> Mapping[str, Head]:
    """What stands of each record, from the log rows that one of its arriving changes had not seen."""
    floor: dict[str, int] = {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        floor[change.record] = min(change.seen, floor.get(change.record, change.seen))
        kinds[change.kind].add(change.record)
    newer: set[str] = set()
    for kind, records in kinds.items():
        newer |= _newer(connection, kind, records, floor)
    found: defaultdict[str, list[Logged]] = defaultdict(list)
    for row in journal.newer(connection, names, newer, min((floor[record] for record in newer), default=0)):
        if _seq(row) > floor[row.change.record]:
            found[row.change.record].append(row)
    return {record: Head(found.get(record, ())) for record in floor}


def _newer(connection: sa.Connection, kind: str, records: set[str], floor: Mapping[str, int]) -> set[str]:
    """Those that have changed since their writers looked; all of a kind that has no table here."""
    if kind not in KINDS:
        return records
    table, found = TABLES[kind], set()
    for some in chunks(records):
        for record, seq in connection.execute(sa.select(table.c.id, table.c.seq).where(table.c.id.in_(some))):
            if seq > floor[record]:
                found.add(record)
    return found


class _Arrivals:
    """When the newest change that a writer had seen arrived: nothing can have been saved before."""

    def __init__(self, connection: sa.Connection, changes: Sequence[Change]) -> None:
        first = min((change.seen for change in changes), default=0)
        last = max((change.seen for change in changes), default=0)
        lowest = connection.scalar(sa.select(sa.func.max(ARRIVAL.c.first_seq)).where(ARRIVAL.c.first_seq <= first)) or 0
        lines = sa.select(ARRIVAL.c.first_seq, ARRIVAL.c.at_ms).where(ARRIVAL.c.first_seq.between(lowest, last))
        told = connection.execute(lines.order_by(ARRIVAL.c.first_seq)).all()
        self._firsts, self._times = [line.first_seq for line in told], [line.at_ms for line in told]

    def of(self, seen: int) -> int:
        at = bisect_right(self._firsts, seen)
        return self._times[at - 1] if at else 0


def _seq(row: Logged) -> int:
    if row.outcome is None:
        raise ValueError("only decided rows have a number")
    return row.outcome.seq


