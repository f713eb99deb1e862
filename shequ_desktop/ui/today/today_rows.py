"""What Today's rows say, from what the services tell. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shequ_desktop.domain.lunar import from_solar
from shequ_desktop.services import deciding
from shequ_desktop.services.deciding import Decision
from shequ_desktop.services.today import Day, DueRow, PromiseRow
from shequ_desktop.ui import days
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.rows import Row

_ICONS = {
    deciding.CONFLICT: "git-diff",
    deciding.QUESTION: "question",
    deciding.FINDING: "users",
    deciding.BIRTHDAY: "cake",
}


def key_of(row: DueRow) -> str:
    """What a row of the left list leads to: `household id`, or `resident id` where no household is known."""
    return f"household {row.household}" if row.household else f"resident {row.resident}"


def due_rows(day: Day, tell: Teller) -> list[Row]:
    """Groups with their heads: overdue, due today, newly listed; empty ones are left out."""
    rows: list[Row] = []
    for name, group in (("overdue", day.overdue), ("due", day.due), ("newly", day.newly)):
        if group:
            rows.append(Row(f"head {name}", tell.say(f"ui.today.{name}"), f"{len(group):,}", head=True))
            rows += [_due_row(one, tell, newly=name == "newly") for one in group]
    return rows


def _due_row(one: DueRow, tell: Teller, *, newly: bool) -> Row:
    risk, risk_word = tell.risk(one.risk)
    others = tell.say("ui.today.others", count=one.others) if one.others else ""
    about = dotted((tell.age_and_sex(one.birth, one.sex), tell.care(one.care), others))
    below = [tell.visited_on(one.last_visit)]
    if one.promised:
        below.append(tell.say("ui.today.promised_too", what=one.promised))
    below.append(place(one, tell))
    due = tell.due(one.due)
    said, strong, colour = due.text, due.strong, due.tone
    then = tell.say("ui.today.should", day=tell.day(one.due))
    if newly:
        said, strong, colour = tell.say("ui.today.to_assess" if not one.risk else "ui.today.first_visit"), True, "text"
        then = tell.say("ui.today.listed", day=tell.day(one.opened_on)) if one.opened_on else ""
    elif one.due == tell.today:
        then = tell.say("ui.tell.every", days=one.interval) if one.interval else ""
    return Row(
        id=key_of(one),
        name=one.name or tell.say("ui.tell.nobody"),
        facts=about,
        below=dotted(below),
        risk=risk,
        risk_word=risk_word,
        due=said,
        due_colour=colour,
        due_strong=strong,
        due_below=then,
    )


def place(one: DueRow, tell: Teller) -> str:
    """Where to go: group, order number, landmark."""
    number = tell.say("ui.tell.order_number", number=one.order_number) if one.order_number else ""
    return dotted((one.village_group, number, one.landmark))


def promise_rows(promises: Sequence[PromiseRow], tell: Teller) -> list[Row]:
    rows = [Row("head", tell.say("ui.today.promises"), f"{len(promises):,}", head=True)]
    for one in promises:
        due, made = tell.due(one.promise.due), tell.say("ui.today.made_on", day=tell.day(one.promise.made_on))
        when = due.text
        if one.promise.due and one.promise.due >= tell.today:
            when = tell.say("ui.today.due_on", day=due.text)
        rows.append(
            Row(
                id=one.promise.id,
                name=one.promise.promised,
                due=when,
                due_colour="warn" if due.tone == "warn" else "text_2",
                due_strong=due.tone == "warn",
                below=dotted((one.name, made)),
            )
        )
    return rows


def decision_rows(decisions: Sequence[Decision], tell: Teller) -> list[Row]:
    """One row for all conflicts, one for each of the others."""
    conflicts = [one for one in decisions if one.what == deciding.CONFLICT]
    others = [one for one in decisions if one.what != deciding.CONFLICT]
    count = len(decisions)
    rows = [Row("head", tell.say("ui.today.decisions"), f"{count:,}", head=True)]
    if conflicts:
        names = tell.listed(list(dict.fromkeys(one.name for one in conflicts if one.name))[:3])
        rows.append(
            Row(
                deciding.CONFLICT,
                tell.say("ui.today.conflicts", count=len(conflicts)),
                tell.say("ui.today.go_decide"),
                names,
                icon="git-diff",
            )
        )
    return rows + [_decision_row(one, tell) for one in others]


def _decision_row(one: Decision, tell: Teller) -> Row:
    who = one.name or tell.say("ui.tell.nobody")
    if one.what == deciding.QUESTION:
        name = tell.say("ui.today.question", name=who, term=tell.term(one.kind, one.field) if one.field else "")
        return Row(one.id, name, tell.say("ui.today.go_decide"), tell.reason(one.reason), icon="question")
    if one.what == deciding.BIRTHDAY:
        on = one.on or tell.today
        key = "ui.today.grew_up" if on <= tell.today else "ui.today.grows_up"
        below = tell.say("ui.today.grown_up_then")
        return Row(one.id, tell.say(key, name=who, day=tell.day(on)), tell.say("ui.today.go_decide"), below, icon="cake")
    key = f"ui.today.{one.reason}"
    return Row(one.id, tell.say(key, name=who), tell.say("ui.today.go_check"), tell.say(one.reason), icon=_ICONS[one.what])


def date_line(day: Day, tell: Teller) -> str:
    """11月24日 周二 · 农历十月十六 · 到期和逾期共 7 户"""
    count = len(day.overdue) + len(day.due)
    due = tell.say("ui.today.count", count=f"{count:,}") if count else tell.say("ui.today.count_none")
    return dotted((days.told(tell.today, tell.today, tell.say), lunar(tell.today, tell), due))


def lunar(on: date, tell: Teller) -> str:
    """农历十月十六; in other languages the month and day in figures."""
    there = from_solar(on)
    if there is None:
        return ""
    leap = tell.say("ui.lunar.leap") if there.leap else ""
    return tell.say("ui.lunar.day", leap=leap, month=tell.say(f"ui.lunar.month.{there.month}"), day=_lunar_day(there.day, tell))


def _lunar_day(day: int, tell: Teller) -> str:
    return tell.say(f"ui.lunar.day.{day}")
