"""Days as people say them, in both languages, read back as they were told."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.dates import DateProblem
from shequ_desktop.ui import days
from shequ_desktop.wording import say as speak

TODAY = date(2026, 11, 24)  # a Tuesday


def zh(key: str, /, **values: object) -> str:
    return speak(key, "zh_CN", **values)


def en(key: str, /, **values: object) -> str:
    return speak(key, "en", **values)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("今天", TODAY), ("昨天", date(2026, 11, 23)), ("前天", date(2026, 11, 22)), ("周一", date(2026, 11, 23)),
        ("上周五", date(2026, 11, 20)), ("11.20", date(2026, 11, 20)), ("11月20日", date(2026, 11, 20)),
        ("20", date(2026, 11, 20)), ("12.1", date(2025, 12, 1)), ("30", date(2026, 10, 30)), ("2026-1-5", date(2026, 1, 5)),
        ("2026年1月5日", date(2026, 1, 5)), ("20260105", date(2026, 1, 5)),
    ],
)  # fmt: skip
def test_a_day_that_has_been_is_understood_however_it_is_said(typed: str, understood: date) -> None:
    assert days.read_day(typed, TODAY, zh) == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("明天", date(2026, 11, 25)), ("下周二", date(2026, 12, 1)), ("12.1", date(2026, 12, 1)), ("1.5", date(2027, 1, 5)),
        ("3", date(2026, 12, 3)), ("周五", date(2026, 11, 27)), ("今天", TODAY), ("2026-12-01", date(2026, 12, 1)),
    ],
)  # fmt: skip
def test_a_day_to_come_is_understood_however_it_is_said(typed: str, understood: date) -> None:
    assert days.read_day(typed, TODAY, zh, ahead=True) == understood


def test_a_promise_in_the_past_and_a_visit_to_come_are_told_apart() -> None:
    assert days.read_day("昨天", TODAY, zh, ahead=True) == DateProblem("ui.date_is_past", "昨天")
    assert days.read_day("明天", TODAY, zh) == DateProblem("date_in_future", "明天")


@pytest.mark.parametrize("typed", ["2.30", "13.1", "32", "不知道", "下周八", "2026-11"])
def test_what_is_no_day_is_a_problem(typed: str) -> None:
    assert isinstance(days.read_day(typed, TODAY, zh), DateProblem)


def test_nothing_typed_is_no_day_and_no_problem() -> None:
    assert days.read_day("  ", TODAY, zh) is None


def test_days_are_told_with_their_weekday_and_relative_first() -> None:
    assert days.told(TODAY, TODAY, zh) == "11月24日 周二"
    assert days.told(date(2025, 1, 2), TODAY, zh) == "2025年1月2日 周四"
    assert days.relative_and_told(date(2026, 11, 20), TODAY, zh) == "4 天前（11月20日 周五）"
    assert days.told(TODAY, TODAY, en) == "24 November Tue"


def test_a_visit_that_is_late_asks_for_action_and_one_to_come_does_not() -> None:
    late, now, later = (days.due(TODAY + timedelta(days=away), TODAY, zh) for away in (-6, 0, 9))
    assert (late.text, late.tone, late.strong) == ("逾期 6 天", "warn", True)
    assert (now.text, now.strong) == ("今天", True)
    assert (later.text, later.tone, later.strong) == ("12月3日 周四", "text_2", False)


@settings(max_examples=60, deadline=None)
@given(away=st.integers(-360, 0), language=st.sampled_from(["zh_CN", "en"]))
def test_a_day_of_the_last_year_is_read_back_from_its_figures(away: int, language: str) -> None:
    day, say = TODAY + timedelta(days=away), functools.partial(_say, language)
    assert days.read_day(f"{day.month}.{day.day}", TODAY, say) == day
    assert days.read_day(day.isoformat(), TODAY, say) == day


def _say(language: str, key: str, /, **values: object) -> str:
    return speak(key, language, **values)
