"""What happened in a household or to a person, as rows of a timeline, the newest first. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from shequ_desktop.services.household_view import VisitTold
from shequ_desktop.services.outlook import Promise, day_of
from shequ_desktop.services.resident_view import ResidentView
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.rows import Row

ARRIVED_DAYS = 14
"""For so long a visit says whether the league has it."""


def rows_of(
    visits: Sequence[VisitTold],
    promises: Sequence[Promise],
    tell: Teller,
    *,
    resident: str = "",
    others: Iterable[tuple[date, Row]] = (),
) -> list[Row]:
    """Open promises first, then everything by its day. `resident`: what was noted of this person."""
    rows = [_promise(one, tell) for one in promises]
    dated = [(one.on, visit_row(one, tell, resident=resident)) for one in visits] + list(others)
    return rows + [row for _, row in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _promise(one: Promise, tell: Teller) -> Row:
    due = tell.due(one.due)
    made = tell.say("ui.today.made_on", day=tell.day(one.made_on))
    by = tell.say("ui.moment.due", day=tell.day(one.due)) if one.due else tell.say("ui.moment.no_day")
    return Row(
        id=f"promise {one.id}",
        name=one.promised,
        below=dotted((made, by)),
        risk_word=tell.say("ui.moment.promise"),
        due=due.text,
        due_colour=due.tone,
        due_strong=due.strong,
        icon="hand-palm",
    )


def visit_row(one: VisitTold, tell: Teller, *, resident: str = "") -> Row:
    """A visit: how and with what outcome, what was noted, whether the league has it."""
    fields = one.fields
    means = tell.code("contact_means", fields.get("means", "")) or tell.say("ui.moment.visit")
    outcome = tell.code("visit_outcome", fields.get("outcome", ""))
    title = tell.say("ui.moment.visited", means=means, outcome=outcome) if outcome else means
    return Row(
        id=f"visit {one.id}",
        name=title,
        below=dotted((visit_words(one, tell, resident=resident), fields.get("visitors", ""))),
        risk_word=tell.say("ui.moment.visit"),
        due=tell.day(one.on),
        due_below=_state(one, tell),
        icon="footprints",
    )


def visit_words(one: VisitTold, tell: Teller, *, resident: str = "") -> str:
    """What was noted on a visit: conditions, needs, what was done and promised."""
    noted = [
        " ".join(filter(None, (note.name if len(one.notes) > 1 and not resident else "", said)))
        for note in one.notes
        if (not resident or note.resident == resident) and (said := note.fields.get("condition") or note.fields.get("needs"))
    ]
    own = [one.fields.get(name, "") for name in ("needs", "services", "remark")]
    promised = [tell.say("ui.moment.promised", what=what) for what in one.promised]
    return " ".join(filter(None, (*noted, *own, *promised)))


def _state(one: VisitTold, tell: Teller) -> str:
    if (tell.today - one.on).days > ARRIVED_DAYS:
        return ""
    return tell.say("ui.moment.arrived" if one.arrived else "ui.moment.saved")


def care_rows(view: ResidentView, tell: Teller) -> list[tuple[date, Row]]:
    """When care began and when it ended."""
    rows: list[tuple[date, Row]] = []
    for told in view.care:
        what = tell.care_word(told.care.kind, told.care.label)
        rows.append((told.care.opened_on, _care_row(f"care {told.care.id}", "opened", what, told.care.opened_on, "", tell)))
    for record in view.closed:
        fields = record.fields
        what = tell.care_word(fields.get("care_kind", ""), fields.get("label", ""))
        for name, key in (("opened_on", "opened"), ("closed_on", "closed")):
            if on := day_of(fields.get(name)):
                why = fields.get("closed_reason", "") if key == "closed" else ""
                rows.append((on, _care_row(f"care {record.id}", key, what, on, why, tell)))
    return rows


def _care_row(row_id: str, key: str, what: str, on: date, below: str, tell: Teller) -> Row:
    word, title = tell.say(f"ui.moment.{key}"), tell.say(f"ui.moment.care_{key}", what=what)
    return Row(row_id, title, "", below, risk_word=word, due=tell.day(on), icon="hand-heart")
