"""What the list of open care records and one of them say. Knows no widget."""

from __future__ import annotations

from datetime import UTC, datetime

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.masking import masked
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.care_list import CareRow
from shequ_desktop.services.household_view import CareTold
from shequ_desktop.services.resident_view import CareView
from shequ_desktop.ui import days
from shequ_desktop.ui.residents.resident_rows import home_words, lacking
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.facts import Fact
from shequ_desktop.ui.widgets.rows import Row

FACTS = ("living_with", "contact_name", "away_members", "special_hardship", "opened_on", "closed_on", "closed_reason", "remark")


def row_of(one: CareRow, tell: Teller) -> Row:
    """Name, age, kind; how often and when last; risk and due."""
    due, (risk, word) = tell.due(one.due), tell.risk(one.care.risk)
    last = days.relative(one.last_visit, tell.today, tell.say) if one.last_visit else ""
    visited = tell.say("ui.care.last", when=last) if last else tell.say("ui.tell.never_visited")
    return Row(
        id=one.id,
        name=one.name or tell.say("ui.tell.nobody"),
        facts=dotted((tell.age_and_sex(one.birth, one.sex), tell.care_word(one.care.kind, one.care.label))),
        below=dotted((tell.say("ui.tell.every", days=one.interval), visited, one.care.worker)),
        risk=risk,
        risk_word=word,
        due=due.text,
        due_colour=due.tone,
        due_strong=due.strong,
    )


def line_of(view: CareView, tell: Teller) -> str:
    fields = view.person.fields
    what = tell.care_word(view.fields.get("care_kind", ""), view.fields.get("label", ""))
    return dotted(
        (
            tell.age_and_sex(fields.get("birth_date", ""), fields.get("sex", "")),
            tell.code("ethnic_group", fields.get("ethnic_group", "")),
            what,
            lacking(view.lacking, tell),
        )
    )


def facts(view: CareView, tell: Teller) -> list[Fact]:
    """When to go, who is responsible, whom to call, how they live."""
    due = tell.due(view.told.due if view.told else None)
    on = tell.day(view.told.due) if view.told and view.told.due else ""
    home = next((one for one in view.person.homes if not one.until), None)
    told = [
        Fact(on, key="ui.care.next"),
        Fact(due.text, key="ui.care.until_today", tone="warn" if due.tone == "warn" else ""),
        Fact(view.fields.get("worker", ""), key="term.care_record.worker"),
        Fact(home_words(home, tell) if home else tell.say("ui.tell.unknown_household"), key="term.household"),
    ]
    return told + [
        Fact(text, key=f"term.care_record.{name}")
        for name in FACTS
        if (text := tell.value(KINDS["care_record"].by_name[name], view.fields.get(name))) or name in FACTS[:3]
    ]


def identity(view: CareView, tell: Teller) -> list[Fact]:
    """Born, ID number, whom to call."""
    fields, phone = view.person.fields, view.fields.get("contact_phone", "")
    number = fields.get("id_number", "")
    return [
        Fact(
            dotted((tell.day_of_text(fields.get("birth_date", "")), fields.get("birth_words", ""))),
            key="term.resident.told_birth_date",
        ),
        Fact(
            masked(Type.ID_NUMBER, number) if number else "",
            key="term.resident.id_number",
            masked=f"resident.id_number {view.person.id}" if number else "",
        ),
        Fact(
            masked(Type.PHONE, phone) if phone else "",
            key="term.care_record.contact_phone",
            masked=f"care_record.contact_phone {view.id}" if phone else "",
        ),
    ]


def said_of(one: CareTold, tell: Teller) -> list[str]:
    """Lines under a risk: what kind of care, who is responsible, when next."""
    due = tell.due(one.due)
    worker = tell.say("ui.care.worker", who=one.care.worker) if one.care.worker else ""
    when = tell.say("ui.care.next_on", day=dotted((tell.day(one.due), due.text if due.strong else ""))) if one.due else ""
    return [dotted((tell.care_word(one.care.kind, one.care.label), worker)), *([when] if when else [])]


def confirmed(view: CareView, tell: Teller) -> str:
    """11月2日 周一，乌云 评定"""
    if not view.confirmed_by or not view.fields.get("risk"):
        return tell.say("ui.care.not_assessed")
    on = datetime.fromtimestamp(view.confirmed_ms / 1000, UTC).astimezone().date()
    return tell.say("ui.care.assessed_by", day=tell.day(on), who=view.confirmed_by)
