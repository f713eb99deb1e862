"""Chooses every text of a home-visit form from the archive (入户走访登记表): decided here, not while drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from shequ_desktop.domain import codes, visit_codes
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
from shequ_desktop.services.sheets_reading import (
    AT_A_TIME,
    Occasion,
    Portion,
    Speak,
    area_words,
    birth_words,
    form_number,
    phone_lines,
    sex_words,
    where_words,
)
from shequ_desktop.storage.reading import Reader, Record

_SHAPES = {"1": "▲", "2": "◆", "3": "○"}


def sheets(
    reader: Reader, visits: Iterable[tuple[str, str]], occasion: Occasion, *, care_kind: str = ""
) -> Iterator[HomeVisitSheet]:
    """One sheet for each (household, visit id); an empty visit id: a new visit. `care_kind`: ask after these people only.

    Read in portions, so that 500 fit a small laptop.
    """
    listed = list(visits)
    for start in range(0, len(listed), AT_A_TIME):
        portion = listed[start : start + AT_A_TIME]
        about = Portion.read(reader, [household for household, _ in portion])
        for household, visit in portion:
            if household in about.households:
                yield _sheet(about, household, visit or occasion.new_visit(), occasion, care_kind)


def _sheet(about: Portion, household: str, visit: str, occasion: Occasion, care_kind: str) -> HomeVisitSheet:
    home = about.households[household].fields
    people = about.members.get(household, [])
    cares = [
        (resident, record)
        for _, resident in people
        for record in about.care.get(resident.id, [])
        if care_kind in ("", record.fields.get("care_kind"))
    ]
    speak, today = occasion.speak, occasion.printed_at.date()
    area = home.get("area", "")
    return HomeVisitSheet(
        area=area_words(area),
        number=form_number(area, visit, occasion),
        household=HouseholdCard(**{name: home.get(name, "") for name in ("number", "order_number", "landmark")}),
        head=_head(people, speak, today),
        address=tuple(text for text in (home.get("address"),) if text),
        phones=phone_lines(about, people),
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


def _head(people: list[tuple[Record, Record]], speak: Speak, today: date) -> Head:
    if not people:
        return Head()
    fields = people[0][1].fields
    shown = in_force(fields)
    facts = [birth_words(shown.get("birth_date", ""), speak, today)]
    if fields.get("ethnic_group"):
        facts.append(codes.zh("ethnic_group", fields["ethnic_group"]))
    if fields.get("id_number"):
        facts.append(speak("sheet.id_number").format(value=masked_id(fields["id_number"])))
    return Head(
        name=fields.get("name", ""),
        name_mn=fields.get("name_mn", ""),
        sex=sex_words(shown),
        facts=tuple(fact for fact in facts if fact),
    )


def _member(membership: Record, resident: Record) -> Member:
    fields = resident.fields
    shown = in_force(fields)
    relation = membership.fields.get("relation")
    return Member(
        name=fields.get("name", ""),
        name_mn=fields.get("name_mn", ""),
        sex=sex_words(shown),
        birth_date=shown.get("birth_date", ""),
        relation=codes.zh("relation_to_head", relation) if relation else "",
        id_number=masked_id(fields["id_number"]) if fields.get("id_number") else "",
        where_now=where_words(fields),
    )


def _last_visit(about: Portion, household: str, speak: Speak) -> LastVisit:
    visit = about.visits.get(household)
    promises = tuple(
        f"{promise.fields.get('promised', '')} {promise.fields.get('due_on', '')}".strip()
        for promise in about.promises.get(household, [])
    )
    if visit is None:
        return LastVisit(promises=promises)
    day, who = visit.fields.get("visited_on", ""), visit.fields.get("visitors", "")
    return LastVisit(summary=speak("sheet.last_visit").format(day=day, who=who).strip(" ，,"), promises=promises)


def care_state(record: Record) -> CareState:
    """What of a care record says how often to visit."""
    fields = record.fields
    hardship = bool(fields.get("special_hardship"))
    return CareState(fields.get("care_kind", ""), fields.get("risk"), date.min, special_hardship=hardship)


def _care(resident: Record, record: Record, speak: Speak, settings: VisitSettings) -> CareGroup:
    fields = record.fields
    risk = fields.get("risk")
    level = codes.zh("risk_level", risk) if risk else speak("sheet.risk_not_set")
    shape = _SHAPES.get(risk or "", "")
    told = speak("sheet.risk" if shape else "sheet.risk_other")
    contact = " ".join(
        text
        for text in (fields.get("contact_name"), masked_phone(fields["contact_phone"]) if fields.get("contact_phone") else "")
        if text
    )
    return CareGroup(
        word=CARE_KINDS.get(fields.get("care_kind", ""), ""),
        kind=fields.get("care_kind", ""),
        person=resident.fields.get("name", ""),
        groups=fields.get("label", ""),
        risk=told.format(shape=shape, level=level, days=interval_days(care_state(record), settings)),
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
