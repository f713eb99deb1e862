"""Visits as rows, chips and facts. Plain values; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from shequ_desktop.domain.visits import VISIT, VISIT_NOTE
from shequ_desktop.services.visit_list import ASIDE, DRAFT, SENT, WAITING, Listed, Visits, Whole
from shequ_desktop.ui import days
from shequ_desktop.ui.visits.last_visit_rows import in_words
from shequ_desktop.ui.widgets.chips import Chip
from shequ_desktop.ui.widgets.facts import Fact
from shequ_desktop.ui.widgets.rows import Row

Say = Callable[..., str]
ALL = "all"
STATES = {
    DRAFT: ("note-pencil", "text_2"),
    WAITING: ("check", "text_2"),
    ASIDE: ("warning-circle", "warn"),
    SENT: ("checks", "ok"),
}
"""State -> (icon, colour of its word)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a visit's detail: a title that is said by key or shown as it is, and its facts."""

    key: str
    title: str
    facts: tuple[Fact, ...]


def chips(visits: Visits) -> list[Chip]:
    """All, and the three states; what was set aside only where something was."""
    counted = {state: sum(1 for row in visits.rows if row.state == state) for state in STATES}
    shown = [DRAFT, WAITING, *([ASIDE] if counted[ASIDE] else []), *([SENT] if visits.enrolled else [])]
    return [
        Chip(ALL, "ui.visits.chip.all", len(visits.rows)),
        *(Chip(one, f"ui.visits.chip.{one}", counted[one]) for one in shown),
    ]


def rows(listed: Sequence[Listed], today: date, say: Say, language: str) -> list[Row]:
    return [_row(one, today, say, language) for one in listed]


def _row(one: Listed, today: date, say: Say, language: str) -> Row:
    icon, colour = STATES[one.state]
    where = [str(one.home[name]) for name in ("landmark", "order_number", "village_group") if one.home.get(name)]
    told = [_short_day(one.on, today, say), one.visitors, in_words("outcome", one.outcome, language)]
    return Row(
        one.id,
        whose(one, say),
        facts=where[0] if where else "",
        below=say("ui.visit.joined").join(text for text in told if text),
        due=state_word(one, say),
        due_colour=colour,
        due_strong=one.state == ASIDE,
        icon=icon,
    )


def whose(one: Listed, say: Say) -> str:
    named = [str(one.home[name]) for name in ("number", "address") if one.home.get(name)]
    return one.head or (named[0] if named else say("ui.visit.nobody"))


def state_word(one: Listed, say: Say) -> str:
    """草稿, 还差 2 项 · 已存本机 · 盟里已收到"""
    if one.state == DRAFT and one.lacking:
        return say("ui.visits.state.draft_lacking", count=one.lacking)
    return say(f"ui.visits.state.{one.state}")


def line(one: Listed, today: date, say: Say) -> str:
    """What stands under the title: the state, and since when."""
    if one.state == DRAFT:
        kept = datetime.fromtimestamp(one.kept_ms / 1000, tz=UTC).astimezone()
        return say("ui.visits.line.draft", when=days.moment(kept, today, say))
    return say(f"ui.visits.line.{one.state}", when=_day(one.on, today, say))


def sections(whole: Whole, today: date, say: Say, language: str) -> list[Section]:
    """One visit as it was written: the home, each page, what was promised."""
    names = [field.name for field in VISIT.fields if field.name != "household"]
    made = [Section("ui.visit.home", "", _facts(whole.fields, names, today, say, language))]
    for note in whole.notes:
        name, kind, label = whole.people.get(str(note.get("care_record", "")), ("", "", ""))
        about = label or (say(f"ui.visit.care.{kind}") if kind else "")
        title = say("ui.visit.joined").join(text for text in (name, about) if text)
        names = [field.name for field in VISIT_NOTE.fields if field.name not in ("visit", "care_record")]
        made.append(Section("", title or say("ui.visit.nobody"), _facts(note, names, today, say, language)))
    if whole.promises:
        made.append(Section("ui.visits.promised", "", tuple(_promise(one, today, say) for one in whole.promises)))
    return made


def _facts(fields: object, names: Sequence[str], today: date, say: Say, language: str) -> tuple[Fact, ...]:
    values = dict(fields) if isinstance(fields, dict) else {}
    facts = []
    for name in names:
        text = str(values.get(name, ""))
        if text:
            shown = _day(text, today, say) if name == "visited_on" else in_words(name, text, language)
            facts.append(Fact(shown, key=f"ui.visit.field.{name}"))
    return tuple(facts)


def _promise(promise: object, today: date, say: Say) -> Fact:
    values = dict(promise) if isinstance(promise, dict) else {}
    done, due = str(values.get("done_on", "")), str(values.get("due_on", ""))
    label = say("ui.visits.promise_done", day=_day(done, today, say)) if done else ""
    label = label or (say("ui.visits.promise_due", day=_day(due, today, say)) if due else say("ui.visits.promise_open"))
    return Fact(str(values.get("promised", "")), term=label)


def _short_day(text: str, today: date, say: Say) -> str:
    """今天, 昨天; further back the day itself."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return days.relative(day, today, say) if abs((day - today).days) <= 1 else days.told(day, today, say)


def _day(text: str, today: date, say: Say) -> str:
    try:
        return days.relative_and_told(date.fromisoformat(text), today, say)
    except ValueError:
        return text
