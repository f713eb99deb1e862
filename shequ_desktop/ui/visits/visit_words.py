"""Words of a visit's form: its head, its tabs, its counts. Plain values; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from shequ_desktop.domain.care_records import CARE_KINDS
from shequ_desktop.domain.dates import DateProblem
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services.visit_checks import HOME, Fault
from shequ_desktop.services.visit_forms import InCare, VisitForm
from shequ_desktop.ui import days
from shequ_desktop.ui.visits.last_visit_rows import in_words
from shequ_desktop.ui.visits.visit_state import Spot, Understand, VisitState
from shequ_desktop.ui.widgets.tab_bar import Tab

Say = Callable[..., str]
LONGEST_LABEL = 10
"""Letters of a care record's label that a tab shows; longer ones give way to the kind of care."""
PAST = "past"
"""The tab with the last visit, where there is no room beside the form."""


def understanding(today: Callable[[], date], say: Say) -> Understand:
    """Reads days as people type them, in the language of now."""

    def understand(typed: str, ahead: bool) -> date | Problem | None:
        read = days.read_day(typed, today(), say, ahead=ahead)
        return Problem(read.key) if isinstance(read, DateProblem) else read

    return understand


def whose(form: VisitForm, say: Say) -> str:
    """The home by its head, else by what names it."""
    named = form.head or next((str(form.household[name]) for name in ("number", "address") if form.household.get(name)), "")
    return named or say("ui.visit.nobody")


def head_line(state: VisitState, faults: Sequence[Fault], kept: datetime | None, say: Say, language: str) -> str:
    """草稿，14:02 已存本机 · 11月24日 周二，入户，乌云 · 3 页，写好 1 页"""
    if kept is not None:
        first = say("ui.visit.draft_kept", time=kept.strftime("%H:%M"))
    else:
        first = say("ui.visit.correcting" if state.form.saved else "ui.visit.new")
    written = sum(1 for page in state.pages if state.written(page, faults))
    pages = say("ui.visit.pages", pages=len(state.pages), written=written)
    return say("ui.visit.dot").join(part for part in (first, _this(state, say, language), pages) if part)


def _this(state: VisitState, say: Say, language: str) -> str:
    day = state.understand(state.text(Spot(HOME, "visited_on")), False)
    means = in_words("means", state.text(Spot(HOME, "means")), language)
    when = days.told(day, state.today, say) if isinstance(day, date) else ""
    return say("ui.visit.joined").join(part for part in (when, means, state.text(Spot(HOME, "visitors"))) if part)


def counts(faults: Sequence[Fault]) -> tuple[str, int, int]:
    """(key, to mend, still needed) for the head; an empty key where nothing is."""
    needed = sum(1 for fault in faults if fault.later)
    wrong = len(faults) - needed
    if wrong and needed:
        return "ui.visit.wrong_and_needed", wrong, needed
    return ("ui.visit.wrong" if wrong else "ui.visit.needs" if needed else ""), wrong, needed


def tabs(state: VisitState, faults: Sequence[Fault], say: Say, *, with_past: bool) -> list[Tab]:
    """家里 and a tab for each care record, each with its state."""
    made = [_tab(state, HOME, "", faults, say)]
    made += [_tab(state, care.care_record, care.name, faults, say, _about(care, say)) for care in state.form.cares]
    if with_past:
        made.append(Tab(PAST, "ui.visit.last"))
    return made


def _tab(state: VisitState, page: str, name: str, faults: Sequence[Fault], say: Say, about: str = "") -> Tab:
    wrong = [fault for fault in faults if fault.page == page and not fault.later]
    lacking = [fault for fault in faults if fault.page == page and fault.later]
    tone, icon = "text_2", ""
    if wrong:
        word, tone, icon = say("ui.visit.tab.wrong", count=len(wrong)), "alarm", "warning-circle"
    elif state.written(page, faults):
        word, tone, icon = say("ui.visit.tab.written"), "ok", "check-circle"
    else:
        word = say("ui.visit.tab.needed", count=len(lacking)) if lacking else say("ui.visit.tab.not_yet")
    beside = say("ui.visit.joined").join(part for part in (about, word) if part)
    return Tab(page, key="" if page != HOME else "ui.visit.home", text=name, beside=beside, tone=tone, icon=icon)


def _about(care: InCare, say: Say) -> str:
    if care.label and len(care.label) <= LONGEST_LABEL:
        return care.label
    return say(f"ui.visit.care.{care.care_kind}") if care.care_kind in CARE_KINDS else ""
