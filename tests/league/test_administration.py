"""The league's own commands: export, rebuild, doctor, devices, migrate; a newer or unreachable database."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import synchronise
from shequ_desktop.storage.tables import TABLES
from shequ_desktop.sync.transports.http import HttpRoad
from shequ_league import administration, cli
from shequ_league.api import make_api
from shequ_league.database import Database, open_database
from tests.exchange.place import Place

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, f"sqlite:///{tmp_path}/league.db")
    yield made
    made.close()


def tables(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.read() as connection:
        told = {kind: connection.execute(sa.select(table).order_by(table.c.id)) for kind, table in TABLES.items()}
        return {kind: [tuple(row) for row in rows] for kind, rows in told.items()}


def busy(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="一")
    who = a.add("resident", name="乌日娜", subsidies=["1"])
    place.settle()
    a.edit(home, address="二")
    b.edit(home, address="三")
    a.edit(who, "resident", name="乌日乐", subsidies=["1", "2"])
    b.edit(who, "resident", name="乌日汗", subsidies=[])
    b.retract(b.add(number="2"))
    place.settle()


def test_tables_rebuilt_from_the_log_are_equal_field_by_field(place: Place) -> None:
    busy(place)
    before = tables(place.database)
    with place.database.write() as connection:
        connection.info["door_open"] = True
        connection.execute(sa.update(TABLES["household"]).values(address="坏", digest=1))
        connection.execute(sa.delete(TABLES["resident"]))
        connection.info["door_open"] = False
    assert administration.examine(place.database).wrong > 0
    administration.rebuild(place.database)
    assert tables(place.database) == before
    assert administration.examine(place.database).wrong == 0


def test_the_export_is_that_of_a_laptop_byte_for_byte(place: Place, tmp_path: Path) -> None:
    busy(place)
    assert administration.export(place.database, tmp_path / "out.jsonl") == 2
    assert (tmp_path / "out.jsonl").read_bytes() == "".join(place.laptops["a"].export()).encode()


def test_an_export_to_where_nothing_can_be_written_is_one_problem(place: Place, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = administration.export(place.database, tmp_path / "folder")
    assert isinstance(told, Problem)
    assert told.key == "target_is_folder"
    gone = administration.export(place.database, tmp_path / "nowhere" / "out")
    assert isinstance(gone, Problem)
    assert gone.key == "league_file_not_written"
    over = administration.export(place.database, tmp_path / "league.db")
    assert isinstance(over, Problem)
    assert over.key == "target_is_source"


def test_a_database_of_a_newer_program_is_refused_and_not_one_byte_changed(place: Place, tmp_path: Path) -> None:
    busy(place)
    with place.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'league_9999' WHERE version_num LIKE 'league%'")
    place.database.close()
    file = tmp_path / "league.db"
    before = hashlib.sha256(file.read_bytes()).digest()
    assert open_database(place.url) == Problem("league_newer")
    assert hashlib.sha256(file.read_bytes()).digest() == before


@pytest.mark.parametrize("url", ["nonsense", "postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////proc/none/league.db"])
def test_a_database_that_does_not_open_is_one_problem(url: str) -> None:
    told = open_database(url)
    assert isinstance(told, Problem)


def league(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shequ_league", "--database", f"sqlite:///{tmp_path}/new/l.db", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)


def test_commands_make_the_database_themselves_and_the_code_is_the_last_line(tmp_path: Path) -> None:
    made = league(tmp_path, "enroll", "--area", "150425")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.strip().splitlines()[-1].count("-") >= 6
    wrong = league(tmp_path, "enroll", "--area", "东乌旗")
    assert wrong.returncode == 2
    assert len(wrong.stderr.strip().splitlines()) == 1


def test_two_processes_that_make_one_database_at_once_both_succeed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "shequ_league", "--database", f"sqlite:///{tmp_path}/l.db", "enroll"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    told = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0, 0], told


@pytest.mark.parametrize(
    ("words", "status"), [((), 2), (("no-such",), 2), (("devices", "--revoke", "nobody"), 1), (("doctor",), 0), (("migrate",), 0)]
)
def test_exit_statuses_and_one_line(
    words: tuple[str, ...], status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.status_of(["--database", f"sqlite:///{tmp_path}/l.db", *words]) == status
    if status:
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_one_line_and_nobody_is_told_that_it_is_served(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = league(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1), told


def test_devices_lists_area_and_state(place: Place) -> None:
    place.laptop("crew", area="150425101")
    office = place.laptop("office")
    administration.revoke(place.database, office.meta("device"))
    assert [line[1:4] for line in administration.device_lines(place.database)] == [
        ("crew", "150425101", "active"),
        ("office", "*", "revoked"),
    ]


def test_a_database_that_fails_is_answered_by_503_and_nothing_is_lost(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    with place.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE arrival RENAME TO gone")
    with TestClient(make_api(place.league, place.hands.look), raise_server_exceptions=False) as client:
        road = HttpRoad("http://league", transport=client._transport)
        told = synchronise.synchronise(a.archive, road=road, pause=lambda _s: None, ticks=place.ticks)
    assert isinstance(told, synchronise.Synchronised)
    assert (told.sent, told.waiting) == (0, 1)
    assert told.problem is not None
    assert told.problem.key == "league_broke_off"
    with place.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO arrival")
    assert a.synced().sent == 1
