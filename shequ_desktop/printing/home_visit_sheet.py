"""What one home-visit form (入户走访登记表) says: plain values, every text chosen, masked and translated by the caller.

Knows no record and no language; `BLANK` is the form without an archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from shequ_desktop.domain.households import HOUSEHOLD, MEMBERSHIP
from shequ_desktop.domain.residents import RESIDENT
from shequ_desktop.domain.visits import FOLLOW_UP, VISIT, VISIT_NOTE
from shequ_desktop.printing import fonts


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
    sex: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    name: str = ""
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
    """One care record: its kind's word in the head cell, whose it is, the groups, risk and interval, further facts."""

    word: str
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
    """The form's own words. Those with braces hold the places of their values."""

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


def form_words(speak: Callable[[str], str]) -> FormWords:
    """Terms from the declarations; the rest spoken by key, its places left in: `speak("form.home_visit.page")`."""

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
    spoken = (f.name for f in fields(FormWords) if f.name not in declared and f.name != "language")
    return FormWords(**declared, **{name: word(name) for name in spoken})


def tick_groups(speak: Callable[[str], str], about: str) -> tuple[TickGroup, ...]:
    """What is ticked on a visit, by care kind (child, elder, woman, other) or for the household itself ("home")."""
    return tuple(
        TickGroup(label=label, options=tuple(options))
        for label, *options in (line.split("|") for line in speak("form.tick." + about).split(";"))
    )


def sample_sheet(speak: Callable[[str], str]) -> HomeVisitSheet:
    """A form with a value in each field, of people who do not exist: to see the paper without an archive."""

    def word(name: str) -> str:
        return speak("form.sample." + name)

    def lines_of(name: str) -> tuple[str, ...]:
        return tuple(word(name).split("|"))

    columns = ("name", "sex", "birth_date", "relation", "id_number", "where_now")
    members = (word(name).split("|") for name in ("member_1", "member_2", "member_3"))
    care = dict(zip(("word", "person", "groups", "risk"), lines_of("care"), strict=True))
    card = dict(zip(("number", "order_number", "landmark"), lines_of("household"), strict=True))
    summary, *promises = lines_of("last_visit")
    head, sex, *facts = lines_of("head")
    return HomeVisitSheet(
        area=word("area"),
        number=word("number"),
        household=HouseholdCard(**card),
        head=Head(name=head, sex=sex, facts=tuple(facts)),
        address=lines_of("address"),
        phones=lines_of("phones"),
        members=tuple(Member(**dict(zip(columns, member, strict=True))) for member in members),
        last_visit=LastVisit(summary=summary, promises=tuple(promises)),
        cares=(CareGroup(**care, pressing=True, facts=lines_of("care_facts")),),
        conditions=(Condition(ticks=tick_groups(speak, "elder")),),
        qr=word("qr"),
        seal=word("seal"),
        copies=speak("form.home_visit.copies"),
        printed_by=word("printed_by"),
        printed_at=word("printed_at"),
        device=word("device"),
    )


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A text of a form and its characters that no font has: each is printed as an empty box."""

    text: str
    characters: tuple[str, ...]


def unprintable(sheet: HomeVisitSheet) -> tuple[Unprintable, ...]:
    """What of a form will be boxed, each text once: to be named before printing. The QR code prints anything."""
    found = {}
    for text in _texts(sheet):
        if not text.isascii() and text not in found and (characters := fonts.missing_characters((text,))):
            found[text] = Unprintable(text, characters)
    return tuple(found.values())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for f in fields(value):
            if f.name != "qr":
                yield from _texts(getattr(value, f.name))
