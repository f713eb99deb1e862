"""Chooses every text of a home-visit form from the archive (入户走访登记表): decided here, not while drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shequ_desktop.domain import codes, visit_codes
from shequ_desktop.domain.ages import age_on
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.care_records import CARE_KINDS
from shequ_desktop.domain.masking import masked_id, masked_phone
from shequ_desktop.domain.residents import in_force
from shequ_desktop.domain.schedule import CareState, VisitSettings, interval_days
from shequ_desktop.domain.visit_codes import VisitCode
from shequ_desktop.printing.home_visit_sheet import (
    CareGroup,
    Condition,
    Head,
    HomeVisitSheet,
    HouseholdCard,
    LastVisit,
    Member,
    tick_groups,
)
from shequ_desktop.services import homes
from shequ_desktop.storage.reading import Reader, Record

Speak = Callable[[str], str]
"""Answers the sentence of a key, its places left in."""

_AT_A_TIME = 50
_SHAPES = {"1": "▲", "2": "◆", "3": "○"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who prints, when, on which device, in which language; `new_visit` answers the id of the visit to come."""

    speak: Speak
    printed_by: str
    printed_at: datetime
    device: str
    new_visit: Callable[[], str]
    settings: VisitSettings = field(default_factory=VisitSettings)


def sheets(reader: Reader, visits: Iterable[tuple[str, str]], occasion: Occasion) -> Iterator[HomeVisitSheet]:
    """One sheet for each (household, visit id); an empty visit id: a new visit.

    Read in portions, so that 500 fit a small laptop.
    """
    listed = list(visits)
    for start in range(0, len(listed), _AT_A_TIME):
        portion = listed[start : start + _AT_A_TIME]
        about = _Portion.read(reader, [household for household, _ in portion])
        for household, visit in portion:
            if household in about.households:
                yield _sheet(about, household, visit or occasion.new_visit(), occasion)


@dataclass(frozen=True, slots=True)
class _Portion:
    """What the sheets of some households need, read in a few queries."""

    households: Mapping[str, Record]
    members: Mapping[str, list[tuple[Record, Record]]]
    phones: Mapping[str, list[Record]]
    care: Mapping[str, list[Record]]  # by resident
    visits: Mapping[str, Record]  # the last one, by household
    promises: Mapping[str, list[Record]]  # by household

    @classmethod
    def read(cls, reader: Reader, households: list[str]) -> _Portion:
        members = homes.members(reader, households)
        residents = [resident.id for people in members.values() for _, resident in people]
        care: dict[str, list[Record]] = {}
        for record in reader.among("care_record", "resident", residents):
            if not record.fields.get("closed_on"):
                care.setdefault(record.fields["resident"], []).append(record)
        visits = sorted(reader.among("visit", "household", households), key=lambda visit: visit.fields.get("visited_on", ""))
        promises: dict[str, list[Record]] = {}
        for promise in reader.among("follow_up", "household", households):
            if not promise.fields.get("done_on"):
                promises.setdefault(promise.fields["household"], []).append(promise)
        return cls(
            reader.records("household", households),
            members,
            homes.phones(reader, residents),
            care,
            {visit.fields["household"]: visit for visit in visits},
            promises,
        )


def _sheet(about: _Portion, household: str, visit: str, occasion: Occasion) -> HomeVisitSheet:
    home = about.households[household].fields
    people = about.members.get(household, [])
    cares = [(resident, record) for _, resident in people for record in about.care.get(resident.id, [])]
    speak, today = occasion.speak, occasion.printed_at.date()
    area = home.get("area", "")
    return HomeVisitSheet(
        area=" ".join(areas().path(area)[1:]) if area else "",
        number=_number(area, visit, occasion),
        household=HouseholdCard(**{name: home.get(name, "") for name in ("number", "order_number", "landmark")}),
        head=_head(people, speak, today),
        address=tuple(text for text in (home.get("address"),) if text),
        phones=_phones(about, people),
        members=tuple(_member(membership, resident) for membership, resident in people),
        last_visit=_last_visit(about, household, speak),
        cares=tuple(_care(resident, record, speak, occasion.settings) for resident, record in cares),
        conditions=_conditions(cares, speak),
        qr=visit_codes.write(VisitCode(household, visit)),
        seal=areas().name(area) if area else "",
        copies=speak("form.home_visit.copies"),
        printed_by=occasion.printed_by,
        printed_at=occasion.printed_at.strftime("%Y-%m-%d %H:%M"),
        device=occasion.device,
    )


def _number(area: str, visit: str, occasion: Occasion) -> str:
    """Area, day, device, and the end of the visit's id: no two forms share one, and it is given offline."""
    return f"{area or '0'}-{occasion.printed_at:%y%m%d}-{occasion.device[:4].upper()}-{visit[-4:].upper()}"


def _head(people: list[tuple[Record, Record]], speak: Speak, today: date) -> Head:
    if not people:
        return Head()
    fields = people[0][1].fields
    shown = in_force(fields)
    facts = [_birth(shown.get("birth_date", ""), speak, today)]
    if fields.get("ethnic_group"):
        facts.append(codes.zh("ethnic_group", fields["ethnic_group"]))
    if fields.get("id_number"):
        facts.append(speak("sheet.id_number").format(value=masked_id(fields["id_number"])))
    return Head(name=fields.get("name", ""), sex=_sex(shown), facts=tuple(fact for fact in facts if fact))


def _sex(shown: Mapping[str, Any]) -> str:
    return codes.zh("sex", shown["sex"]) if shown.get("sex") else ""


def _birth(birth: str, speak: Speak, today: date) -> str:
    """The day as people say it, and the age where it is certain."""
    if not birth:
        return ""
    age = age_on(birth, today)
    return speak("sheet.born").format(day=birth, age=age) if age is not None else birth


def _phones(about: _Portion, people: list[tuple[Record, Record]]) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for _, resident in people:
        for phone in about.phones.get(resident.id, []):
            whose = phone.fields.get("whose") or resident.fields.get("name", "")
            told[f"{whose} {masked_phone(phone.fields.get('number', ''))}"] = None
    return tuple(told)


def _member(membership: Record, resident: Record) -> Member:
    fields = resident.fields
    shown = in_force(fields)
    relation = membership.fields.get("relation")
    return Member(
        name=fields.get("name", ""),
        sex=_sex(shown),
        birth_date=shown.get("birth_date", ""),
        relation=codes.zh("relation_to_head", relation) if relation else "",
        id_number=masked_id(fields["id_number"]) if fields.get("id_number") else "",
        where_now=_where(fields),
    )


def _where(fields: Mapping[str, Any]) -> str:
    state = codes.zh("residence_state", fields["residence_state"]) if fields.get("residence_state") else ""
    return "，".join(text for text in (state, fields.get("residence_place"), fields.get("residence_since")) if text)


def _last_visit(about: _Portion, household: str, speak: Speak) -> LastVisit:
    visit = about.visits.get(household)
    promises = tuple(
        f"{promise.fields.get('promised', '')} {promise.fields.get('due_on', '')}".strip()
        for promise in about.promises.get(household, [])
    )
    if visit is None:
        return LastVisit(promises=promises)
    day, who = visit.fields.get("visited_on", ""), visit.fields.get("visitors", "")
    return LastVisit(summary=speak("sheet.last_visit").format(day=day, who=who).strip(" ，,"), promises=promises)


def _care(resident: Record, record: Record, speak: Speak, settings: VisitSettings) -> CareGroup:
    fields = record.fields
    risk = fields.get("risk")
    state = CareState(fields.get("care_kind", ""), risk, date.min, special_hardship=bool(fields.get("special_hardship")))
    level = codes.zh("risk_level", risk) if risk else speak("sheet.risk_not_set")
    told = speak("sheet.risk").format(shape=_SHAPES.get(risk or "", ""), level=level, days=interval_days(state, settings))
    contact = " ".join(
        text
        for text in (fields.get("contact_name"), masked_phone(fields["contact_phone"]) if fields.get("contact_phone") else "")
        if text
    )
    return CareGroup(
        word=CARE_KINDS.get(fields.get("care_kind", ""), ""),
        person=resident.fields.get("name", ""),
        groups=fields.get("label", ""),
        risk=told.strip(),
        pressing=risk == "1",
        facts=(speak("sheet.contact").format(value=contact),) if contact else (),
    )


def _conditions(cares: list[tuple[Record, Record]], speak: Speak) -> tuple[Condition, ...]:
    """Tick boxes for each person in care; for the household where nobody is."""
    if not cares:
        return (Condition(ticks=tick_groups(speak, "home")),)
    several = len(cares) > 1
    return tuple(
        Condition(
            about=resident.fields.get("name", "") if several else "",
            ticks=tick_groups(speak, record.fields.get("care_kind", "other")),
        )
        for resident, record in cares
    )
