"""Leagues for the tests of the exchange: a file of SQLite, or a database of one PostgreSQL that serves the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.place import Place
from tests.exchange.postgres import Postgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = Postgres(tmp_path_factory.mktemp("pg"))
    yield server
    server.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, f"sqlite:///{tmp_path}/league.db")
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    of_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/league.db" if of_sqlite else request.getfixturevalue("postgres").new_database()
    made = Place(tmp_path, url)
    yield made
    made.close()


