"""Fills the declared forms from the archive: which form is about what, and a sheet for each household or care record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shequ_desktop.domain import codes, visit_codes
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.care_records import CARE_KINDS
from shequ_desktop.domain.schedule import interval_days
from shequ_desktop.domain.visit_codes import VisitCode
from shequ_desktop.printing.form_sheet import FormSheet
from shequ_desktop.services import homes, sheets_values
from shequ_desktop.services.due import DueHousehold
from shequ_desktop.services.home_visit_sheets import care_state
from shequ_desktop.services.sheets_reading import AT_A_TIME, Occasion, Portion, area_words, form_number, phone_lines
from shequ_desktop.services.sheets_values import Values
from shequ_desktop.storage.reading import Reader, Record


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: a household; or an open care record, of one kind or of any. `whole_numbers`: unmasked."""

    subject: str
    care_kind: str = ""
    whole_numbers: bool = False


HOUSEHOLD, CARE, LIST = "household", "care_record", "list"

ABOUT = {
    "household-card": About(HOUSEHOLD),
    "follow-up-slip": About(HOUSEHOLD),
    "satisfaction-slip": About(HOUSEHOLD),
    "elder-registration": About(CARE, "elder", whole_numbers=True),
    "child-registration": About(CARE, "child", whole_numbers=True),
    "woman-registration": About(CARE, "woman", whole_numbers=True),
    "other-registration": About(CARE, "other", whole_numbers=True),
    "care-plan": About(CARE),
    "entrusted-care": About(CARE, "child", whole_numbers=True),
    "elder-assessment": About(CARE, "elder"),
    "due-list": About(LIST),
}
"""Form -> what it is about."""


def sheets(reader: Reader, form: str, records: list[str], occasion: Occasion) -> Iterator[FormSheet]:
    """One sheet for each household or care record that is there, some at a time."""
    for start in range(0, len(records), AT_A_TIME):
        some = records[start : start + AT_A_TIME]
        yield from (_of_households if ABOUT[form].subject == HOUSEHOLD else _of_care)(reader, form, some, occasion)


def _of_households(reader: Reader, form: str, households: list[str], occasion: Occasion) -> Iterator[FormSheet]:
    about = Portion.read(reader, households)
    for household in households:
        if household not in about.households:
            continue
        people = about.members.get(household, [])
        values = sheets_values.house(about, household, occasion.speak)
        values |= {
            "phone": phone_lines(about, people),
            "members": sheets_values.member_rows(about, people),
            "promises": sheets_values.promise_rows(about.promises.get(household, [])),
        }
        code = VisitCode(household, occasion.new_visit()) if form == "follow-up-slip" else None
        subject = " ".join(str(values[key]) for key in ("household.number", "head") if values.get(key))
        yield _sheet(about.households[household], values, subject, code.visit if code else household, occasion, code)


def _of_care(reader: Reader, form: str, records: list[str], occasion: Occasion) -> Iterator[FormSheet]:
    found = reader.records("care_record", records)
    residents = reader.records("resident", {record.fields.get("resident", "") for record in found.values()})
    lives_in = homes.of_residents(reader, residents)
    about = Portion.read(reader, sorted(set(lives_in.values())))
    phones = homes.phones(reader, residents)
    for record in (found[one] for one in records if one in found):
        resident = residents.get(record.fields.get("resident", ""))
        if resident:
            household = lives_in.get(resident.id, "")
            values = _care_values(form, about, household, record, resident, phones.get(resident.id, []), occasion)
            yield _sheet(about.households.get(household), values, resident.fields.get("name", ""), record.id, occasion)


def _care_values(
    form: str, about: Portion, household: str, record: Record, resident: Record, phones: list[Record], occasion: Occasion
) -> Values:
    whole, speak, today = ABOUT[form].whole_numbers, occasion.speak, occasion.printed_at.date()
    people = about.members.get(household, [])
    days = interval_days(care_state(record), occasion.settings)
    return {
        **sheets_values.house(about, household, speak),
        **sheets_values.person(resident, phones, speak=speak, today=today, whole_numbers=whole),
        **sheets_values.care(record, speak=speak, whole_numbers=whole),
        "children": sheets_values.children_of(about, people, resident),
        "parents": tuple({"parent": codes.zh("guardian_relation", code)} for code in ("01", "02")),
        "visits_every": speak("sheet.every").format(days=days),
    }


def _sheet(
    home: Record | None, values: Values, subject: str, record: str, occasion: Occasion, code: VisitCode | None = None
) -> FormSheet:
    area = home.fields.get("area", "") if home else ""
    return FormSheet(
        values=values,
        subject=subject,
        area=area_words(area),
        number=form_number(area, record, occasion),
        qr=visit_codes.write(code) if code else "",
        seal=areas().name(area) if area else "",
        **printed(occasion),
    )


def printed(occasion: Occasion) -> dict[str, str]:
    """Who prints, when, where: what stands at the foot."""
    when = occasion.printed_at.strftime("%Y-%m-%d %H:%M")
    return {"printed_by": occasion.printed_by, "printed_at": when, "device": occasion.device}


def due_list(reader: Reader, due: list[DueHousehold], occasion: Occasion) -> FormSheet:
    """The overview: a line for each household due, those without a household by the person's name."""
    rows: list[dict[str, str]] = []
    area = ""
    for start in range(0, len(due), AT_A_TIME):
        some = due[start : start + AT_A_TIME]
        about = Portion.read(reader, [one.household for one in some if one.household])
        alone = reader.records("resident", {one.resident for one in some if one.resident})
        for one in some:
            rows.append({"order": str(len(rows) + 1), **_due_row(about, alone, one)})
            home = about.households.get(one.household)
            area = area or (home.fields.get("area", "") if home else "")
    return FormSheet(values={"households": tuple(rows)}, area=area_words(area), **printed(occasion))


def _due_row(about: Portion, alone: dict[str, Record], one: DueHousehold) -> dict[str, str]:
    home = about.households.get(one.household)
    people = about.members.get(one.household, [])
    head = people[0][1] if people else alone.get(one.resident)
    cares = [(person, record) for _, person in people for record in about.care.get(person.id, [])]
    risks = sorted(record.fields["risk"] for _, record in cares if record.fields.get("risk"))
    in_care = (
        f"{person.fields.get('name', '')} {CARE_KINDS.get(record.fields.get('care_kind', ''), '')}" for person, record in cares
    )
    where = (home.fields.get("address", ""), home.fields.get("landmark", "")) if home else ()
    return {
        "head": head.fields.get("name", "") if head else "",
        "head_mn": head.fields.get("name_mn", "") if head else "",
        "household.address": "，".join(text for text in where if text),
        "care": "、".join(in_care),
        "care_record.risk": codes.zh("risk_level", risks[0]) if risks else "",
        "last_visit": one.last_visit.isoformat() if one.last_visit else "",
        "due_on": one.on.isoformat(),
    }
