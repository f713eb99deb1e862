"""Age around the birthday, on leap days, and of people whose birth date is known in part."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.ages import age_on, age_range_on

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("1960-02-29", "2026-02-28", 65),
        ("1960-02-29", "2026-03-01", 66),
        ("1960-02-29", "2024-02-28", 63),
        ("1960-02-29", "2024-02-29", 64),
        ("1966-11-25", "2026-11-24", 59),
        ("1966-11-25", "2026-11-25", 60),
        ("2010-11-25", "2026-11-24", 15),
        ("2010-11-25", "2026-11-25", 16),
        ("2026-03-01", "2026-03-01", 0),
        ("2026-03-02", "2026-03-01", None),
        ("1960", "2026-06-30", None),
        ("1960", "2026-12-31", 66),
        ("1960-04", "2026-03-31", 65),
        ("1960-04", "2026-04-15", None),
        ("1960-04", "2026-05-01", 66),
        ("2026", "2026-06-30", 0),
        ("2027", "2026-06-30", None),
        ("", "2026-06-30", None),
    ],
)
def test_age_on_a_day(birth: str, on: str, age: int | None) -> None:
    assert age_on(birth, date.fromisoformat(on)) == age


def test_a_year_leaves_two_ages_open() -> None:
    assert age_range_on("1960", date(2026, 6, 30)) == (65, 66)


@settings(max_examples=200, deadline=None)
@given(DAYS, DAYS)
def test_age_grows_by_one_on_the_birthday_only(birth: date, on: date) -> None:
    before, now = age_on(birth.isoformat(), on - timedelta(days=1)), age_on(birth.isoformat(), on)
    if on <= birth:
        assert now == (0 if on == birth else None)
        return
    assert before is not None
    assert now is not None
    leap_birthday = (birth.month, birth.day) == (2, 29) and (on.month, on.day) == (3, 1) and on.year % 4 != 0
    century_day = (birth.month, birth.day) == (2, 29) and (on.month, on.day) == (3, 1) and on.year in (1900, 2100)
    is_birthday = (on.month, on.day) == (birth.month, birth.day) or leap_birthday or century_day
    assert now - before == (1 if is_birthday else 0)


@settings(max_examples=200, deadline=None)
@given(DAYS, DAYS, st.sampled_from([4, 7]))
def test_what_is_certain_of_a_partial_date_is_true_of_the_whole_one(birth: date, on: date, digits: int) -> None:
    whole, bounds = age_on(birth.isoformat(), on), age_range_on(birth.isoformat()[:digits], on)
    if whole is not None:
        assert bounds is not None
        assert bounds[0] <= whole <= bounds[1]
        assert bounds[1] - bounds[0] <= 1
