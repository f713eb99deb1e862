"""What one save leaves in the log: one row a change, nothing for nothing, groups whole and as their writer saw them."""

from __future__ import annotations

from typing import Any

import pytest

from shequ_desktop.domain.changes import RETRACTED, Change, Logged, Outcome
from shequ_desktop.storage import apply
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.unit_of_work import NoSuchRecordError
from tests.made import edit, fields_of, id_number, save


def log_of(archive: Archive, record: str) -> list[dict[str, Any]]:
    with archive.read() as reader:
        return [dict(row.change.fields) for row in reader.log_of([record])]


def arrives(archive: Archive, kind: str, record: str, seq: int, **fields: Any) -> None:
    """Somebody else's change, decided by the league."""
    change = Change("far", 1, seq, kind, record, fields, seq - 1, "远方", 1_795_000_000_000)
    with archive.engine.begin() as connection:
        apply.decided(connection, Names(connection), [Logged(change, Outcome(seq, change.time_ms))])
    archive.refresh()


def decide_own(archive: Archive, record: str, first_seq: int) -> None:
    """The league takes all unsent changes of the record as they are."""
    with archive.read() as reader:
        waiting = [row for row in reader.log_of([record]) if row.outcome is None]
    rows = [row.decided(Outcome(first_seq + place, row.change.time_ms)) for place, row in enumerate(waiting)]
    with archive.engine.begin() as connection:
        apply.decided(connection, Names(connection), rows, own=[row.change.id for row in rows])


def test_one_save_of_many_fields_is_one_row_of_the_log(archive: Archive) -> None:
    home = save(archive, "household", number="17", address="乌兰街 3 号", area="152501")
    assert log_of(archive, home) == [{"number": "17", "address": "乌兰街 3 号", "area": "152501"}]


def test_a_save_that_changes_nothing_writes_no_row(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", subsidies=["2", "1"], remark="旧")
    assert not edit(archive, "resident", who, name="其木格", subsidies=["1", "2"], remark="旧", alias="", workplace=None)
    assert len(log_of(archive, who)) == 1


def test_numbers_of_changes_grow_by_one_and_none_is_given_twice(archive: Archive) -> None:
    homes = [save(archive, "household", number=str(n)) for n in range(3)]
    with archive.write() as work:
        work.put("household", [(home, {"number": "8"}) for home in homes])
    with archive.read() as reader:
        numbers = sorted(row.change.n for row in reader.log_of(homes))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_a_group_is_carried_whole(archive: Archive) -> None:
    number = id_number(1)
    who = save(archive, "resident", name="其木格", id_number=number, id_kind="111", told_sex="2")
    edit(archive, "resident", who, told_sex="1")
    carried = log_of(archive, who)[-1]
    assert carried.pop("told_sex") == "1"
    assert carried == {"id_kind": "111", "id_number": number, "told_birth_date": None, "birth_words": None}


def test_a_field_without_a_group_is_carried_alone(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", remark="旧", alias="小其")
    edit(archive, "resident", who, remark="新")
    assert log_of(archive, who)[-1] == {"remark": "新"}


def test_a_form_opened_before_a_newer_value_came_carries_the_group_as_its_writer_saw_it(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", residence_state="1", residence_place="呼和浩特")
    decide_own(archive, who, 5)
    arrives(archive, "resident", who, 6, residence_state="2", residence_place="北京", residence_since="2026-05")
    edit(archive, "resident", who, seen=5, residence_place="包头")
    assert log_of(archive, who)[-1] == {"residence_state": "1", "residence_place": "包头", "residence_since": None}


def test_a_value_that_an_old_form_only_showed_is_not_written_over_a_newer_one(archive: Archive) -> None:
    home = save(archive, "household", number="17", remark="旧", landmark="敖包")
    decide_own(archive, home, 5)
    arrives(archive, "household", home, 6, remark="远方写的")
    edit(archive, "household", home, seen=5, number="18", remark="旧", landmark="敖包")
    assert log_of(archive, home)[-1] == {"number": "18"}
    assert fields_of(archive, "household", home)["remark"] == "远方写的"


def test_an_old_form_takes_no_element_out_of_a_set_that_it_never_showed(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", subsidies=["1"])
    decide_own(archive, who, 5)
    arrives(archive, "resident", who, 6, subsidies={"add": ["3"], "remove": []})
    edit(archive, "resident", who, seen=5, subsidies=["1", "2"])
    assert log_of(archive, who)[-1] == {"subsidies": {"add": ["2"], "remove": []}}
    assert fields_of(archive, "resident", who)["subsidies"] == ["1", "2", "3"]


def test_a_set_carries_what_was_added_and_what_was_taken_out(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", subsidies=["1", "2"])
    edit(archive, "resident", who, subsidies=["2", "3"])
    assert log_of(archive, who)[-1] == {"subsidies": {"add": ["3"], "remove": ["1"]}}
    edit(archive, "resident", who, subsidies=None)
    assert "subsidies" not in fields_of(archive, "resident", who)


def test_a_no_is_a_value_and_not_nothing(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格")
    care = save(archive, "care_record", resident=who, care_kind="elder", special_hardship=True)
    assert edit(archive, "care_record", care, special_hardship=False)
    assert fields_of(archive, "care_record", care)["special_hardship"] is False
    assert log_of(archive, care)[-1] == {"special_hardship": False}


def test_a_record_registered_by_mistake_goes_and_comes_back_with_its_values(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    with archive.write() as work:
        assert work.retract("household", home)
        assert not work.retract("household", home)
    with archive.read() as reader:
        assert list(reader.all("household")) == []
        assert reader.count("household") == 0
    with archive.write() as work:
        assert work.retract("household", home, back=True)
    assert log_of(archive, home) == [{"number": "17"}, {RETRACTED: True}, {RETRACTED: False}]
    with archive.read() as reader:
        assert [record.fields for record in reader.all("household")] == [{"number": "17"}]


def test_history_says_who_when_and_on_which_device(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    with archive.write(author="王医生") as work:
        work.edit("household", home, {"number": "18"})
    with archive.read() as reader:
        device = reader.meta("device")
        told = [(row.change.author, row.change.device, row.change.fields["number"]) for row in reader.log_of([home])]
        times = [row.change.time_ms for row in reader.log_of([home])]
    assert told == [(archive.user, device, "17"), ("王医生", device, "18")]
    assert times == sorted(times)


def test_a_save_of_a_record_that_is_not_there_raises_and_writes_nothing(archive: Archive) -> None:
    def save_both() -> None:
        with archive.write() as work:
            work.create("household", {"number": "1"})
            work.edit("household", work.new_id(), {"number": "2"})

    with pytest.raises(NoSuchRecordError):
        save_both()
    with archive.read() as reader:
        assert reader.count("household") == 0


def test_a_field_from_a_newer_program_is_kept_and_shown_again(archive: Archive) -> None:
    home = save(archive, "household", number="17")
    decide_own(archive, home, 5)
    arrives(archive, "household", home, 6, winter_pasture="北沟")
    edit(archive, "household", home, number="18")
    assert fields_of(archive, "household", home) == {"number": "18", "winter_pasture": "北沟"}


@pytest.mark.parametrize("now_ms", [0, -5_000_000, 4_102_444_800_000])
def test_a_clock_at_1970_or_2099_saves_like_any_other(archive: Archive, now_ms: int) -> None:
    archive.clock = lambda: now_ms
    homes = [save(archive, "household", number=str(n)) for n in range(3)]
    assert homes == sorted(homes)
    assert len(set(homes)) == 3
    assert [fields_of(archive, "household", home)["number"] for home in homes] == ["0", "1", "2"]
