"""The league's database: opened by its URL, made or brought up to date by one process at a time, refused where newer.

Owns the one lock that puts writers in order. Knows nothing of devices and changes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage import engine as engines
from shequ_desktop.storage import replaying, upgrading

BRANCHES = ("records", "league")
STEPS = (Path(__file__).parent / "migrations",)
_ORDER, _UPGRADE = 7_245_001, 7_245_002
"""Numbers of the advisory locks on PostgreSQL; SQLite has one writer anyway."""


@dataclass(frozen=True)
class Database:
    """An open league database, up to date."""

    engine: sa.Engine

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A writing transaction. Only one runs at a time, until it is committed, so that numbers rise in commit order."""
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ORDER)))
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A reading transaction: one moment of the log and its tables."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(**engines.READING)
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def files(self) -> list[Path]:
        """What it lies in, where that is a file here."""
        name = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not name:
            return []
        return [Path(f"{name}{beside}") for beside in ("", "-wal", "-shm", ".lock")]

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database | Problem:
    """Open the database, make it where there is none, bring an older one up to date."""
    try:
        engine = engines.open_league(url)
    except (sa.exc.ArgumentError, ImportError):
        return Problem("league_url_wrong")
    try:
        with _alone(engine):
            problem = _brought_up_to_date(engine)
    except (sa.exc.OperationalError, sa.exc.DatabaseError, OSError):
        problem = Problem("league_database_closed")
    if problem:
        engine.dispose()
        return problem
    return Database(engine)


@contextlib.contextmanager
def _alone(engine: sa.Engine) -> Iterator[None]:
    """One process at a time. On PostgreSQL the lock is taken inside the transaction that upgrades."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{file}.lock", timeout=engines.WAIT_S):
            yield
    else:
        yield


def _brought_up_to_date(engine: sa.Engine) -> Problem | None:
    with engine.connect().execution_options(**engines.READING) as connection, connection.begin():
        if upgrading.is_newer(connection, STEPS):
            return Problem("league_newer")
        if upgrading.is_current(connection, BRANCHES, STEPS):
            return None
        has_records = bool(upgrading.stamped(connection))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE)))
        upgrading.upgrade(connection, BRANCHES, STEPS)
        if has_records:  # kinds and fields that were unknown until now come out of the log
            replaying.rebuild(connection)
    return None
