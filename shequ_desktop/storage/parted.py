"""Own changes to records that left this device (带走前留底): kept for some weeks, in case the league is restored to before them.

Shown nowhere and counted nowhere. The log gets them back only when the league says that it has forgotten them.
"""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage import door, meta
from shequ_desktop.storage.desktop_tables import PARTED
from shequ_desktop.storage.journal import COLUMNS, chunks
from shequ_desktop.storage.tables import LOG

KEPT_MS = 60 * 24 * 3_600_000
"""Counted on the league's clock: this machine's may say 1970 or 2099."""


def keep(connection: sa.Connection, records: list[str], *, device: int) -> None:
    """Before these records go: lay by what this device wrote to them and the league has decided."""
    now_ms = meta.get_int(connection, "contact_ms")
    connection.execute(sa.delete(PARTED).where(PARTED.c.parted_ms < now_ms - KEPT_MS))
    for some in chunks(records):
        connection.execute(sa.delete(PARTED).where(PARTED.c.record.in_(some)))
        own = sa.and_(LOG.c.record.in_(some), LOG.c.device == device, LOG.c.seq.is_not(None))
        rows = sa.select(*(LOG.c[name] for name in COLUMNS), sa.literal(now_ms)).where(own)
        connection.execute(sa.insert(PARTED).from_select([*COLUMNS, "parted_ms"], rows))


def bring_back(connection: sa.Connection, *, after: int) -> None:
    """Put what was laid by and has a number after this one into the log again, unless it came back with its record."""
    there = sa.exists().where(LOG.c.device == PARTED.c.device, LOG.c.incarnation == PARTED.c.incarnation, LOG.c.n == PARTED.c.n)
    rows = sa.select(*(PARTED.c[name] for name in COLUMNS)).where(PARTED.c.seq > after, sa.not_(there))
    with door.opened(connection):
        connection.execute(sa.insert(LOG).from_select(list(COLUMNS), rows.order_by(PARTED.c.seq)))
    connection.execute(sa.delete(PARTED).where(PARTED.c.seq > after))
