"""What each list said when it was last taken in (名册记忆): the laptop's own, never synced. Knows nothing of lists but bytes."""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage.desktop_tables import ROSTER_MEMORY
from shequ_desktop.storage.tables import LOG

_WHOLE = ""
"""A list is remembered in one piece: it is read and written whole."""


def recall(connection: sa.Connection, source: str) -> bytes:
    """What is remembered of this list; empty where it was never taken in."""
    statement = sa.select(ROSTER_MEMORY.c.content).where(ROSTER_MEMORY.c.source == source, ROSTER_MEMORY.c.row_key == _WHOLE)
    return connection.scalar(statement) or b""


def keep(connection: sa.Connection, source: str, content: bytes) -> None:
    """Remember this in place of what was remembered before."""
    connection.execute(sa.delete(ROSTER_MEMORY).where(ROSTER_MEMORY.c.source == source, ROSTER_MEMORY.c.row_key == _WHOLE))
    connection.execute(sa.insert(ROSTER_MEMORY).values(source=source, row_key=_WHOLE, content=content))


def log_stands_at(connection: sa.Connection) -> tuple[int, int]:
    """How far the log has come: what was planned at this point is still right while it answers the same."""
    row = connection.execute(sa.select(sa.func.max(LOG.c.pos), sa.func.max(LOG.c.seq))).one()
    return row[0] or 0, row[1] or 0
