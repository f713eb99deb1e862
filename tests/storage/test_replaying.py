"""Tables are views of the log: they equal its fold, can be rebuilt, and what was changed behind its back is found."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied
from shequ_desktop.services import doctoring
from shequ_desktop.storage import replaying, search
from shequ_desktop.storage.archive import DATABASE, Archive
from shequ_desktop.storage.unit_of_work import UnitOfWork
from tests.made import edit, fields_of, make_archive, reopen, save

VALUES = st.sampled_from(["", "甲", "乙", "丙"])
WANTED = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["其木格", "巴特尔"]),
        "remark": VALUES,
        "residence_state": st.sampled_from(["", "1", "2"]),
        "residence_place": VALUES,
        "subsidies": st.lists(st.sampled_from(["1", "2", "3"]), unique=True),
    },
)
STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["save", "save", "save", "retract", "back"]), WANTED), max_size=12)


def behind_the_back(archive: Archive, *statements: str) -> None:
    """Write into the file with its key and nothing else, as no program of ours does."""
    connection = sqlcipher.connect(str(archive.folder / DATABASE), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{archive.key.hex()}'\"")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def states(archive: Archive) -> dict[str, tuple[Any, ...]]:
    """Every row of every synced table, as the database holds it."""
    with archive.read() as reader:
        return {
            kind: tuple(tuple(row) for row in reader.connection.exec_driver_sql(f"SELECT * FROM {kind} ORDER BY id"))
            for kind in KINDS
        }


def judged(archive: Archive, *, repair: bool = False) -> dict[str, str]:
    return {check.name: check.state for check in doctoring.examine(archive, repair=repair)}


def all_right(archive: Archive) -> bool:
    return set(judged(archive).values()) == {"right"}


def do(archive: Archive, records: list[str], step: tuple[int, str, dict[str, Any]]) -> None:
    place, what, wanted = step
    with archive.write() as work:
        if place >= len(records):
            records.append(work.create("resident", {"name": "某人", **wanted}))
        elif what == "save":
            work.edit("resident", records[place], wanted)
        else:
            work.retract("resident", records[place], back=what == "back")


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_after_any_saves_tables_equal_the_fold_of_the_log_and_the_rebuilt_tables(
    steps: list[tuple[int, str, dict[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder) / "a")
        records: list[str] = []
        for step in steps:
            do(archive, records, step)
        with archive.read() as reader:
            for record in records:
                state: State | None = None
                for row in reader.log_of([record]):
                    state = applied(state, row.change)
                shown = reader.record("resident", record)
                assert shown is not None
                assert state is not None
                assert (shown.fields, shown.retracted) == (state.fields, state.retracted)
        before = states(archive)
        with archive.engine.begin() as connection:
            replaying.rebuild(connection)
        assert states(archive) == before
        assert all_right(archive)
        archive.close()


def test_a_row_changed_behind_the_back_of_the_log_is_found_and_mended(archive: Archive) -> None:
    home = save(archive, "household", number="17", remark="真")
    behind_the_back(archive, "UPDATE household SET remark = '假'")
    assert fields_of(archive, "household", home)["remark"] == "假"
    assert judged(archive)["tables"] == "wrong"
    assert judged(archive, repair=True)["tables"] == "mended"
    assert fields_of(archive, "household", home)["remark"] == "真"
    assert all_right(archive)


def test_a_row_deleted_and_a_row_invented_behind_its_back_are_found_and_mended(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    behind_the_back(archive, "DELETE FROM household", "INSERT INTO resident (id, name) VALUES (randomblob(16), '假人')")
    found = {check.name: check.detail for check in doctoring.examine(archive)}
    assert found["tables"].split() == ["household:1", "resident:1"]
    doctoring.examine(archive, repair=True)
    with archive.read() as reader:
        assert [record.id for kind in ("household", "resident") for record in reader.all(kind)] == [home]
        assert search.find(reader.connection, "假人") == []
    assert all_right(archive)


def test_wrong_sums_and_a_wrong_number_of_this_device_are_found_and_mended(archive: Archive) -> None:
    save(archive, "household", number="17")
    behind_the_back(
        archive,
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('decided_sum', '99')",
        "UPDATE meta SET value = '1' WHERE key = 'next_n'",
    )
    assert {name for name, state in judged(archive).items() if state == "wrong"} == {"sums", "numbers"}
    doctoring.examine(archive, repair=True)
    assert all_right(archive)
    save(archive, "household", number="18")
    assert all_right(archive)


def test_what_the_index_lacks_is_found_and_mended(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格")
    behind_the_back(archive, "DELETE FROM search")
    assert judged(archive)["search"] == "wrong"
    doctoring.examine(archive, repair=True)
    with archive.read() as reader:
        assert search.find(reader.connection, "其木格") == [("resident", who)]
    assert all_right(archive)


def test_keys_of_the_index_that_are_gone_are_found_and_mended(archive: Archive) -> None:
    save(archive, "resident", name="其木格")
    behind_the_back(archive, "DELETE FROM search_key")
    assert judged(archive)["search"] == "wrong"
    doctoring.examine(archive, repair=True)
    assert all_right(archive)


def test_a_look_at_a_new_archive_writes_nothing(archive: Archive) -> None:
    with archive.read() as reader:
        before = reader.connection.exec_driver_sql("SELECT count(*) FROM name").scalar()
    assert all_right(archive)
    with archive.read() as reader:
        assert reader.connection.exec_driver_sql("SELECT count(*) FROM name").scalar() == before


def test_a_damaged_page_is_named_and_not_mended_away(archive: Archive) -> None:
    with archive.write() as work:
        work.put("household", [(work.new_id(), {"number": str(n), "remark": "长" * 200}) for n in range(200)])
    archive.close()
    file = archive.folder / DATABASE
    data = bytearray(file.read_bytes())
    data[-2000] ^= 0xFF
    file.write_bytes(data)
    opened = reopen(archive.folder)
    assert judged(opened) == {"file": "wrong"}
    assert judged(opened, repair=True) == {"file": "wrong"}
    opened.close()


def test_what_a_killed_program_had_not_indexed_is_found_after_the_next_start(archive: Archive) -> None:
    save(archive, "resident", name="其木格")
    with archive.engine.begin() as connection:
        work = UnitOfWork(connection, archive.user, archive.clock(), archive.ids)
        late = work.create("resident", {"name": "巴特尔"})
        work.close()
    archive.close()
    opened = reopen(archive.folder)
    with opened.read() as reader:
        assert search.find(reader.connection, "巴特尔") == [("resident", late)]
    assert all_right(opened)
    opened.close()


def test_rebuilding_keeps_own_changes_on_top(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    edit(archive, "household", home, number="18")
    with archive.engine.begin() as connection:
        replaying.rebuild(connection)
    edit(archive, "household", home, number="19")
    assert fields_of(archive, "household", home) == {"number": "19"}
    assert all_right(archive)
