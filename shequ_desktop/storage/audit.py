"""Who did what with personal data besides changing it (审计): printed, exported, backed up, looked at what is masked."""

import sqlalchemy as sa

from shequ_desktop.storage.desktop_tables import AUDIT


def note(connection: sa.Connection, *, at_ms: int, user: str, act: str, detail: str = "") -> None:
    """Write one line. `detail` holds ids and counts, no names."""
    connection.execute(sa.insert(AUDIT).values(at_ms=at_ms, user=user, act=act, detail=detail))


def lines(connection: sa.Connection) -> list[tuple[int, str, str, str]]:
    """(at_ms, user, act, detail), oldest first."""
    statement = sa.select(AUDIT.c.at_ms, AUDIT.c.user, AUDIT.c.act, AUDIT.c.detail).order_by(AUDIT.c.id)
    return [tuple(row) for row in connection.execute(statement)]
