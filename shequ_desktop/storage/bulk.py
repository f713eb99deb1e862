"""Writes many rows with one prepared statement: the same SQL on SQLite and PostgreSQL, without a look at each value's type.

An import of 10,000 people spent more than half of its time on turning values into parameters one by one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from shequ_desktop.storage.tables import CodeList, RecordId, id_to_bytes

Turn = Callable[[Any], Any]
"""Turns a value as people know it into what the database holds."""


def turns(table: sa.Table, columns: Sequence[str]) -> tuple[Turn | None, ...]:
    """For each column what its values must go through; None: they are written as they are."""
    return tuple(_turn(table.c[name].type) for name in columns)


def _turn(column_type: Any) -> Turn | None:
    if isinstance(column_type, RecordId):
        return id_to_bytes
    if isinstance(column_type, CodeList):
        return _codes
    return None


def _codes(value: Sequence[str]) -> str | None:
    return json.dumps(sorted(value)) if value else None


def insert(
    connection: sa.Connection, table: sa.Table, columns: Sequence[str], rows: list[tuple[Any, ...]], *, key: str = ""
) -> None:
    """Write rows of these columns. With `key`: where a row of that key is there, it is replaced.

    Values have gone through `turns` already.
    """
    if rows:
        connection.exec_driver_sql(_statement(connection, table, columns, key), rows)


def _statement(connection: sa.Connection, table: sa.Table, columns: Sequence[str], key: str) -> str:
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    named = ", ".join(quote(name) for name in columns)
    statement = f"INSERT INTO {quote(table.name)} ({named}) VALUES ({', '.join(mark for _ in columns)})"
    if not key:
        return statement
    others = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in columns if name != key)
    return f"{statement} ON CONFLICT ({quote(key)}) DO UPDATE SET {others}"
