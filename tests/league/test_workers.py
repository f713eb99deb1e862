"""Several workers on one PostgreSQL: numbers rise in commit order, and no reader ever misses a row."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.storage.ids import IdMaker
from shequ_desktop.storage.tables import LOG
from shequ_desktop.sync.keys import DeviceKeys
from shequ_league.appending import append
from shequ_league.database import Database, open_database
from shequ_league.devices import Device
from tests.exchange.place import Place
from tests.exchange.postgres import Postgres

WRITERS, BATCHES, ROWS = 4, 12, 5


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Postgres:
    return Postgres(tmp_path_factory.mktemp("pg"))


def opened(url: str) -> Database:
    database = open_database(url)
    assert isinstance(database, Database), database
    return database


def device(name: str) -> Device:
    return Device(name, name, DeviceKeys.make().public(), "", False, False, 0)


def change(name: str, n: int, record: str) -> Change:
    return Change(name, 1, n, "household", record, {"number": str(n)}, 0, name, n)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_reader_that_follows_the_numbers_sees_every_row_while_others_write(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/league.db" if kind == "sqlite" else request.getfixturevalue("postgres").new_database()
    databases = [opened(url) for _ in range(WRITERS)]  # a worker each: no lock of this process orders them
    ids = IdMaker()
    shared = ids.new(1)
    done = threading.Event()

    def write(at: int) -> None:
        name = f"device{at}"
        for batch in range(BATCHES):
            numbers = range(batch * ROWS + 1, batch * ROWS + ROWS + 1)
            rows = [Logged(change(name, n, shared if n % ROWS == 0 else ids.new(n))) for n in numbers]
            with databases[at].write() as connection:
                append(connection, rows, device(name), now_ms=1_790_000_000_000)

    followed: list[int] = []

    def follow() -> None:
        reader = opened(url)
        last = 0
        while True:
            ended = done.is_set()
            with reader.read() as connection:
                new = list(connection.scalars(sa.select(LOG.c.seq).where(LOG.c.seq > last).order_by(LOG.c.seq).limit(7)))
            followed.extend(new)
            last = new[-1] if new else last
            if ended and not new:
                reader.close()
                return

    following = threading.Thread(target=follow)
    following.start()
    writers = [threading.Thread(target=write, args=(at,)) for at in range(WRITERS)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    following.join()
    assert followed == list(range(1, WRITERS * BATCHES * ROWS + 1))
    with databases[0].read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(LOG)) == len(followed)
    for database in databases:
        database.close()


def test_two_laptops_that_meet_two_workers_agree(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database()
    one = Place(tmp_path, url)
    two = Place(tmp_path / "other", url, hands=one.hands)
    a, b = one.laptop("a"), one.laptop("b")
    b.road.carry = two.carry
    home = a.add(number="1")
    one.settle()
    for at in range(3):
        a.edit(home, remark=f"甲{at}")
        b.edit(home, address=f"乙{at}")
        threads = [threading.Thread(target=laptop.synced) for laptop in (a, b)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    one.settle()
    assert len(one.agree()) == 1
    assert (a.value(home, "remark"), a.value(home, "address")) == ("甲2", "乙2")
    two.database.close()
    one.close()
