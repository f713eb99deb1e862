"""Opens databases: SQLCipher for an archive, SQLite or PostgreSQL for a league. Owns how a transaction begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2 as sqlcipher

from shequ_desktop.storage import door

WAIT_S = 30
"""Two commands, or a command and the window, wait this long for each other."""

READING = {"reading": True}
"""Execution option of a transaction that only reads: it waits for nobody."""


def open_archive(path: Path, key: bytes) -> sa.Engine:
    """Engine on the encrypted archive at `path`, opened with its raw key of 32 bytes."""

    def connect() -> Any:
        connection = sqlcipher.connect(str(path), timeout=WAIT_S, isolation_level=None, check_same_thread=False)
        cursor = connection.cursor()
        _unlock(cursor, key)
        _tune(cursor)
        cursor.close()
        return connection

    engine = sa.create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=sa.pool.QueuePool, pool_size=2, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connected(_connection: Any, record: Any) -> None:
        record.info["shadows"] = True  # a laptop keeps shadows, a league none

    _begin_by_hand(engine)
    door.guard(engine)
    return engine


def look_into(path: Path, key: bytes) -> sa.Engine:
    """Engine that changes no byte of the archive's folder. What a crash left in the WAL is read, not taken over."""
    wal = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if wal.exists() and wal.stat().st_size else "immutable=1"

    def connect() -> Any:
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=WAIT_S, isolation_level=None)
        cursor = connection.cursor()
        _unlock(cursor, key)
        cursor.close()
        return connection

    return sa.create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=sa.pool.NullPool, hide_parameters=True)


def open_league(url: str) -> sa.Engine:
    """Engine on the league's database: `sqlite:///file` or `postgresql+psycopg://...`."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = sa.create_engine(address, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)
        door.guard(engine)
        return engine

    waiting = {"timeout": WAIT_S, "isolation_level": None, "check_same_thread": False}
    engine = sa.create_engine(address, connect_args=waiting, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        _tune(connection.cursor())

    _begin_by_hand(engine)
    door.guard(engine)
    return engine


def _unlock(cursor: Any, key: bytes) -> None:
    cursor.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key is written to stderr
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def what_is_wrong(error: Exception) -> str:
    """The key of the sentence for an error of the database's file: SQLite tells most of them apart in words only."""
    words = str(error).lower()
    if isinstance(error, TimeoutError) or "locked" in words or "busy" in words:
        return "archive_busy"
    if "is full" in words or "no space" in words:
        return "disk_full"
    if isinstance(error, OSError) or "readonly" in words or "unable to open" in words:
        return "archive_not_writable"
    return "archive_damaged"


def _tune(cursor: Any) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -8000", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")


def _begin_by_hand(engine: sa.Engine) -> None:
    """A writer takes its place at once, so that it never fails half-way; DDL stays inside the transaction."""

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
