"""The few values that a database has one of: who it is, how far it has come, its sums."""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage.tables import META

Connection = sa.Connection
"""Inside a transaction; whoever speaks no SQL passes it on."""


def get(connection: sa.Connection, key: str, default: str = "") -> str:
    found = connection.scalar(sa.select(META.c.value).where(META.c.key == key))
    return default if found is None else found


def get_int(connection: sa.Connection, key: str) -> int:
    return int(get(connection, key, "0"))


def put(connection: sa.Connection, **values: object) -> None:
    """Write each value under its name."""
    for key, value in values.items():
        changed = connection.execute(sa.update(META).where(META.c.key == key).values(value=str(value)))
        if not changed.rowcount:
            connection.execute(sa.insert(META).values(key=key, value=str(value)))


def remove(connection: sa.Connection, key: str) -> None:
    connection.execute(sa.delete(META).where(META.c.key == key))
