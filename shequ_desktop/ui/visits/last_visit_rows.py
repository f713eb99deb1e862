"""What stood on an earlier visit, beside the new one: same labels, same order. Plain values; knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from shequ_desktop.domain import codes
from shequ_desktop.services.visit_checks import HOME
from shequ_desktop.services.visit_forms import OpenPromise, PastVisit
from shequ_desktop.ui import days
from shequ_desktop.ui.visits.visit_state import NOTE_FIELDS, VISIT_FIELDS, Spot, VisitState

Say = Callable[..., str]
TABLES = {"means": "contact_means", "outcome": "visit_outcome"}


@dataclass(frozen=True, slots=True)
class PastFact:
    """`value`: as it would be typed, to be taken over; `text`: as it is read."""

    spot: Spot
    key: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class PastShown:
    """`number`: which visit of this home it was. `newer` and `older` say whether there is one to leaf to."""

    number: int
    summary: str
    facts: tuple[PastFact, ...]
    newer: bool
    older: bool


def past_shown(state: VisitState, page: str, back: int, say: Say, language: str) -> PastShown | None:
    """The visit that lies `back` before the newest earlier one; None where there is none."""
    listed = state.past(page)
    if not listed:
        return None
    back = min(back, len(listed) - 1)
    past = listed[back]
    names = [name for name in VISIT_FIELDS if name != "visited_on"] if page == HOME else NOTE_FIELDS
    spots = [Spot(page, name) for name in names]
    facts = tuple(
        PastFact(spot, f"ui.visit.field.{spot.field}", value, in_words(spot.field, value, language))
        for spot in spots
        if (value := state.past_value(spot, past))
    )
    return PastShown(past.number, summary(past, state.today, say, language), facts, back > 0, back < len(listed) - 1)


def summary(past: PastVisit, today: date, say: Say, language: str) -> str:
    """41 天前（10月14日 周三），入户，乌云其木格"""
    on = str(past.fields.get("visited_on", ""))
    try:
        when = days.relative_and_told(date.fromisoformat(on), today, say)
    except ValueError:
        when = on
    means = in_words("means", str(past.fields.get("means", "")), language)
    return say("ui.visit.joined").join(part for part in (when, means, str(past.fields.get("visitors", ""))) if part)


def in_words(name: str, value: str, language: str) -> str:
    """A code by its word; anything else as it stands."""
    if name not in TABLES:
        return value
    row = codes.table(TABLES[name]).by_code.get(value)
    return (row.zh if language == "zh_CN" else row.en) if row else value


def promise_words(promise: OpenPromise, today: date, say: Say) -> str:
    """What was promised, and for when."""
    try:
        return say(
            "ui.visit.promise_for", promised=promise.promised, day=days.told(date.fromisoformat(promise.due_on), today, say)
        )
    except ValueError:
        return promise.promised
