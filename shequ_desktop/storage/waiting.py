"""What waits for the league, counted by kind and way (待上传的账): read from the log alone. Owns no state."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG

_FIXED = 24
"""Bytes of a change besides what it carries: numbers, times, places in a dictionary. A guess that is shown as one."""
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Pile:
    """Changes of one kind that wait, up to or behind a place of the log. `records`: the newest few."""

    kind: str
    sent: bool
    changes: int
    size: int
    records: tuple[str, ...]


def piles(connection: sa.Connection, sent: list[tuple[int, int]]) -> list[Pile]:
    """What waits, by kind. `sent`: stretches of the log that an upload has brought to the league already."""
    names = Names(connection)
    there = sa.and_(LOG.c.seq.is_(None), LOG.c.set_aside.is_(None))
    under_way = sa.or_(*(LOG.c.pos.between(first, last) for first, last in sent)) if sent else sa.false()
    found: list[Pile] = []
    for is_sent, which in ((True, under_way), (False, sa.not_(under_way))):
        counted = sa.select(LOG.c.kind, sa.func.count(), sa.func.sum(sa.func.length(LOG.c.payload))).where(there, which)
        for kind, changes, size in connection.execute(counted.group_by(LOG.c.kind)).all():
            newest = sa.select(LOG.c.record).where(there, which, LOG.c.kind == kind).order_by(LOG.c.pos.desc())
            records = tuple(dict.fromkeys(connection.scalars(newest.limit(_NEWEST))))
            found.append(Pile(names.text(kind), is_sent, changes, size + _FIXED * changes, records))
    return found
