"""What the households' list and one household say, as rows, facts and lines. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.masking import masked
from shequ_desktop.services.household_list import HouseholdRow
from shequ_desktop.services.household_view import CareTold, HouseholdView, Member
from shequ_desktop.services.outlook import OpenCare
from shequ_desktop.ui.records.moments import visit_words
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.facts import Fact
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line
from shequ_desktop.ui.widgets.rows import Row

MEMBER_COLUMNS = (
    Column("term.resident.name"),
    Column("ui.households.relation"),
    Column("ui.households.sex_age"),
    Column("term.resident.told_birth_date", leaves=1),
    Column("term.resident.residence_state", gives=True),
    Column("term.resident.id_number", leaves=2),
    Column("ui.households.care"),
)
CARE_COLUMNS = (
    Column("term.resident.name"),
    Column("term.care_record.care_kind", gives=True),
    Column("term.care_record.risk"),
    Column("ui.care.interval", leaves=1),
    Column("ui.care.next"),
    Column("term.care_record.worker", leaves=2),
)
_SHAPES = {"1": "▲ ", "2": "◆ ", "3": "○ ", "4": "○ "}
AWAY = frozenset({"21", "22", "23", "24", "25", "26", "27", "28", "29", "30"})
"""Codes of `residence_state` that mean somebody is not at home."""


def row_of(one: HouseholdRow, tell: Teller) -> Row:
    """Name, people and care; where and when; risk and due."""
    due = tell.due(one.due)
    number = tell.say("ui.tell.order_number", number=one.order_number) if one.order_number else ""
    in_care = bool(one.care)
    risk, word = tell.risk(one.risk) if in_care else (None, "")
    people = tell.say("ui.tell.people", count=one.members)
    alias = tell.say("ui.households.alias", alias=one.alias) if one.alias else ""
    return Row(
        id=one.id,
        name=one.name or tell.say("ui.tell.nobody"),
        facts=" ".join(filter(None, (alias, people, tell.care(one.care)))),
        below=dotted((one.village_group, number, tell.visited(one.last_visit), one.landmark)),
        risk=risk,
        risk_word=word,
        due=due.text,
        due_colour=due.tone,
        due_strong=due.strong,
    )


def title(view: HouseholdView, tell: Teller) -> tuple[str, dict[str, object]]:
    """(key, values) of the household's title."""
    if view.head is None:
        return "ui.households.title_nobody", {}
    return "ui.households.title", {"name": view.head.fields.get("name", "")}


def line_of(view: HouseholdView, tell: Teller) -> str:
    """户号 …047 · 1 组 · 在家 3 人，外出 1 人 · 逾期 6 天"""
    away = sum(member.fields.get("residence_state") in AWAY for member in view.members)
    home = len(view.members) - away
    people = tell.say("ui.households.home_away" if away else "ui.households.home", home=home, away=away)
    number = view.fields.get("number", "")
    due = tell.due(view.due)
    return dotted(
        (
            tell.say("ui.households.number", number=number) if number else "",
            view.fields.get("village_group", ""),
            people,
            due.text if due.strong else "",
        )
    )


def facts(view: HouseholdView, tell: Teller) -> list[Fact]:
    """Who, how to reach and find them, where."""
    head = view.head
    phone = head.phones[0] if head and head.phones else None
    told = tell.values("household", view.fields, ("landmark", "order_number", "address", "area", "village_group", "remark"))
    next_visit = tell.due(view.due)
    next_words = dotted((next_visit.text, tell.day(view.due) if view.due and view.due <= tell.today else "")) if view.due else ""
    return [
        Fact(_name(head.fields) if head else "", key="ui.households.head"),
        Fact(
            masked(Type.PHONE, phone.fields.get("number", "")) if phone else "",
            key="ui.households.head_phone",
            masked=f"phone.number {phone.id}" if phone else "",
        ),
        Fact(told["landmark"], key="term.household.landmark"),
        Fact(told["address"], key="term.household.address"),
        Fact(dotted((told["area"], told["village_group"])), key="term.household.area"),
        Fact(told["order_number"], key="term.household.order_number"),
        Fact(next_words, key="ui.care.next", tone="warn" if next_visit.tone == "warn" else ""),
        Fact(
            tell.day_told(view.last_visit) if view.last_visit else tell.say("ui.tell.never_visited"),
            key="ui.households.last_visit",
        ),
        Fact(told["remark"], key="term.household.remark"),
    ]


def _name(fields: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (fields.get("name", ""), fields.get("name_mn", ""))))


def member_line(one: Member, tell: Teller) -> Line:
    """One member, with what is masked in part."""
    fields = one.fields
    number = fields.get("id_number", "")
    where = tell.code("residence_state", fields.get("residence_state", ""))
    place = fields.get("residence_place", "")
    care = min(one.care, key=lambda care: care.risk or "2", default=None)
    sex, age = tell.code("sex", fields.get("sex", "")), tell.age(fields.get("birth_date", ""))
    return Line(
        one.resident,
        (
            Cell(fields.get("name", ""), strong=True),
            Cell(tell.code("relation_to_head", one.relation)),
            Cell(" ".join(filter(None, (sex, age)))),
            Cell(fields.get("birth_date", "")),
            Cell(" ".join(filter(None, (place, where)))),
            Cell(masked(Type.ID_NUMBER, number) if number else ""),
            care_cell(care, tell),
        ),
    )


def care_cell(care: OpenCare | None, tell: Teller) -> Cell:
    """Risk with its shape, and the kind of care."""
    if care is None:
        return Cell()
    risk, word = tell.risk(care.risk)
    return Cell(f"{_SHAPES.get(care.risk, '')}{word} {tell.care_word(care.kind, care.label)}", tone=risk.token, small=True)


def care_line(one: CareTold, tell: Teller) -> Line:
    """One open care record of the household."""
    risk, word = tell.risk(one.care.risk)
    due = tell.due(one.due)
    return Line(
        one.care.id,
        (
            Cell(one.name, strong=True),
            Cell(tell.care_word(one.care.kind, one.care.label)),
            Cell(f"{_SHAPES.get(one.care.risk, '')}{word}", tone=risk.token, small=True),
            Cell(tell.say("ui.tell.every", days=one.interval)),
            Cell(due.text, tone=due.tone, strong=due.strong),
            Cell(one.care.worker),
        ),
    )


def last_visit(view: HouseholdView, tell: Teller) -> str:
    """41 天前（10月14日 周三） 乌云其木格。入冬后膝盖更疼。"""
    if not view.visits:
        return tell.say("ui.moment.none")
    visit = view.visits[0]
    said = visit_words(visit, tell)
    return tell.say(
        "ui.households.last_told", when=tell.day_told(visit.on), who=visit.fields.get("visitors", "") or "—", said=said
    )
