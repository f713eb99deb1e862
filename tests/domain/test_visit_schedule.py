"""Whom to visit when: intervals by risk, promises, closed records, a household's earliest day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.schedule import CareState, VisitSettings, due_on, household_due_on

OPENED, VISITED = date(2026, 1, 10), date(2026, 3, 1)
DEFAULTS = VisitSettings()
ELDER = CareState(care_kind="elder", risk=None, opened_on=OPENED)


@pytest.mark.parametrize(("risk", "days"), [("1", 7), ("2", 30), ("3", 90), ("4", 180), (None, 30), ("", 30)])
def test_risk_gives_the_days_to_the_next_visit(risk: str | None, days: int) -> None:
    state = replace(ELDER, risk=risk, last_visit_on=VISITED)
    assert due_on(state, DEFAULTS) == VISITED + timedelta(days=days)


@pytest.mark.parametrize(("risk", "days"), [("1", 7), ("2", 30), ("3", 30), ("4", 30), (None, 30)])
def test_an_elder_in_special_hardship_waits_no_longer_than_a_month(risk: str | None, days: int) -> None:
    state = replace(ELDER, risk=risk, special_hardship=True, last_visit_on=VISITED)
    assert due_on(state, DEFAULTS) == VISITED + timedelta(days=days)


def test_special_hardship_is_a_matter_of_elders_only() -> None:
    state = CareState(care_kind="woman", risk="3", opened_on=OPENED, special_hardship=True, last_visit_on=VISITED)
    assert due_on(state, DEFAULTS) == VISITED + timedelta(days=90)


def test_a_record_without_a_visit_is_due_on_the_day_it_was_opened() -> None:
    assert due_on(replace(ELDER, risk="4"), DEFAULTS) == OPENED


def test_a_promise_brings_the_day_forward_and_never_puts_it_off() -> None:
    visited = replace(ELDER, last_visit_on=VISITED)
    assert due_on(replace(visited, follow_up_dues=(date(2026, 3, 9), date(2026, 3, 5))), DEFAULTS) == date(2026, 3, 5)
    assert due_on(replace(visited, follow_up_dues=(date(2026, 9, 9),)), DEFAULTS) == date(2026, 3, 31)


def test_a_closed_record_is_not_due_whatever_was_promised() -> None:
    assert due_on(replace(ELDER, closed_on=VISITED, follow_up_dues=(VISITED,)), DEFAULTS) is None


def test_a_banner_sets_its_own_intervals() -> None:
    settings_here = VisitSettings(high_days=3, medium_days=14, special_hardship_days=10)
    assert due_on(replace(ELDER, risk="1", last_visit_on=VISITED), settings_here) == date(2026, 3, 4)
    assert due_on(replace(ELDER, special_hardship=True, last_visit_on=VISITED), settings_here) == date(2026, 3, 11)


def test_a_household_is_due_when_its_first_record_or_promise_is() -> None:
    late = replace(ELDER, risk="3", last_visit_on=VISITED)
    soon = replace(ELDER, risk="1", last_visit_on=VISITED)
    closed = replace(ELDER, closed_on=VISITED)
    assert household_due_on([late, soon, closed], DEFAULTS) == date(2026, 3, 8)
    assert household_due_on([late], DEFAULTS, follow_up_dues=[date(2026, 3, 2)]) == date(2026, 3, 2)
    assert household_due_on([closed], DEFAULTS) is None
    assert household_due_on([], DEFAULTS) is None


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([None, "1", "2", "3", "4"]), st.booleans(), st.dates(OPENED, date(2027, 1, 1)), st.integers(0, 60))
def test_a_later_visit_never_makes_the_next_one_earlier(risk: str | None, hardship: bool, visit: date, later: int) -> None:
    state = replace(ELDER, risk=risk, special_hardship=hardship, last_visit_on=visit)
    first, second = due_on(state, DEFAULTS), due_on(replace(state, last_visit_on=visit + timedelta(days=later)), DEFAULTS)
    assert first is not None
    assert second is not None
    assert second - first == timedelta(days=later)
