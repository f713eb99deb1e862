"""Whom to visit and when, as the plan says it (issue of the day without a window, item 12)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shequ_desktop.domain.schedule import VisitSettings
from shequ_desktop.services import due, print_jobs
from shequ_desktop.services.due import DueHousehold
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, save

OPENED = date(2026, 6, 1)


def home_of(archive: Archive, *, number: str = "17", name: str = "其木格") -> tuple[str, str]:
    """A household with its head: (household, resident)."""
    home, who = save(archive, "household", number=number, address="乌兰街3号"), save(archive, "resident", name=name)
    save(archive, "membership", household=home, resident=who, relation="02")
    return home, who


def in_care(archive: Archive, who: str, kind: str = "other", **fields: object) -> str:
    return save(archive, "care_record", resident=who, care_kind=kind, **{"opened_on": OPENED.isoformat(), **fields})


def visited(archive: Archive, home: str, on: date) -> str:
    return save(archive, "visit", household=home, visited_on=on.isoformat())


def days(archive: Archive, settings: VisitSettings | None = None) -> list[tuple[str, date]]:
    return [(one.household or one.resident, one.on) for one in due.schedule(archive, settings=settings)]


def test_a_record_without_a_visit_is_due_on_the_day_it_was_opened(archive: Archive) -> None:
    home, who = home_of(archive)
    care = in_care(archive, who)
    assert due.schedule(archive) == [DueHousehold(home, OPENED, None, (care,), ())]
    assert due.households_due(archive, on=OPENED - timedelta(1)) == []
    assert len(due.households_due(archive, on=OPENED)) == 1


def test_a_record_that_does_not_say_when_it_was_opened_is_due_on_the_day_it_was_made(archive: Archive) -> None:
    home, who = home_of(archive)
    save(archive, "care_record", resident=who, care_kind="other")
    assert days(archive) == [(home, TODAY)]


def test_a_record_whose_id_tells_no_day_is_due_and_breaks_nothing(archive: Archive) -> None:
    home, who = home_of(archive)
    for record in ("ffffffff-ffff-4fff-bfff-ffffffffffff", "ffffffff-ffff-7fff-bfff-ffffffffffff"):
        with archive.write() as work:
            work.create("care_record", {"resident": who, "care_kind": "other"}, record=record)
    assert [place for place, _ in days(archive)] == [home]


@pytest.mark.parametrize(
    ("kind", "fields", "interval"),
    [
        ("other", {"risk": "1"}, 7),
        ("other", {"risk": "2"}, 30),
        ("other", {}, 30),
        ("other", {"risk": "3"}, 90),
        ("other", {"risk": "4"}, 180),
        ("elder", {"risk": "4"}, 180),
        ("elder", {"risk": "4", "special_hardship": True}, 30),
        ("elder", {"risk": "3", "special_hardship": True}, 30),
        ("elder", {"special_hardship": True}, 30),
        ("elder", {"risk": "1", "special_hardship": True}, 7),
        ("elder", {"risk": "3", "special_hardship": False}, 90),
        ("woman", {"risk": "3", "special_hardship": True}, 90),
        ("child", {"risk": "9"}, 30),
    ],
)
def test_risk_gives_the_interval_since_the_last_visit(
    archive: Archive, kind: str, fields: dict[str, object], interval: int
) -> None:
    home, who = home_of(archive)
    in_care(archive, who, kind, **fields)
    for day in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 8, 1)):
        visited(archive, home, day)
    assert days(archive) == [(home, date(2026, 10, 1) + timedelta(interval))]


def test_a_banner_sets_its_own_intervals(archive: Archive) -> None:
    home, who = home_of(archive)
    in_care(archive, who, risk="1")
    visited(archive, home, date(2026, 10, 1))
    assert days(archive, VisitSettings(high_days=14)) == [(home, date(2026, 10, 15))]


def test_a_promise_that_falls_earlier_is_kept_until_it_is_done(archive: Archive) -> None:
    home, who = home_of(archive)
    care = in_care(archive, who)
    visited(archive, home, date(2026, 11, 1))
    promise = save(archive, "follow_up", household=home, care_record=care, promised="办证", due_on="2026-11-10")
    assert [(one.on, one.follow_ups) for one in due.schedule(archive)] == [(date(2026, 11, 10), (promise,))]
    with archive.write() as work:
        work.edit("follow_up", promise, {"done_on": "2026-11-09"})
    assert [(one.on, one.follow_ups) for one in due.schedule(archive)] == [(date(2026, 12, 1), ())]


def test_a_promise_to_a_household_without_care_records_is_due_too_and_prints_no_form_of_its_own_accord(archive: Archive) -> None:
    home, _ = home_of(archive)
    save(archive, "follow_up", household=home, promised="送药", due_on="2026-11-10")
    save(archive, "follow_up", household=home, promised="没说哪天")
    assert days(archive) == [(home, date(2026, 11, 10))]
    assert print_jobs.home_visits_due(archive, on=TODAY) == [(home, "")]
    assert print_jobs.home_visits_all(archive) == []


def test_closed_and_retracted_records_and_people_are_not_visited(archive: Archive) -> None:
    _, who = home_of(archive)
    in_care(archive, who, closed_on="2026-10-01")
    mistaken = in_care(archive, who)
    _, nobody = home_of(archive, number="18", name="写错的人")
    in_care(archive, nobody)
    with archive.write() as work:
        work.retract("care_record", mistaken)
        work.retract("resident", nobody)
    assert days(archive) == []


def test_a_household_is_listed_once_with_the_earliest_day_of_its_people(archive: Archive) -> None:
    home, who = home_of(archive)
    other = save(archive, "resident", name="巴特尔")
    save(archive, "membership", household=home, resident=other, relation="20")
    mild, pressing = in_care(archive, who, risk="4"), in_care(archive, other, risk="1")
    visited(archive, home, date(2026, 11, 1))
    (listed,) = due.schedule(archive)
    assert (listed.household, listed.on, set(listed.care_records)) == (home, date(2026, 11, 8), {mild, pressing})


def test_the_longest_overdue_stands_first(archive: Archive) -> None:
    for number, opened in (("1", "2026-08-01"), ("2", "2026-06-01"), ("3", "2026-07-01")):
        _, who = home_of(archive, number=number)
        in_care(archive, who, opened_on=opened)
    assert [one["number"] for one in due.told(archive, on=TODAY)] == ["2", "3", "1"]


def test_who_moved_is_visited_where_they_live_now(archive: Archive) -> None:
    old, who = home_of(archive)
    in_care(archive, who)
    new = save(archive, "household", number="18")
    with archive.write() as work:
        (left,) = _memberships(archive, who)
        work.edit("membership", left, {"until": "2026-10-01"})
        work.create("membership", {"household": new, "resident": who})
    assert [place for place, _ in days(archive)] == [new] != [old]


def _memberships(archive: Archive, who: str) -> list[str]:
    with archive.read() as reader:
        return [record.id for record in reader.where("membership", resident=who)]


def test_people_in_care_of_whom_no_household_is_known_are_listed_too(archive: Archive) -> None:
    alone = save(archive, "resident", name="独居的人")
    in_care(archive, alone)
    home, who = home_of(archive)
    in_care(archive, who)
    with archive.write() as work:
        work.retract("household", home)
    told = due.told(archive, on=TODAY)
    assert sorted((one["resident"], one["household"], one["head"]) for one in told) == sorted(
        [(alone, "", "独居的人"), (who, "", "其木格")]
    )


def test_the_list_says_what_finds_the_door(archive: Archive) -> None:
    home, who = home_of(archive)
    in_care(archive, who)
    visited(archive, home, date(2026, 9, 1))
    (one,) = due.told(archive, on=TODAY)
    assert {key: one[key] for key in ("head", "number", "address", "last_visit", "on")} == {
        "head": "其木格",
        "number": "17",
        "address": "乌兰街3号",
        "last_visit": "2026-09-01",
        "on": "2026-10-01",
    }


def test_a_day_that_cannot_be_read_breaks_nothing(archive: Archive) -> None:
    home, who = home_of(archive)
    in_care(archive, who, opened_on="2026-02-30")
    save(archive, "visit", household=home, visited_on="去年")
    save(archive, "follow_up", household=home, promised="x", due_on="明天")
    assert days(archive) == [(home, TODAY)]
