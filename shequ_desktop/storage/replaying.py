"""Works tables out from the log alone: to check them, to rebuild them, to take in kinds that were unknown before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied, digest
from shequ_desktop.storage import door, journal, meta, rows, shadows
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.packing import unpack_map
from shequ_desktop.storage.tables import LOG, NAME, TABLES


@dataclass(frozen=True, slots=True)
class Replayed:
    """One record as its log rows make it. `decided` None: the league does not know it yet."""

    record: str
    shown: State
    decided: State | None
    has_own: bool


def replay(connection: sa.Connection, kind: str) -> Iterator[Replayed]:
    """Every record of the kind, worked out from the log."""
    names = Names(connection)
    for record, logged in groupby(journal.of_kind(connection, names, kind), key=lambda row: row.change.record):
        decided: State | None = None
        shown: State | None = None
        has_own = False
        for row in logged:
            if row.outcome is not None:
                decided = shown = applied(decided, row.change, row.outcome)
            else:
                shown, has_own = applied(shown, row.change), True
        if shown is not None:
            yield Replayed(record, shown, decided, has_own)


def differing(connection: sa.Connection, kind: str) -> list[str]:
    """Records whose row does not say what the log says."""
    there = {row.id: (rows.state_of(kind, row), row.digest) for row in connection.execute(sa.select(TABLES[kind]))}
    wrong: list[str] = []
    for one in replay(connection, kind):
        number = digest(kind, one.record, one.decided) if one.decided else None
        if there.pop(one.record, None) != (one.shown, number):
            wrong.append(one.record)
    return wrong + list(there)


def rebuild(connection: sa.Connection) -> None:
    """Write every table anew from the log, and the sums with it."""
    count, total = 0, 0
    with door.opened(connection):
        for kind in KINDS:
            replayed = list(replay(connection, kind))
            connection.execute(sa.delete(TABLES[kind]))
            written = {
                one.record: (one.shown, digest(kind, one.record, one.decided) if one.decided else None) for one in replayed
            }
            rows.write(connection, kind, written)
            on_top = {one.record: one.decided for one in replayed if one.has_own and one.decided}
            shadows.clear(connection, kind)
            shadows.put(connection, kind, on_top)
            numbers = [number for _, number in written.values() if number is not None]
            count, total = count + len(numbers), total + sum(numbers)
    meta.put(connection, decided_count=count, decided_sum=total)


def take_in(connection: sa.Connection) -> bool:
    """After an upgrade: give fields and kinds that were unknown before their place. False: nothing was waiting for it."""
    waiting = [_with_known_now(connection, kind) for kind in KINDS]
    with door.opened(connection):
        for kind, states in zip(KINDS, waiting, strict=True):
            rows.write(connection, kind, states)
    new_kinds = [
        kind
        for kind, table in TABLES.items()
        if _in_log(connection, kind) and not connection.scalar(sa.select(table.c.id).limit(1))
    ]
    if new_kinds:
        rebuild(connection)
    return any(waiting) or bool(new_kinds)


def _with_known_now(connection: sa.Connection, kind: str) -> dict[str, tuple[State, int | None]]:
    """Records that keep under `extra` a field that this version knows."""
    table, declared = TABLES[kind], KINDS[kind].by_name.keys()
    kept = connection.execute(sa.select(table).where(table.c.extra.is_not(None)))
    return {row.id: (rows.state_of(kind, row), row.digest) for row in kept if declared & unpack_map(row.extra).keys()}


def _in_log(connection: sa.Connection, kind: str) -> bool:
    number = sa.select(NAME.c.id).where(NAME.c.sort == "kind", NAME.c.text == kind).scalar_subquery()
    return connection.scalar(sa.select(LOG.c.pos).where(LOG.c.kind == number).limit(1)) is not None


def sums(connection: sa.Connection) -> tuple[int, int]:
    """(count, sum) of the digests of all decided records, counted anew."""
    count, total = 0, 0
    for table in TABLES.values():
        row = connection.execute(sa.select(sa.func.count(table.c.digest), sa.func.sum(table.c.digest))).one()
        count, total = count + row[0], total + int(row[1] or 0)
    return count, total
