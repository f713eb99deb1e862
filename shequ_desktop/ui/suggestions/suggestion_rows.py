"""Suggestions in words: when, about which page, where it stands, what the league said. Plain values; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from shequ_desktop.services.suggestions import ASIDE, DECIDED, Own, Suggestion
from shequ_desktop.ui import days

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion as it is read. `state`: (icon, tone, words). `answered`: the line above the answer, empty without one."""

    id: str
    head: str
    text: str
    state: tuple[str, str, str]
    answered: str
    answer: str


def shown(own: Own, pages: Mapping[str, str], today: date, say: Say) -> list[Shown]:
    """All of one's own, the newest first. `pages`: {key of a page: its word}."""
    return [_one(one, own.enrolled, pages, today, say) for one in own.listed]


def _one(one: Suggestion, enrolled: bool, pages: Mapping[str, str], today: date, say: Say) -> Shown:
    written = days.moment(datetime.fromtimestamp(one.written_ms / 1000, tz=UTC).astimezone(), today, say)
    about = pages.get(one.about_page, "")
    head = say("ui.suggestions.head_about", when=written, page=about) if about else written
    answered = say("ui.suggestions.answered", when=_day(one.answered_on, today, say)) if one.answer else ""
    return Shown(one.id, head, one.text, _state(one, enrolled, say), answered, one.answer)


def _state(one: Suggestion, enrolled: bool, say: Say) -> tuple[str, str, str]:
    if one.answer:
        return "check-circle", "ok", say("ui.suggestions.state.answered")
    if one.state == DECIDED:
        return "checks", "ok", say("ui.suggestions.state.received")
    if one.state == ASIDE:
        return "warning-circle", "warn", say("ui.suggestions.state.aside")
    return "check", "text_2", say("ui.suggestions.state.waiting" if enrolled else "ui.suggestions.state.alone")


def _day(text: str, today: date, say: Say) -> str:
    try:
        return days.relative_and_told(date.fromisoformat(text), today, say)
    except ValueError:
        return text
