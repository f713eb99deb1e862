"""Changes that wait for the league (待上传): in the order in which they go, set aside by name, renumbered for a new copy."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged, Outcome
from shequ_desktop.storage import door, journal, meta
from shequ_desktop.storage.desktop_tables import RENUMBERED
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG

Place = tuple[int, int]
"""Where a change stands in the order of going out: (its number in an earlier life of the log, its place in this one)."""

START: Place = (0, 0)
_NOT_NUMBERED = 2**62
_ORDER = sa.func.coalesce(RENUMBERED.c.old_seq, _NOT_NUMBERED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that the league has not decided. `old_seen`: what its writer had seen, in an earlier life of the log."""

    place: Place
    row: Logged
    old_seen: int | None

    @property
    def pos(self) -> int:
        return self.place[1]


def waiting(connection: sa.Connection, names: Names, *, after: Place = START, limit: int) -> list[Waiting]:
    """The next changes that are neither decided nor set aside; what the league once decided and forgot comes first."""
    known = LOG.outerjoin(RENUMBERED, RENUMBERED.c.pos == LOG.c.pos)
    order = _ORDER
    later = sa.or_(order > after[0], sa.and_(order == after[0], LOG.c.pos > after[1]))
    columns = (LOG, RENUMBERED.c.old_seq, RENUMBERED.c.old_fair_ms, RENUMBERED.c.old_seen, _ORDER.label("place"))
    statement = sa.select(*columns).select_from(known).where(LOG.c.seq.is_(None), LOG.c.set_aside.is_(None), later)
    rows = connection.execute(statement.order_by(_ORDER, LOG.c.pos).limit(limit))
    return [Waiting((row.place, row.pos), _to_offer(names, row), row.old_seen) for row in rows]


def _to_offer(names: Names, row: Any) -> Logged:
    logged = journal.to_logged(names, row)
    return Logged(logged.change, Outcome(row.old_seq, row.old_fair_ms)) if row.old_seq is not None else logged


def count(connection: sa.Connection) -> int:
    """How many changes wait."""
    there = sa.and_(LOG.c.seq.is_(None), LOG.c.set_aside.is_(None))
    return connection.scalar(sa.select(sa.func.count()).select_from(LOG).where(there)) or 0


def undecided_in(connection: sa.Connection, first: int, last: int) -> int:
    """How many changes between these places of the log the league has not decided."""
    there = sa.and_(LOG.c.pos.between(first, last), LOG.c.seq.is_(None))
    return connection.scalar(sa.select(sa.func.count()).select_from(LOG).where(there)) or 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """A change that the league did not take, and the key of the reason."""

    kind: str
    record: str
    fields: tuple[str, ...]
    author: str
    time_ms: int
    key: str


def set_aside(connection: sa.Connection) -> list[SetAside]:
    """What was set aside, in the order it was made."""
    names = Names(connection)
    statement = sa.select(LOG).where(LOG.c.set_aside.is_not(None), LOG.c.seq.is_(None)).order_by(LOG.c.pos)
    found = []
    for row in connection.execute(statement):
        change = journal.to_logged(names, row).change
        key = row.set_aside.partition(" ")[0]
        found.append(SetAside(change.kind, change.record, tuple(change.fields), change.author, change.time_ms, key))
    return found


def put_aside(connection: sa.Connection, names: Names, reasons: Iterable[tuple[str, int, int, str]], *, version: str) -> int:
    """Mark changes (device, incarnation, n, reason) that the league did not take. They stay visible and block nothing."""
    marked = 0
    with door.opened(connection):
        for device, incarnation, n, reason in reasons:
            of = sa.and_(LOG.c.device == names.number("device", device), LOG.c.incarnation == incarnation, LOG.c.n == n)
            done = connection.execute(sa.update(LOG).where(of, LOG.c.seq.is_(None)).values(set_aside=f"{reason} {version}"))
            marked += done.rowcount
    return marked


def try_again(connection: sa.Connection, *, version: str) -> int:
    """What another version of the program set aside waits again: this one may have learnt to say it right."""
    other = sa.and_(LOG.c.set_aside.is_not(None), LOG.c.seq.is_(None), sa.not_(LOG.c.set_aside.endswith(f" {version}")))
    with door.opened(connection):
        return connection.execute(sa.update(LOG).where(other).values(set_aside=None)).rowcount


def renew_incarnation(connection: sa.Connection, device: str) -> int:
    """Another copy of this archive went on: from now on this one counts anew, its unsent changes first."""
    names = Names(connection)
    incarnation = secrets.randbits(48)
    own = sa.and_(LOG.c.seq.is_(None), LOG.c.device == names.number("device", device))
    places: Sequence[int] = connection.scalars(sa.select(LOG.c.pos).where(own).order_by(LOG.c.pos)).all()
    with door.opened(connection):
        for n, pos in enumerate(places, 1):
            connection.execute(sa.update(LOG).where(LOG.c.pos == pos).values(incarnation=incarnation, n=n, set_aside=None))
    meta.put(connection, incarnation=incarnation, next_n=len(places) + 1)
    return incarnation
