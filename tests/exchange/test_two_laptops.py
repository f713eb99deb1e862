"""Two laptops and a league: what each of them holds in the end, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import date
from typing import Any

from shequ_desktop.services import conflicts, histories
from shequ_desktop.storage.tables import LOG
from tests.exchange.place import Place, ok, records

TODAY = date(2026, 9, 21)


def test_what_one_writes_the_other_holds_and_all_three_export_the_same(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    a.add(number="1", address="甲地")
    b.add(number="2", address="乙地")
    a.add("resident", name="巴特尔", id_number="110101199003078515")
    any_place.settle()
    lines = any_place.agree()
    assert [record["fields"]["number"] for record in records(lines, "household")] == ["1", "2"]
    assert records(lines, "resident")[0]["fields"]["birth_date"] == "1990-03-07"


def test_same_field_on_two_laptops_one_stands_and_both_are_in_both_histories(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    home = a.add(number="1", address="老地址", remark="原话")
    any_place.settle()
    a.edit(home, address="甲处写的")
    b.edit(home, address="乙处写的")
    a.edit(home, remark="甲处改的话")
    any_place.settle()
    any_place.agree()
    assert a.value(home, "address") == "乙处写的", "the later one stands"
    assert b.value(home, "remark") == "甲处改的话", "another field is no conflict"
    for laptop in (a, b):
        assert laptop.values_of(home, "address") == [
            ("老地址", "superseded"),
            ("甲处写的", "superseded_unseen"),
            ("乙处写的", "stands"),
        ]
        assert [c.open for c in conflicts.conflicts(laptop.archive, every=True)] == [False]
        assert conflicts.conflicts(laptop.archive) == []


def test_a_name_written_twice_waits_until_a_person_decides(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    who = a.add("resident", name="乌日娜")
    any_place.settle()
    a.edit(who, "resident", name="乌日乐")
    b.edit(who, "resident", name="乌日汗")
    a.synced()
    assert b.synced().conflicts == 1
    a.synced()
    assert a.value(who, "name", "resident") == b.value(who, "name", "resident") == "乌日乐"
    waiting = conflicts.conflicts(b.archive)
    assert waiting == conflicts.conflicts(a.archive)
    assert [(side.user, side.fields["name"], side.stands) for side in waiting[0].sides] == [
        ("a", "乌日乐", True),
        ("b", "乌日汗", False),
    ]
    ok(conflicts.decide(b.archive, conflict=waiting[0].id, take=2, today=TODAY))
    assert conflicts.conflicts(b.archive) == [], "decided here, though not yet sent"
    any_place.settle()
    any_place.agree()
    assert a.value(who, "name", "resident") == "乌日汗"
    assert [c.open for c in conflicts.conflicts(a.archive, every=True)] == [False]
    assert ("乌日乐", "superseded") in a.values_of(who, "name", "resident")


def test_deciding_for_what_stands_already_settles_it_too(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    who = a.add("resident", name="乌日娜")
    any_place.settle()
    a.edit(who, "resident", name="乌日乐")
    b.edit(who, "resident", name="乌日汗")
    any_place.settle()
    waiting = conflicts.conflicts(a.archive)[0]
    ok(conflicts.decide(a.archive, conflict=waiting.id, typed={"name": "乌日乐"}, today=TODAY))
    any_place.settle()
    assert b.value(who, "name", "resident") == "乌日乐"
    assert conflicts.conflicts(a.archive) == conflicts.conflicts(b.archive) == []


def test_sets_are_united_and_no_conflict(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    who = a.add("resident", name="乌日娜", subsidies=["1", "2"])
    any_place.settle()
    a.edit(who, "resident", subsidies=["1", "2", "3"])
    b.edit(who, "resident", subsidies=["2", "4"])
    any_place.settle()
    any_place.agree()
    assert a.value(who, "subsidies", "resident") == ["2", "3", "4"]
    assert conflicts.conflicts(a.archive, every=True) == []


def test_retracted_here_while_a_days_work_was_typed_there_brings_the_record_back(any_place: Place) -> None:
    """Case 16: the work does not vanish, and a person is asked."""
    a, b = any_place.laptop("a"), any_place.laptop("b")
    home = a.add(number="1", address="甲地")
    who = a.add("resident", name="巴特尔")
    care = a.add("care_record", resident=who, care_kind="elder", label="留守老人")
    any_place.settle()
    a.retract(care, "care_record")
    a.synced()
    for name, value in (("label", "空巢老人"), ("worker", "其其格"), ("remark", "腿脚不便")):
        edited: dict[str, Any] = {name: value}
        b.edit(care, "care_record", **edited)
    visit = b.add("visit", household=home, visited_on="2026-09-20")
    b.add("visit_note", visit=visit, care_record=care, condition="好")
    b.synced()
    any_place.settle()
    any_place.agree()
    for laptop in (a, b):
        assert laptop.is_there(care, "care_record")
        assert laptop.is_there(visit, "visit")
        assert laptop.value(care, "remark", "care_record") == "腿脚不便"
        waiting = conflicts.conflicts(laptop.archive)
        assert [(c.record, c.group, c.open) for c in waiting] == [(care, "retracted", True)]
    told = histories.history(a.archive, kind="care_record", record=care)
    assert isinstance(told, list)
    said = {str(value) for entry in told for value in entry["fields"].values()}
    assert {"空巢老人", "其其格", "腿脚不便"} <= said


def test_deciding_to_keep_a_record_that_came_back_closes_the_conflict(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1")
    place.settle()
    a.retract(home)
    a.synced()
    b.edit(home, remark="还在")
    place.settle()
    waiting = conflicts.conflicts(a.archive)[0]
    kept = next(side.n for side in waiting.sides if side.stands)
    ok(conflicts.decide(a.archive, conflict=waiting.id, take=kept, today=TODAY))
    place.settle()
    place.agree()
    assert b.is_there(home)
    assert conflicts.conflicts(b.archive) == []


def test_a_group_is_never_mixed_from_two_people(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    who = a.add("resident", name="乌日娜", told_birth_date="1950", told_sex="2")
    any_place.settle()
    a.edit(who, "resident", told_birth_date="1951")
    b.edit(who, "resident", told_sex="1")
    any_place.settle()
    any_place.agree()
    group = (a.value(who, "told_birth_date", "resident"), a.value(who, "told_sex", "resident"))
    assert group in {("1951", "2"), ("1950", "1")}


def test_own_edits_in_a_row_are_no_conflict_with_oneself(place: Place) -> None:
    a = place.laptop("a")
    who = a.add("resident", name="一")
    a.edit(who, "resident", name="二")
    a.edit(who, "resident", name="三")
    a.synced()
    a.edit(who, "resident", name="四")
    a.synced()
    assert conflicts.conflicts(a.archive, every=True) == []
    assert a.value(who, "name", "resident") == "四"


def test_what_was_open_while_a_newer_value_came_counts_as_unseen(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="一")
    place.settle()
    opened_at = int(b.meta("cursor_seq"))
    a.edit(home, address="二")
    place.settle()
    assert b.value(home, "address") == "二"
    b.edit(home, address="三", seen=opened_at)
    place.settle()
    assert ("二", "superseded_unseen") in a.values_of(home, "address")


def test_an_unsent_edit_stays_on_top_of_what_arrives(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="一", remark="原话")
    place.settle()
    b.edit(home, address="二", remark="新话")
    b.synced()
    a.edit(home, address="三")
    a.road.faults = ["answer_lost"] * 9
    assert a.sync().problem is not None
    assert a.value(home, "address") == "三"
    a.road.faults = []
    a.synced()
    assert (a.value(home, "address"), a.value(home, "remark")) == ("三", "新话")


def test_one_log_row_a_change_at_the_league(any_place: Place) -> None:
    a = any_place.laptop("a")
    home = a.add(number="1")
    a.edit(home, remark="话")
    a.synced()
    a.synced()
    assert any_place.count(LOG) == 2


def test_three_laptops_agree_whatever_the_order(any_place: Place) -> None:
    laptops = [any_place.laptop(name) for name in "abc"]
    home = laptops[0].add(number="1", address="零", remark="零")
    any_place.settle()
    for round_ in range(3):
        for laptop in laptops:
            laptop.edit(home, address=f"{laptop.name}{round_}", remark=f"{laptop.name}{round_}")
        laptops[round_].synced()
    any_place.settle()
    any_place.agree()
    said = {value for value, _ in laptops[0].values_of(home, "address")}
    assert said == {"零", *(f"{name}{round_}" for name in "abc" for round_ in range(3))}
