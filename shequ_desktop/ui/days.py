"""Days as people say them, read and told in the language of now. Knows no clock and no Qt: `today` and `say` are passed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shequ_desktop.domain.dates import DateProblem, ToldDate, read_date

Say = Callable[..., str]
_MONTH_AND_DAY = re.compile(r"\d{1,2}\s*[^\d\s]\s*\d{1,2}\D?$")
_DAY = re.compile(r"\d{1,2}\s*\D?$")
FAR = 366


@dataclass(frozen=True, slots=True)
class Due:
    """What a row says of its next visit, in which tone, and whether it asks for action."""

    text: str
    tone: str
    strong: bool


def weekday(day: date, say: Say) -> str:
    return say(f"ui.day.weekday.{day.weekday()}")


def told(day: date, today: date, say: Say) -> str:
    """11月24日 周二; with its year where that is another."""
    key = "ui.day.short" if day.year == today.year else "ui.day.long"
    return say(
        key, year=day.year, month=day.month, month_name=say(f"ui.day.month.{day.month}"), day=day.day, weekday=weekday(day, say)
    )


def relative(day: date, today: date, say: Say) -> str:
    """今天, 昨天, 3 天前, 5 天后"""
    away = (day - today).days
    if away in (-1, 0, 1):
        return say({-1: "ui.day.yesterday", 0: "ui.day.today", 1: "ui.day.tomorrow"}[away])
    return say("ui.day.ago", days=-away) if away < 0 else say("ui.day.in", days=away)


def relative_and_told(day: date, today: date, say: Say) -> str:
    """3 天前（11月20日 周五）"""
    return say("ui.day.both", relative=relative(day, today, say), told=told(day, today, say))


def moment(at: datetime, today: date, say: Say) -> str:
    """昨天 18:20, 11月20日 周五 18:20"""
    day = at.date()
    words = relative(day, today, say) if abs((day - today).days) <= 1 else told(day, today, say)
    return say("ui.day.moment", day=words, time=at.strftime("%H:%M"))


def due(on: date, today: date, say: Say) -> Due:
    """今天 and 逾期 6 天 ask for action; a later day stands in quiet letters."""
    late = (today - on).days
    if late > 0:
        return Due(say("ui.due.overdue", days=late), "warn", True)
    if late == 0:
        return Due(say("ui.due.today"), "text", True)
    return Due(told(on, today, say), "text_2", False)


def read_day(typed: str, today: date, say: Say, *, ahead: bool = False) -> date | DateProblem | None:
    """The day somebody means who types 11.24, 24, 今天 or 下周二; None for nothing typed. `ahead`: a day that is to come."""
    said = typed.strip()
    if not said:
        return None
    found = _in_words(said.lower(), today, say) or _in_figures(said, today, ahead=ahead)
    if found is None:
        read = read_date(said, today=today + timedelta(days=FAR if ahead else 0))
        if isinstance(read, DateProblem):
            return read
        if len(read.value) < 10:
            return DateProblem("not_a_date", said)
        found = date.fromisoformat(read.value)
    if ahead and found < today:
        return DateProblem("ui.date_is_past", said)
    if not ahead and found > today:
        return DateProblem("date_in_future", said)
    return found


def _in_words(said: str, today: date, say: Say) -> date | None:
    for key, away in (("ui.day.today", 0), ("ui.day.yesterday", -1), ("ui.day.tomorrow", 1), ("ui.day.before_yesterday", -2)):
        if said == say(key).lower():
            return today + timedelta(days=away)
    monday = today - timedelta(days=today.weekday())
    for key, weeks in (("ui.day.next_week", 1), ("ui.day.last_week", -1), ("ui.day.this_week", 0)):
        for number in range(7):
            if said == say(key, weekday=say(f"ui.day.weekday_bare.{number}")).lower():
                return monday + timedelta(days=7 * weeks + number)
    return None


def _in_figures(said: str, today: date, *, ahead: bool) -> date | None:
    """A day without its year, or without its month too, is the nearest one in the direction that is meant."""
    step = 1 if ahead else -1
    if _MONTH_AND_DAY.match(said):
        fronts = [f"{today.year}.", f"{today.year + step}."]
    elif _DAY.match(said):
        year, month = _beside(today, step)
        fronts = [f"{today.year}.{today.month}.", f"{year}.{month}."]
    else:
        return None
    days = [day for front in fronts if (day := _day(front + said, today))]
    return next((day for day in days if (day >= today if ahead else day <= today)), days[0] if days else None)


def _beside(today: date, step: int) -> tuple[int, int]:
    month = today.month - 1 + step
    return today.year + month // 12, month % 12 + 1


def _day(text: str, today: date) -> date | None:
    """The whole day that a text means, whenever it is."""
    read = read_date(text, today=today + timedelta(days=2 * FAR))
    return date.fromisoformat(read.value) if isinstance(read, ToldDate) and len(read.value) == 10 else None
