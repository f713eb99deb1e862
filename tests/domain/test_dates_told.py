"""Dates as lists hold them and people say them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.dates import DateProblem, ToldDate, is_partial_date, read_date

TODAY = date(2026, 7, 1)


def read(value: object) -> ToldDate:
    told = read_date(value, today=TODAY)
    assert isinstance(told, ToldDate), told
    return told


def key_of(value: object) -> str:
    told = read_date(value, today=TODAY)
    assert isinstance(told, DateProblem), told
    return told.key


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2026-3-1", "2026-03-01"),
        ("2026.3.1", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026年3月1日", "2026-03-01"),
        ("2026 年 3 月 1 号", "2026-03-01"),
        ("２０２６年３月１日", "2026-03-01"),
        ("2026-03-01 00:00:00", "2026-03-01"),
        ("1990年4月", "1990-04"),
        ("1990.4", "1990-04"),
        ("1990", "1990"),
        ("1990年", "1990"),
        ("一九九〇年四月三日", "1990-04-03"),
        ("二〇〇一年十二月三十一日", "2001-12-31"),
        ("1944-02-29", "1944-02-29"),
        (date(1941, 9, 3), "1941-09-03"),
        (datetime.combine(date(1941, 9, 3), time()), "1941-09-03"),
        (19900403.0, "1990-04-03"),
        (1990.0, "1990"),
        (1990.4, "1990-04"),
        (19900403, "1990-04-03"),
    ],
)
def test_solar_dates_are_read_without_further_words(said: object, value: str) -> None:
    assert read(said) == ToldDate(value)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("农历1947年闰二月初三", "1947-03-25"),
        ("农历1947年二月初三", "1947-02-23"),
        ("阴历1941年闰六月十五", "1941-08-07"),
        ("农历1949年七月", "1949"),
        ("旧历一九四七年十二月廿三", "1948-02-02"),
        ("1947年正月初五", "1947-01-26"),
        ("1947.2.3（农历）", "1947-02-23"),
        ("农历1946年腊月三十", "1947-01-21"),
        ("农历1950年冬月初一", "1950-12-09"),
        ("农历1950年", "1950"),
    ],
)
def test_lunar_dates_give_the_solar_day_and_keep_what_was_said(said: str, value: str) -> None:
    assert read(said) == ToldDate(value, said, lunar=True)


def test_leap_and_ordinary_month_are_different_birthdays() -> None:
    assert read("农历1947年闰二月初三").value != read("农历1947年二月初三").value


@pytest.mark.parametrize(
    ("said", "value"), [("属猪的，1947年", "1947"), ("1950年生", "1950"), ("53年", "1953"), ("85年3月1日", "1985-03-01")]
)
def test_a_year_among_words_is_kept_with_the_words(said: str, value: str) -> None:
    assert read(said) == ToldDate(value, said)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("农历1943年腊月三十", "lunar_day_missing"),
        ("农历1948年闰二月初三", "lunar_day_missing"),
        ("农历1948年腊月三十一", "lunar_day_missing"),
        ("农历1950年冬月", "lunar_year_unclear"),
        ("属鼠的，1947年", "animal_differs"),
        ("2026-07-02", "date_in_future"),
        ("2027年", "date_in_future"),
        (date(2099, 1, 1), "date_in_future"),
        ("1990-02-30", "not_a_date"),
        ("19901301", "not_a_date"),
        ("12年", "not_a_date"),  # 1912 or 2012
        ("二月", "not_a_date"),
        ("大约1950年", "not_a_date"),
        ("1950年或1951年", "not_a_date"),
        ("1034人", "not_a_date"),
        (1990.1, "not_a_date"),  # January, or October without its nought
        (date(1899, 12, 30), "not_a_date"),
        (32874.0, "not_a_date"),  # a day count: which calendar it counts from is not in the cell
        (True, "not_a_date"),
        (float("nan"), "not_a_date"),
        (float("inf"), "not_a_date"),
        ("", "date_empty"),
        (None, "date_empty"),
        ("不详", "date_unknown"),
    ],
)
def test_what_is_not_certain_is_a_problem(said: object, key: str) -> None:
    assert key_of(said) == key


def test_today_itself_and_this_month_are_not_in_the_future() -> None:
    assert read("2026-07-01").value == "2026-07-01"
    assert read("2026年7月").value == "2026-07"


@pytest.mark.parametrize("text", ["1990", "1990-04", "1990-04-03", "2000-02-29"])
def test_partial_dates_that_exist(text: str) -> None:
    assert is_partial_date(text)


@pytest.mark.parametrize("text", ["", "90", "1990-4", "1990-13", "1990-02-30", "0001", "9999", "1990-04-03T00:00", "１９９０"])
def test_texts_that_are_no_partial_dates(text: str) -> None:
    assert not is_partial_date(text)


FORMS = (
    "{y}-{m}-{d}",
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}{m:02}{d:02}",
    "{y}年{m}月{d}日",
    "{y}-{m:02}-{d:02}",
    "{y}年{m:02}月{d:02}日",
)


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1850, 1, 1), TODAY), st.sampled_from(FORMS))
def test_every_usual_form_of_a_day_reads_as_that_day(day: date, form: str) -> None:
    assert read(form.format(y=day.year, m=day.month, d=day.day)) == ToldDate(day.isoformat())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789年月日号农历阴闰正冬腊初一二三十廿卅〇.-/ ()（属猪x", max_size=16) | st.text(max_size=12))
def test_any_text_is_answered_with_a_date_that_exists_or_a_problem(text: str) -> None:
    told = read_date(text, today=TODAY)
    if isinstance(told, ToldDate):
        assert is_partial_date(told.value)
        assert told.value <= TODAY.isoformat()
        assert told.words in ("", text.strip().strip("'\"").strip())
