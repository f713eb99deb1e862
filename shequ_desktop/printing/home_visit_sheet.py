"""What one home-visit form (入户走访登记表) says: plain values, every text chosen, masked and translated by the caller.

Knows no record and no language; `BLANK` is the form without an archive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace

from shequ_desktop.domain.households import HOUSEHOLD, MEMBERSHIP
from shequ_desktop.domain.residents import RESIDENT
from shequ_desktop.domain.visits import FOLLOW_UP, VISIT, VISIT_NOTE
from shequ_desktop.printing import terms


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCard:
    """What finds the house and its paper card: household number 户号, order number 顺序号, landmark 标志物."""

    number: str = ""
    order_number: str = ""
    landmark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Head of the household. `facts`: a line each, such as birth date with age, ethnic group, masked ID number."""

    name: str = ""
    name_mn: str = ""
    sex: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str = ""
    name_mn: str = ""
    sex: str = ""
    birth_date: str = ""
    relation: str = ""
    id_number: str = ""
    where_now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastVisit:
    """`summary`: when and who; `promises` are printed with tick boxes."""

    summary: str = ""
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CareGroup:
    """One care record: its kind, that kind's word for the head cell, whose it is, groups, risk and interval, further facts."""

    word: str
    kind: str = ""
    person: str = ""
    groups: str = ""
    risk: str = ""  # with its shape: ▲ ◆ ○
    pressing: bool = False  # risk in the strong face
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TickGroup:
    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Tick groups of one care record, or of the household; `about` is left out where there is only one."""

    about: str = ""
    ticks: tuple[TickGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitSheet:
    """One form. `number` is the form's own; `qr` what its code holds; `seal` what stands in the seal's place."""

    area: str = ""
    number: str = ""
    household: HouseholdCard = field(default_factory=HouseholdCard)
    head: Head = field(default_factory=Head)
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    last_visit: LastVisit = field(default_factory=LastVisit)
    cares: tuple[CareGroup, ...] = ()
    conditions: tuple[Condition, ...] = ()
    qr: str = ""
    seal: str = ""
    copies: str = ""
    printed_by: str = ""
    printed_at: str = ""
    device: str = ""


BLANK = HomeVisitSheet()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """The form's own words. Those with braces hold the places of their values.

    `script`: Mongolian by the name of a word or a kind of care, empty for a form in Chinese; a term that is missing is left out.
    """

    title: str
    form_number: str
    household_number: str
    order_number: str
    landmark: str
    head: str
    sex: str
    birth_date: str
    address: str
    phone: str
    members: str
    name: str
    relation: str
    id_number: str
    where_now: str
    last_visit: str
    care: str
    condition: str
    needs: str
    photo: str
    photo_here: str
    services: str
    follow_up: str
    date_blank: str
    remark: str
    signatures: str
    resident_signs: str
    visitor_signs: str
    seal: str
    scan: str
    continued: str
    page: str
    language: str = "zh-CN"
    script: Mapping[str, str] = field(default_factory=dict)
    draft_mark: str = ""


SCRIPT_TERMS: Mapping[str, str] = {
    "title": "visit_form_title",
    "head": "household_head",
    "sex": "sex",
    "birth_date": "birth_date",
    "address": "address",
    "phone": "phone",
    "members": "family_members",
    "name": "name",
    "relation": "relation",
    "id_number": "id_number",
    "where_now": "place",
    "last_visit": "visit",
    "condition": "situation",
    "needs": "need",
    "photo": "photo",
    "services": "service",
    "follow_up": "date",
    "remark": "remarks",
    "signatures": "signature",
    "seal": "official_seal",
    "elder": "elder",
    "child": "child",
    "woman": "woman",
}
"""Name of a word of the form, or kind of care -> term of `mongolian_terms.csv`."""


def form_words(speak: Callable[[str], str], *, title: str = "", scripts: bool = False) -> FormWords:
    """Terms from the declarations; the rest spoken by key, its places left in: `speak("form.home_visit.page")`.

    `title`: key of another title than that of the household's form. `scripts`: Mongolian beside Chinese.
    """

    def word(name: str) -> str:
        return speak("form.home_visit." + name)

    declared = {
        "household_number": HOUSEHOLD.by_name["number"].term + " {value}",
        "order_number": HOUSEHOLD.by_name["order_number"].term + " {value}",
        "landmark": HOUSEHOLD.by_name["landmark"].term + " {value}",
        "sex": RESIDENT.by_name["told_sex"].term,
        "birth_date": RESIDENT.by_name["told_birth_date"].term,
        "name": RESIDENT.by_name["name"].term,
        "id_number": RESIDENT.by_name["id_number"].term,
        "members": MEMBERSHIP.term,
        "relation": MEMBERSHIP.by_name["relation"].term,
        "condition": VISIT_NOTE.by_name["condition"].term,
        "needs": VISIT.by_name["needs"].term,
        "services": VISIT.by_name["services"].term,
        "remark": VISIT.by_name["remark"].term,
        "follow_up": FOLLOW_UP.by_name["due_on"].term,
    }
    spoken = {f.name: word(f.name) for f in fields(FormWords) if f.name not in {*declared, "language", "script", "draft_mark"}}
    if title:
        spoken["title"] = speak(title)
    script = terms.script(SCRIPT_TERMS) if scripts else {}
    return FormWords(**declared, **spoken, script=script, draft_mark=speak("form.draft_mark") if terms.unreviewed(script) else "")


def tick_groups(speak: Callable[[str], str], about: str) -> tuple[TickGroup, ...]:
    """What is ticked on a visit, by care kind (child, elder, woman, other) or for the household itself ("home")."""
    return tuple(
        TickGroup(label=label, options=tuple(options))
        for label, *options in (line.split("|") for line in speak("form.tick." + about).split(";"))
    )


def blank_sheet(speak: Callable[[str], str], about: str) -> HomeVisitSheet:
    """A form to fill in by hand, with the tick boxes of a kind of care or of the household ("home")."""
    return replace(BLANK, conditions=(Condition(ticks=tick_groups(speak, about)),), copies=speak("form.home_visit.copies"))


def sample_sheet(speak: Callable[[str], str], about: str = "elder") -> HomeVisitSheet:
    """A form with a value in each field, of people who do not exist: to see the paper without an archive."""

    def word(name: str) -> str:
        return speak("form.sample." + name)

    def lines_of(name: str) -> tuple[str, ...]:
        return tuple(word(name).split("|"))

    elder = about == "elder"
    columns = ("name", "sex", "birth_date", "relation", "id_number", "where_now")
    members = (word(name).split("|") for name in ("member_1", "member_2", "member_3"))
    care = dict(zip(("word", "person", "groups", "risk"), lines_of("care" if elder else "care_" + about), strict=True))
    card = dict(zip(("number", "order_number", "landmark"), lines_of("household"), strict=True))
    summary, *promises = lines_of("last_visit")
    head, sex, *facts = lines_of("head")
    return HomeVisitSheet(
        area=word("area"),
        number=word("number"),
        household=HouseholdCard(**card),
        head=Head(name=head, name_mn=word("name_mn"), sex=sex, facts=tuple(facts)),
        address=lines_of("address"),
        phones=lines_of("phones"),
        members=tuple(Member(**dict(zip(columns, member, strict=True))) for member in members),
        last_visit=LastVisit(summary=summary, promises=tuple(promises)),
        cares=(CareGroup(**care, kind=about, pressing=elder, facts=lines_of("care_facts") if elder else ()),),
        conditions=(Condition(ticks=tick_groups(speak, about)),),
        qr=word("qr"),
        seal=word("seal"),
        copies=speak("form.home_visit.copies"),
        printed_by=word("printed_by"),
        printed_at=word("printed_at"),
        device=word("device"),
    )
