"""The lunar calendar (农历) of 1900 to 2100: leap months, lengths of months, and the way to solar dates and back.

Where calendars in print and today's computation differ, the table follows the computation of GB/T 33661-2017.
"""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR = 1900
_FIRST_DAY = date(1900, 1, 31)  # first day of the first month of 1900
_TABLE = """
    116d2 00752 00ea5 0b64a 0064b 00a9b 09556 0056a 00b59 05752
    00752 0db25 00b25 00a4b 0b4ab 002ad 0056b 04b69 00da9 0fd92
    00e92 00d25 0ba4d 00a56 002b6 095b5 006d4 00ea9 05e92 00e92
    0cd26 0052b 00a57 0b2b6 00b5a 006d4 06ec9 00749 0f693 00a93
    0052b 0ca5b 00aad 0056a 09b55 00ba4 00b49 05a93 00a95 0f52d
    00536 00aad 0b5aa 005b2 00da5 07d4a 00d4a 10a95 00a97 00556
    0cab5 00ad5 006d2 08ea5 00ea5 0064a 06c97 00a9b 0f55a 0056a
    00b69 0b752 00b52 00b25 0964b 00a4b 114ab 002ad 0056d 0cb69
    00da9 00d92 09d25 00d25 15a4d 00a56 002b6 0c5b5 006d5 00ea9
    0be92 00e92 00d26 06a56 00a57 114d6 0035a 006d5 0b6c9 00749
    00693 0952b 0052b 00a5b 0555a 0056a 0fb55 00ba4 00b49 0ba93
    00a95 0052d 08aad 00ab5 135aa 005d2 00da5 0dd4a 00d4a 00c95
    0952e 00556 00ab5 055b2 006d2 0cea5 00725 0064b 0ac97 00cab
    0055a 06ad6 00b69 17752 00b52 00b25 0da4b 00a4b 004ab 0a55b
    005ad 00b6a 05b52 00d92 0fd25 00d25 00a55 0b4ad 004b6 005b5
    06daa 00ec9 11e92 00e92 00d26 0ca56 00a57 004d6 086d5 00755
    00749 06e93 00693 0f52b 0052b 00a5b 0b55a 0056a 00b65 0974a
    00b4a 11a95 00a95 0052d 0caad 00ab5 005aa 08ba5 00da5 00d4a
    07c95 00c96 0f94e 00556 00ab5 0b5b2 006d2 00ea5 08e4a 0068b
    10c97 004ab 0055b 0cad6 00b6a 00752 09725 00b45 00a8b 0549b
    004ab
"""
_YEARS = tuple(int(word, 16) for word in _TABLE.split())
"""One number a year: the leap month (0: none) above bit 13; bit n set where the year's n-th month has 30 days."""

LAST_YEAR = FIRST_YEAR + len(_YEARS) - 1


@dataclass(frozen=True, slots=True)
class LunarDay:
    year: int
    month: int
    day: int
    leap: bool = False


def leap_month(year: int) -> int:
    """The month that comes twice in a lunar year; 0 where none does."""
    return _YEARS[year - FIRST_YEAR] >> 13


@functools.cache
def _months(year: int) -> tuple[tuple[int, bool, int], ...]:
    """Months of a lunar year in their order: number, whether it is the leap one, days."""
    leap, order = leap_month(year), []
    for month in range(1, 13):
        order += [(month, False), (month, True)] if month == leap else [(month, False)]
    return tuple((month, is_leap, 29 + (_YEARS[year - FIRST_YEAR] >> n & 1)) for n, (month, is_leap) in enumerate(order))


@functools.cache
def _new_years() -> tuple[date, ...]:
    """First days of all years of the table, and of the year behind it."""
    days = [_FIRST_DAY]
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days.append(days[-1] + timedelta(days=sum(length for _, _, length in _months(year))))
    return tuple(days)


def to_solar(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The solar date; None where the table ends, the month is not that year's leap month, or has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or day < 1:
        return None
    start = _new_years()[year - FIRST_YEAR]
    for number, is_leap, length in _months(year):
        if (number, is_leap) == (month, leap):
            return start + timedelta(days=day - 1) if day <= length else None
        start += timedelta(days=length)
    return None


def from_solar(day: date) -> LunarDay | None:
    """The lunar day; None outside the table."""
    new_years = _new_years()
    if not new_years[0] <= day < new_years[-1]:
        return None
    year = FIRST_YEAR + bisect.bisect_right(new_years, day) - 1
    left = (day - new_years[year - FIRST_YEAR]).days
    for month, is_leap, length in _months(year):
        if left < length:
            return LunarDay(year, month, left + 1, is_leap)
        left -= length
    return None


def month_span(year: int, month: int, *, leap: bool = False) -> tuple[date, date] | None:
    """First and last solar day of a lunar month; None where there is no such month."""
    first = to_solar(year, month, 1, leap=leap)
    if first is None:
        return None
    last = to_solar(year, month, 30, leap=leap) or first + timedelta(days=28)
    return first, last
