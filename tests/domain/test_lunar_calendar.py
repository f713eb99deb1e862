"""The lunar table against another library's, and against itself day by day.

lunar_python 1.4.8 agrees on every first and last day of a month of 1900 to 2100. cnlunar 0.2.5 differs in 1900, where
its table begins; in the ninth month of 2057, whose new moon falls on midnight; and ends with 2099.
"""

from datetime import date, datetime, timedelta

import cnlunar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain import lunar
from shequ_desktop.domain.lunar import LunarDay, from_solar, to_solar

FIRST, LAST = date(1900, 1, 31), date(2101, 1, 28)
CNLUNAR_DIFFERS = {(2057, 8), (2057, 9)}


def test_every_day_goes_there_and_back_and_days_follow_each_other() -> None:
    day, before = FIRST, None
    while day <= LAST:
        told = from_solar(day)
        assert told is not None
        assert to_solar(told.year, told.month, told.day, leap=told.leap) == day
        assert before is None or told.day in (before.day + 1, 1)
        day, before = day + timedelta(days=1), told


def test_first_and_last_days_of_all_months_agree_with_cnlunar() -> None:
    for year in range(1901, 2100):
        for month in range(1, 13):
            for leap in (False, True):
                if (year, month) not in CNLUNAR_DIFFERS and (span := lunar.month_span(year, month, leap=leap)):
                    for day, number in ((span[0], 1), (span[1], (span[1] - span[0]).days + 1)):
                        other = cnlunar.Lunar(datetime(day.year, day.month, day.day))  # noqa: DTZ001
                        assert (other.lunarYear, other.lunarMonth, other.lunarDay) == (year, month, number)
                        assert bool(other.isLunarLeapMonth) == leap


@pytest.mark.parametrize(
    ("told", "solar"),
    [
        (LunarDay(1947, 2, 3, leap=True), date(1947, 3, 25)),
        (LunarDay(1947, 2, 3), date(1947, 2, 23)),
        (LunarDay(1941, 6, 15, leap=True), date(1941, 8, 7)),
        (LunarDay(2026, 1, 1), date(2026, 2, 17)),
        (LunarDay(1949, 8, 10), date(1949, 10, 1)),
        (LunarDay(2033, 11, 1, leap=True), date(2033, 12, 22)),
    ],
)
def test_known_days(told: LunarDay, solar: date) -> None:
    assert to_solar(told.year, told.month, told.day, leap=told.leap) == solar
    assert from_solar(solar) == told


@pytest.mark.parametrize(
    ("year", "month", "day", "leap"),
    [
        (1943, 12, 30, False),
        (1948, 2, 3, True),
        (1947, 3, 1, True),
        (1950, 13, 1, False),
        (1950, 1, 0, False),
        (1899, 1, 1, False),
        (2101, 1, 1, False),
    ],
)
def test_days_that_the_calendar_does_not_have(year: int, month: int, day: int, leap: bool) -> None:
    assert to_solar(year, month, day, leap=leap) is None


def test_days_outside_the_table_have_no_lunar_day() -> None:
    assert from_solar(FIRST - timedelta(days=1)) is None
    assert from_solar(LAST + timedelta(days=1)) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_leap_month_follows_its_ordinary_one(year: int, month: int) -> None:
    ordinary, leap = lunar.month_span(year, month), lunar.month_span(year, month, leap=True)
    assert ordinary is not None
    assert (leap is not None) == (lunar.leap_month(year) == month)
    assert leap is None or leap[0] == ordinary[1] + timedelta(days=1)
