"""Histories and conflicts of sex and birth date: what was told and what an ID number gave are both found by either name."""

from __future__ import annotations

from datetime import date
from typing import Any

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import declarations, histories, records
from shequ_desktop.storage.archive import Archive
from tests.made import save

NUMBER = "110101199003078515"


def told(archive: Archive, record: str, field: str) -> list[Any]:
    entries = histories.history(archive, kind="resident", record=record, field=field)
    assert isinstance(entries, list), entries
    return [entry["fields"][field] for entry in entries]


def test_history_by_the_name_of_the_value_in_force_tells_what_was_told_and_what_the_number_gave(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格", told_birth_date="1950-01-02")
    today = date(2026, 3, 1)
    assert records.edit(archive, kind="resident", record=who, typed={"birth_date": "1951-03-04"}, today=today) is True
    assert records.edit(archive, kind="resident", record=who, typed={"id_number": NUMBER}, today=today) is True
    assert told(archive, who, "birth_date") == ["1950-01-02", "1951-03-04", "1990-03-07"]
    assert told(archive, who, "told_birth_date") == ["1950-01-02", "1951-03-04", "1951-03-04"], "a group is said whole"
    assert told(archive, who, "sex") == [None, "1"]


def test_history_of_a_field_that_there_is_not_is_a_problem_and_of_one_never_filled_in_is_empty(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格")
    wrong = histories.history(archive, kind="resident", record=who, field="shoe_size")
    assert isinstance(wrong, Problem)
    assert wrong.key == "no_such_field"
    assert told(archive, who, "workplace") == told(archive, who, "birth_date") == []
    home = save(archive, "household", number="1")
    assert isinstance(histories.history(archive, kind="household", record=home, field="sex"), Problem)


def test_the_sides_of_a_conflict_about_a_birth_date_are_told_in_words() -> None:
    assert [word for _, word in declarations.in_words("resident", {"told_birth_date": "1950-01-02"})] == ["1950-01-02"]
    both = {"told_birth_date": "1950-01-02", "birth_date": "1990-03-07"}
    assert [word for _, word in declarations.in_words("resident", both)] == ["1990-03-07"]


def test_a_number_that_was_not_received_yet_cannot_have_been_seen(archive: Archive) -> None:
    home = save(archive, "household", number="1")
    typed, today = {"number": "2"}, date(2026, 3, 1)
    refused = records.edit(archive, kind="household", record=home, typed=typed, today=today, seen=99)
    assert isinstance(refused, list)
    assert [one.key for one in refused] == ["seen_not_reached"]
    assert records.edit(archive, kind="household", record=home, typed=typed, today=today, seen=0) is True
