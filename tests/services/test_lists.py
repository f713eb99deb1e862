"""Lists of households, residents and care records: whose turn it is, in which group and order; the day's lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.services import care_list, deciding, due, household_list, listing, promising, resident_list, today
from shequ_desktop.services.listing import Entry, Wish
from shequ_desktop.storage.archive import Archive
from tests.made import TODAY, edit, fields_of, save
from tests.ui.gacha import LONGEST, Gacha, before, household, in_care, make_gacha, visited


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


def test_every_list_and_the_plan_of_visits_name_the_same_days(archive: Archive, gacha: Gacha) -> None:
    planned = {one.household: one.on for one in due.schedule(archive) if one.household}
    assert planned == {one.id: one.due for one in household_list.entries(archive) if one.due}
    rows = household_list.rows(archive, list(planned))
    assert {row.id: row.due for row in rows} == planned


def test_the_most_urgent_stands_first_then_what_comes_later_then_who_is_in_no_care(archive: Archive, gacha: Gacha) -> None:
    found = listing.read(archive, household_list.SOURCE, Wish(), names=listing.groups(), today=TODAY)
    assert list(found.ids) == [gacha.overdue, gacha.newly, gacha.due, gacha.quiet]
    assert found.counts == {"all": 4, "elder": 2, "child": 0, "woman": 1, "other": 0, "overdue": 2, "today": 1}
    assert [row.name for row in found.rows] == ["斯琴高娃", "敖登格日勒", LONGEST, "巴特尔"]


def test_who_was_never_visited_stands_first_when_sorted_by_the_last_visit(archive: Archive, gacha: Gacha) -> None:
    wish = Wish(order=listing.LAST_VISIT)
    found = listing.read(archive, household_list.SOURCE, wish, names=listing.groups(), today=TODAY)
    assert list(found.ids)[2:] == [gacha.due, gacha.overdue]


def test_names_are_sorted_by_their_sound(archive: Archive) -> None:
    for name in ("张伟", "阿古拉", "陈静"):
        household(archive, name)
    wish = Wish(order=listing.NAME)
    found = listing.read(archive, household_list.SOURCE, wish, names=listing.groups(), today=TODAY)
    assert [row.name for row in found.rows] == ["阿古拉", "陈静", "张伟"]


def test_words_find_a_household_by_a_member_a_landmark_and_a_number(archive: Archive, gacha: Gacha) -> None:
    for words in ("苏和", "蓝顶", "2501047", "高娃额吉"):
        found = listing.read(archive, household_list.SOURCE, Wish(words=words), names=listing.groups(), today=TODAY)
        assert list(found.ids) == [gacha.overdue], words


def test_words_find_residents_and_care_records(archive: Archive, gacha: Gacha) -> None:
    assert resident_list.among(archive, "1234") == {gacha.elder}
    assert care_list.among(archive, "sqgw") == {gacha.care}


def test_a_row_says_alias_landmark_care_and_last_visit(archive: Archive, gacha: Gacha) -> None:
    row = household_list.rows(archive, [gacha.overdue])[0]
    assert (row.alias, row.landmark, row.order_number, row.members) == ("高娃额吉", "井房往西第二户，蓝顶", "3", 2)
    assert (row.last_visit, [one.label for one in row.care]) == (TODAY - timedelta(days=13), ["独居老人"])


def test_rows_of_residents_and_care_tell_of_the_person(archive: Archive, gacha: Gacha) -> None:
    person = resident_list.rows(archive, [gacha.elder])[0]
    assert (person.household, person.risk, person.birth) == (gacha.overdue, "1", "1944-02-19")
    care = care_list.rows(archive, [gacha.care])[0]
    assert (care.name, care.interval, care.due, care.care.worker) == ("斯琴高娃", 7, TODAY - timedelta(days=6), "乌云")


def test_closed_care_retracted_people_and_former_members_take_no_part(archive: Archive, gacha: Gacha) -> None:
    edit(archive, "care_record", gacha.care, closed_on=before(1))
    with archive.write() as work:
        work.retract("resident", gacha.grandson)
    row = household_list.rows(archive, [gacha.overdue])[0]
    assert (row.members, row.care) == (1, ())
    assert gacha.care not in {one.id for one in care_list.entries(archive)}


def test_the_day_is_told_in_its_groups(archive: Archive, gacha: Gacha) -> None:
    day = today.day(archive, on=TODAY)
    assert [row.household for row in day.overdue] == [gacha.overdue]
    assert [row.household for row in day.due] == [gacha.due]
    assert [row.household for row in day.newly] == [gacha.newly]
    assert [(one.promise.promised, one.name) for one in day.promises] == [("把血压计带过去", "斯琴高娃")]
    assert today.count(archive, TODAY) == 2


def test_somebody_in_care_without_a_household_is_still_to_be_visited(archive: Archive) -> None:
    person = save(archive, "resident", name="阿古拉")
    in_care(archive, person, risk="1", opened=40)
    row = today.day(archive, on=TODAY).overdue[0]
    assert (row.household, row.resident, row.name) == ("", person, "阿古拉")


def test_a_household_long_in_care_and_never_visited_is_overdue_not_new(archive: Archive) -> None:
    home, person = household(archive, "巴特尔")
    in_care(archive, person, opened=60)
    day = today.day(archive, on=TODAY)
    assert [row.household for row in day.overdue] == [home]
    assert day.newly == ()


def test_a_promise_that_was_kept_leaves_the_day_and_comes_back_when_that_was_a_mistake(archive: Archive, gacha: Gacha) -> None:
    assert promising.fulfil(archive, promise=gacha.promise, today=TODAY) is True
    assert today.day(archive, on=TODAY).promises == ()
    promising.reopen(archive, promise=gacha.promise)
    assert len(today.day(archive, on=TODAY).promises) == 1
    assert "done_on" not in fields_of(archive, "follow_up", gacha.promise)


def test_what_waits_for_a_decision_names_whom_it_is_about(archive: Archive, gacha: Gacha) -> None:
    found = deciding.to_decide(archive, today=TODAY)
    assert [(one.what, one.name, one.reason) for one in found] == [("question", "苏和", "sex_differs_from_number")]


def test_a_child_in_care_who_turns_sixteen_within_the_month_waits_for_a_decision(archive: Archive) -> None:
    born = date(TODAY.year - 16, 12, 1)
    child = save(archive, "resident", name="朝鲁门", told_birth_date=born.isoformat())
    care = in_care(archive, child, kind="child")
    found = deciding.to_decide(archive, today=TODAY)
    assert [(one.what, one.record, one.on) for one in found] == [("birthday", care, date(TODAY.year, 12, 1))]
    assert deciding.to_decide(archive, today=TODAY - timedelta(days=60)) == []


def test_two_heads_are_found_and_named(archive: Archive, gacha: Gacha) -> None:
    save(archive, "membership", household=gacha.quiet, resident=gacha.grandson, relation="02")
    found = [one for one in deciding.to_decide(archive, today=TODAY) if one.what == deciding.FINDING]
    assert [(one.reason, one.record) for one in found] == [("two_heads", gacha.quiet)]


def test_a_visit_today_takes_the_household_from_the_day(archive: Archive, gacha: Gacha) -> None:
    promising.fulfil(archive, promise=gacha.promise, today=TODAY)
    visited(archive, gacha.overdue, days=0)
    assert gacha.overdue not in {row.household for row in today.day(archive, on=TODAY).overdue}


days = st.none() | st.integers(-400, 400).map(lambda away: TODAY + timedelta(days=away))
entries = st.builds(
    Entry, id=st.uuids().map(str), name=st.sampled_from(["", "巴特尔", "𬭎", "陈静"]), due=days, last_visit=days,
    risk=st.sampled_from(["", "1", "2", "3"]), kinds=st.sampled_from([(), ("elder",), ("child", "elder")]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, unique_by=lambda one: one.id), st.sampled_from(listing.ORDERS))
def test_every_order_shows_everybody_once_and_overdue_before_what_is_later(listed: list[Entry], order: str) -> None:
    ids = listing.arranged(listed, group=listing.ALL, order=order, today=TODAY)
    assert sorted(ids) == sorted(one.id for one in listed)
    by_id = {one.id: one for one in listed}
    if order == listing.URGENT:
        due_days = [by_id[one].due or date.max for one in ids]
        late = [day < TODAY for day in due_days]
        assert late == sorted(late, reverse=True)
    counts = listing.counts(listed, listing.groups(), TODAY)
    assert counts["all"] == len(listed)
    assert counts["overdue"] == len(listing.arranged(listed, group=listing.OVERDUE, order=order, today=TODAY))
