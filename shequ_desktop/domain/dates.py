"""Dates as people say them: solar and lunar, whole and partial, in figures and in Chinese numerals.

Only what is certain becomes a value; everything else is a problem with a key. Knows no clock: `today` is passed in.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, datetime

from shequ_desktop.domain import lunar

FIRST_YEAR, LAST_YEAR = 1850, 2150


@dataclass(frozen=True, slots=True)
class ToldDate:
    """`value`: YYYY, YYYY-MM or YYYY-MM-DD. `words`: what was said, where it is more than a plain solar date."""

    value: str
    words: str = ""
    lunar: bool = False


@dataclass(frozen=True, slots=True)
class DateProblem:
    key: str
    value: str


_NUMERALS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2}
_ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_UNKNOWN_WORDS = "不详 不明 未知 不清楚 不知道 不记得 无 没有 空 待查 - — —— / ? ？ 0 0.0"
_UNKNOWN = frozenset(_UNKNOWN_WORDS.split())
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SPREADSHEET_ZERO = (date(1899, 12, 30), date(1899, 12, 31))
"""What the number 0 becomes in a cell that is shown as a date."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CLOCK = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
_FIGURES = re.compile(r"([0-9]{4})(?:[-./年,](?:([0-9]{1,2})(?:[-./月,](?:([0-9]{1,2})[日号]?)?)?月?)?)?")
_RUN_OF_8 = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT_YEAR = re.compile(r"([0-9]{2})年(?:([0-9]{1,2})月?(?:([0-9]{1,2})[日号]?)?)?")
_SAYS_LUNAR = re.compile(r"\(?(?:[农阴旧老]历|(?<=\()[农阴](?=\)))\)?")
_SAYS_SOLAR = re.compile(r"公历|阳历|新历|国历")
_LUNAR_WORDS = re.compile(r"闰|腊月?|正月|冬月|初[一二三四五六七八九十]|廿|卅")
_LUNAR = re.compile(
    r"([0-9]{4}|[〇○零一二三四五六七八九]{4})[年.\-/]"
    r"(?:(闰)?([正冬腊]|[0-9一二三四五六七八九十]+)[月.\-/]?(?:(初?[0-9一二三四五六七八九十廿卅]+)[日号]?)?)?"
)
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年?(?:([一二三四五六七八九十]+)月(?:([一二三四五六七八九十廿卅]+)[日号]?)?)?"
)
_ABOUT_A_YEAR = re.compile(rf"(?:属([{_ANIMALS}])的?|出生于?|生于?|生人|[,，、。;；\s()（）])+")
_ONE_YEAR = re.compile(r"(?<![0-9])([0-9]{4})年?(?:出?生人?)?(?![0-9])")


def is_partial_date(text: str) -> bool:
    """YYYY, YYYY-MM or YYYY-MM-DD of a day, month or year that exists and that a person of our time can mean."""
    return (parts := _ISO.fullmatch(text)) is not None and _iso(parts[1], parts[2], parts[3]) is not None


def read_date(value: object, *, today: date) -> ToldDate | DateProblem:
    """The date in a cell, whatever a spreadsheet made of it."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _read_day(value, today)
    if isinstance(value, float):
        return _read_float(value, today)
    return _read_text(str(value) if value is not None else "", today)


def _read_day(day: date, today: date) -> ToldDate | DateProblem:
    text = day.isoformat()
    if day in _SPREADSHEET_ZERO or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DateProblem("not_a_date", text)
    return DateProblem("date_in_future", text) if day > today else ToldDate(text)


def _read_float(number: float, today: date) -> ToldDate | DateProblem:
    """19900403.0 and 1990.0 are texts that became numbers. Of 1990.1 nobody can tell January from October."""
    text = str(int(number)) if number.is_integer() else str(number)
    return DateProblem("not_a_date", text) if text.endswith(".1") else _read_text(text, today)


@functools.lru_cache(maxsize=65_536)
def _read_text(text: str, today: date) -> ToldDate | DateProblem:
    said = text.strip().strip("'\"").strip()
    bare = _CLOCK.sub("", said.translate(_FULL_WIDTH)).replace(" ", "")
    if not bare:
        return DateProblem("date_empty", said)
    if bare in _UNKNOWN:
        return DateProblem("date_unknown", said)
    read = (
        _read_figures(bare) or _read_lunar(bare, said) or _read_solar_words(bare, said, today) or _read_year_in_words(bare, said)
    )
    if read is None:
        return DateProblem("not_a_date", said)
    if isinstance(read, ToldDate) and read.value > today.isoformat()[: len(read.value)]:
        return DateProblem("date_in_future", said)
    return read


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """ISO 8601 as far as it is told; None where there is no such year, month or day."""
    y, m, d = int(year), int(month or 1), int(day or 1)
    try:
        whole = date(y, m, d).isoformat() if FIRST_YEAR <= y <= LAST_YEAR else ""
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4] or None


def _read_figures(bare: str) -> ToldDate | None:
    parts = _FIGURES.fullmatch(bare) or _RUN_OF_8.fullmatch(bare)
    value = _iso(parts[1], parts[2], parts[3]) if parts else None
    return ToldDate(value) if value else None


def _read_lunar(bare: str, said: str) -> ToldDate | DateProblem | None:
    if _SAYS_SOLAR.search(bare) or not (_SAYS_LUNAR.search(bare) or _LUNAR_WORDS.search(bare)):
        return None
    parts = _LUNAR.fullmatch(_SAYS_LUNAR.sub("", bare).strip("()"))
    year = _number(parts[1], by_place=True) if parts else None
    if parts is None or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return DateProblem("not_a_date", said)
    if not parts[3]:
        return ToldDate(str(year), said, lunar=True)
    month, leap = _lunar_month(parts[3]), bool(parts[2])
    if not 1 <= month <= 12:
        return DateProblem("not_a_date", said)
    return _lunar_value(year, month, leap, parts[4], said)


def _lunar_value(year: int, month: int, leap: bool, day: str | None, said: str) -> ToldDate | DateProblem:
    span = lunar.month_span(year, month, leap=leap)
    if span is None:
        return DateProblem("lunar_day_missing", said)
    if day:
        solar = lunar.to_solar(year, month, _number(day.removeprefix("初")) or 0, leap=leap)
        return ToldDate(solar.isoformat(), said, lunar=True) if solar else DateProblem("lunar_day_missing", said)
    if span[0].year != span[1].year:
        return DateProblem("lunar_year_unclear", said)
    return ToldDate(str(span[0].year), said, lunar=True)


def _lunar_month(words: str) -> int:
    return {"正": 1, "冬": 11, "腊": 12}.get(words) or _number(words) or 0


def _number(words: str, *, by_place: bool = False) -> int | None:
    """十二 -> 12, 廿三 -> 23, 12 -> 12; by place 一九四七 -> 1947. None for anything else."""
    if words.isascii():
        return int(words) if words.isdigit() else None
    if by_place:
        return int("".join(str(_NUMERALS[sign]) for sign in words))
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.partition("十")
    if any(len(part) > 1 or (part and part not in _NUMERALS) for part in (tens, ones)) or (not ten and not tens):
        return None
    return (_NUMERALS.get(tens, 1) * 10 if ten else _NUMERALS[tens]) + (_NUMERALS[ones] if ones else 0)


def _read_solar_words(bare: str, said: str, today: date) -> ToldDate | None:
    """Chinese numerals, a word for the solar calendar, and years of two figures that only one century can mean."""
    bare = _SAYS_SOLAR.sub("", bare).strip("()")
    if parts := _CHINESE.fullmatch(bare):
        told = [
            str(_number(parts[1], by_place=True)),
            *(str(_number(part) or 99) if part else None for part in parts.groups()[1:]),
        ]
        value = _iso(told[0] or "0", told[1], told[2])
        return ToldDate(value) if value else None
    if (short := _SHORT_YEAR.fullmatch(bare)) and int(short[1]) > today.year % 100:
        value = _iso(f"{today.year // 100 - 1}{short[1]}", short[2], short[3])
        return ToldDate(value, said) if value else None
    return _read_figures(bare)


def _read_year_in_words(bare: str, said: str) -> ToldDate | DateProblem | None:
    """属猪的，1947年: one year, and beside it only an animal that fits it or words for birth."""
    years = _ONE_YEAR.findall(bare)
    beside = _ONE_YEAR.sub("", bare)
    if len(years) != 1 or (beside and not (words := _ABOUT_A_YEAR.fullmatch(beside))):
        return None
    year = int(years[0])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    animal = words[1] if beside and words else None
    if animal and animal not in (_ANIMALS[(year - 4) % 12], _ANIMALS[(year - 5) % 12]):  # January may lie in last year's animal
        return DateProblem("animal_differs", said)
    return ToldDate(str(year), said)
