"""When whom to visit (到期走访): risk gives the interval, last visit and promises give the day. Knows no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

HIGH, MEDIUM, LOW, NO_RISK = "1", "2", "3", "4"
"""Codes of `risk_level`."""


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """Days between visits; each banner sets its own. The defaults are ours (visit_rules V09)."""

    high_days: int = 7
    medium_days: int = 30
    low_days: int = 90
    none_days: int = 180
    special_hardship_days: int = 30


@dataclass(frozen=True, slots=True)
class CareState:
    """What the plan needs to know of one care record. `follow_up_dues`: days of its promises that are still open."""

    care_kind: str
    risk: str | None
    opened_on: date
    closed_on: date | None = None
    special_hardship: bool = False
    last_visit_on: date | None = None
    follow_up_dues: tuple[date, ...] = ()


def interval_days(state: CareState, settings: VisitSettings) -> int:
    """Days between two visits. Risk that nobody set counts as medium; elders in special hardship wait no longer than theirs."""
    by_risk = {HIGH: settings.high_days, LOW: settings.low_days, NO_RISK: settings.none_days}
    days = by_risk.get(state.risk or MEDIUM, settings.medium_days)
    if state.care_kind == "elder" and state.special_hardship:
        return min(days, settings.special_hardship_days)
    return days


def due_on(state: CareState, settings: VisitSettings) -> date | None:
    """The day of the next visit: on the day it was opened, later by the interval, earlier where something was promised.

    None: the record is closed.
    """
    if state.closed_on:
        return None
    if state.last_visit_on is None:
        by_interval = state.opened_on
    else:
        by_interval = state.last_visit_on + timedelta(days=interval_days(state, settings))
    return min(by_interval, *state.follow_up_dues) if state.follow_up_dues else by_interval


def household_due_on(states: Iterable[CareState], settings: VisitSettings, *, follow_up_dues: Iterable[date] = ()) -> date | None:
    """The earliest day over a household's care records and the open promises to the household itself."""
    days = [day for state in states if (day := due_on(state, settings))]
    return min([*days, *follow_up_dues], default=None)
