"""No synced row is written past the log, whatever speaks to the database; the door of apply works."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from shequ_desktop import storage
from shequ_desktop.storage import door, journal
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.door import PastTheLogError
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG, TABLES
from tests.made import fields_of, save

HOUSEHOLD = TABLES["household"]
ID = "01a0c450-6c00-7000-a238-e3a8ed1ecb8c"

BY_CORE = {
    "insert": sa.insert(HOUSEHOLD).values(id=ID),
    "insert from select": sa.insert(HOUSEHOLD).from_select(["id"], sa.select(TABLES["resident"].c.id)),
    "update": sa.update(HOUSEHOLD).values(remark="改"),
    "delete": sa.delete(HOUSEHOLD),
    "log update": sa.update(LOG).values(time_ms=0),
    "log delete": sa.delete(LOG),
    "update with cte": sa.update(HOUSEHOLD)
    .where(HOUSEHOLD.c.id.in_(sa.select(sa.select(HOUSEHOLD.c.id).cte("some").c.id)))
    .values(remark="改"),
    "text": sa.text("UPDATE household SET remark = 'x'"),
    "text under a comment": sa.text("/* (a note) */ -- and one more\n DELETE FROM household"),
}
BY_HAND = [
    "INSERT INTO household (id) VALUES (x'00')",
    "insert or replace into [household] (id) values (x'00')",
    "REPLACE INTO \"household\" (id) VALUES (x'00')",
    "UPDATE main.household SET remark = 'x'",
    'update or ignore "main"."household" set remark = 1',
    "DELETE\nFROM\n`household`",
    "WITH a AS (SELECT 1), b AS (SELECT (2)) UPDATE household SET remark = (SELECT ')' FROM a, b)",
    "WITH a(x) AS (SELECT x'00') INSERT INTO household (id) SELECT x FROM a",
    "UPDATE/**/household SET remark = 'x'",
    "EXPLAIN DELETE FROM visit",
]


@pytest.mark.parametrize("statement", BY_CORE.values(), ids=BY_CORE)
def test_a_statement_of_core_that_writes_a_synced_row_is_refused(archive: Archive, statement: sa.Executable) -> None:
    home = save(archive, "household", remark="旧")
    with archive.engine.connect() as connection, pytest.raises(PastTheLogError):
        connection.execute(statement)
    assert fields_of(archive, "household", home) == {"remark": "旧"}


@pytest.mark.parametrize("statement", BY_HAND)
def test_a_statement_by_hand_that_writes_a_synced_row_is_refused(archive: Archive, statement: str) -> None:
    home = save(archive, "household", remark="旧")
    with archive.engine.connect() as connection, pytest.raises(PastTheLogError):
        connection.exec_driver_sql(statement)
    assert fields_of(archive, "household", home) == {"remark": "旧"}


def test_a_set_of_rows_and_a_session_are_refused_too(archive: Archive) -> None:
    with archive.engine.connect() as connection, pytest.raises(PastTheLogError):
        connection.execute(sa.insert(HOUSEHOLD), [{"id": ID, "remark": "一"}, {"id": ID[:-1] + "d", "remark": "二"}])
    with Session(archive.engine) as session, pytest.raises(PastTheLogError):
        session.execute(sa.update(HOUSEHOLD).values(remark="改"))


def test_reading_and_tables_that_are_not_synced_pass(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("SELECT 'delete from household', remark FROM household -- update household")
        connection.execute(sa.text("DELETE FROM draft"))


def test_the_door_is_shut_again_after_an_error(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        with pytest.raises(KeyError), door.opened(connection):
            raise KeyError
        with pytest.raises(PastTheLogError):
            connection.execute(sa.delete(HOUSEHOLD))


def test_a_save_passes_the_door_and_stands_in_the_log(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    with archive.read() as reader:
        logged = journal.of_records(reader.connection, Names(reader.connection), [home])
    assert [(row.change.kind, dict(row.change.fields), row.change.author) for row in logged] == [
        ("household", {"number": "17"}, archive.user)
    ]


def test_the_driver_itself_is_spoken_to_in_one_place_only() -> None:
    """A raw connection passes the guard, so its only use is the copy that a backup makes."""
    room = Path(storage.__file__).parent
    users = [
        file.name
        for file in sorted(room.parent.rglob("*.py"))
        if any(
            isinstance(node, ast.Attribute) and node.attr == "raw_connection"
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
        )
    ]
    assert users == ["backup.py"]
