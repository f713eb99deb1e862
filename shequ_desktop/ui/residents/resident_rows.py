"""What the residents' list and one resident say, as rows, facts and lines. Knows no widget."""

from __future__ import annotations

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.masking import masked
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.resident_list import ResidentRow
from shequ_desktop.services.resident_view import Home, ResidentView
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.facts import Fact
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line
from shequ_desktop.ui.widgets.rows import Row

HOME_COLUMNS = (
    Column("ui.residents.home_of"),
    Column("term.membership.relation"),
    Column("term.membership.since", leaves=2),
    Column("term.membership.until", leaves=1),
    Column("term.household.landmark", gives=True),
)
PERSON_FACTS = (
    "ethnic_group", "residence_state", "residence_place", "registered_address", "education", "marital_status",
    "political_status", "occupation", "workplace", "health_status", "medical_insurance", "pension_insurance", "subsidies",
    "disability_kind", "disability_grade", "remark",
)  # fmt: skip


def row_of(one: ResidentRow, tell: Teller) -> Row:
    """Name, age and care; where and when; risk and due."""
    due = tell.due(one.due)
    number = tell.say("ui.tell.order_number", number=one.order_number) if one.order_number else ""
    risk, word = tell.risk(one.risk) if one.care else (None, "")
    alias = tell.say("ui.households.alias", alias=one.alias) if one.alias else ""
    place = dotted((one.village_group, number)) or ("" if one.household else tell.say("ui.tell.unknown_household"))
    return Row(
        id=one.id,
        name=one.name,
        facts=" ".join(filter(None, (alias, dotted((tell.age_and_sex(one.birth, one.sex), tell.care(one.care)))))),
        below=dotted((place, tell.visited(one.last_visit) if one.household else "", one.landmark)),
        risk=risk,
        risk_word=word,
        due=due.text,
        due_colour=due.tone,
        due_strong=due.strong,
    )


def line_of(view: ResidentView, tell: Teller) -> str:
    """女 84岁 · 蒙古族 · 独居老人 · 逾期 6 天"""
    fields = view.fields
    due = tell.due(view.due)
    alias = fields.get("alias", "")
    return dotted(
        (
            tell.age_and_sex(fields.get("birth_date", ""), fields.get("sex", "")),
            tell.say("ui.residents.alias", alias=alias) if alias else "",
            tell.code("ethnic_group", fields.get("ethnic_group", "")),
            tell.care(one.care for one in view.care),
            due.text if due.strong else "",
            lacking(view.lacking, tell),
        )
    )


def lacking(names: tuple[str, ...], tell: Teller) -> str:
    """档案还缺 3 项"""
    return tell.say("ui.residents.lacking", count=len(names)) if names else ""


def lacking_words(names: tuple[str, ...], kind: str, tell: Teller) -> str:
    """还缺：身份证号、电话"""
    words = tell.listed(_lacking_word(kind, name, tell) for name in names)
    return tell.say("ui.residents.lacking_what", what=words) if names else ""


def _lacking_word(kind: str, name: str, tell: Teller) -> str:
    if name in ("phone", "household"):
        return tell.term(name)
    return tell.term(kind, {"birth_date": "told_birth_date", "sex": "told_sex"}.get(name, name))


def identity_facts(view: ResidentView, tell: Teller) -> list[Fact]:
    """Born, ID number, telephones, household."""
    fields = view.fields
    number, birth = fields.get("id_number", ""), fields.get("birth_date", "")
    born = dotted((tell.day_of_text(birth), fields.get("birth_words", "")))
    home = next((one for one in view.homes if not one.until), None)
    facts = [
        Fact(born, key="term.resident.told_birth_date"),
        Fact(
            masked(Type.ID_NUMBER, number) if number else "",
            key="term.resident.id_number",
            masked=f"resident.id_number {view.id}" if number else "",
        ),
    ]
    for phone in view.phones:
        whose = phone.fields.get("whose", "")
        label = dotted((tell.term("phone", "number"), whose))
        facts.append(Fact(masked(Type.PHONE, phone.fields.get("number", "")), term=label, masked=f"phone.number {phone.id}"))
    if not view.phones:
        facts.append(Fact("", key="term.phone.number"))
    for name in ("disability_certificate", "bank_account"):
        if value := fields.get(name):
            text = masked(Type.TEXT, str(value))
            facts.append(Fact(text, key=f"term.resident.{name}", masked=f"resident.{name} {view.id}"))
    facts.append(Fact(home_words(home, tell) if home else tell.say("ui.tell.unknown_household"), key="term.household"))
    return facts


def home_words(home: Home, tell: Teller) -> str:
    relation = tell.code("relation_to_head", home.relation)
    return dotted((tell.say("ui.households.title", name=home.head) if home.head else "", relation))


def person_facts(view: ResidentView, tell: Teller) -> list[Fact]:
    """What else is known of the person; what is empty is left out."""
    facts: list[Fact] = []
    for name in PERSON_FACTS:
        text = tell.value(KINDS["resident"].by_name[name], view.fields.get(name))
        if text:
            facts.append(Fact(text, key=f"term.resident.{name}"))
    return facts


def home_line(one: Home, tell: Teller) -> Line:
    """A household of the person, now or formerly."""
    number = tell.say("ui.tell.order_number", number=one.fields["order_number"]) if one.fields.get("order_number") else ""
    return Line(
        one.household,
        (
            Cell(one.head or tell.say("ui.tell.nobody"), strong=not one.until),
            Cell(tell.code("relation_to_head", one.relation)),
            Cell(one.since),
            Cell(one.until),
            Cell(dotted((one.fields.get("village_group", ""), number, one.fields.get("landmark", "")))),
        ),
    )
