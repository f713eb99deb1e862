"""One resident as looked at (一个人的概况), and one care record with its person (关爱档案): read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import homes, outlook
from shequ_desktop.services.household_view import CareTold, VisitTold, care_told, visits_of
from shequ_desktop.services.outlook import Outlook, Promise
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id
from shequ_desktop.storage.reading import Reader, Record

EXPECTED = ("id_number", "birth_date", "sex", "ethnic_group", "residence_state", "phone", "household")
"""What an archive should say of everybody."""
EXPECTED_CARE = ("risk", "worker", "contact_name", "contact_phone", "living_with")
"""What an open care record should say."""


PhoneTold = Record
"""A telephone, as it is shown."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household that somebody belongs to or belonged to. `head`: name of its head."""

    membership: str
    household: str
    head: str
    relation: str
    since: str
    until: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResidentView:
    """`fields`: with the values in force. `homes`: the present one first. `lacking`: fields that should not be empty."""

    id: str
    fields: Mapping[str, Any]
    phones: tuple[Record, ...]
    homes: tuple[Home, ...]
    care: tuple[CareTold, ...]
    closed: tuple[Record, ...]
    visits: tuple[VisitTold, ...]
    promises: tuple[Promise, ...]
    household: str
    risk: str
    due: date | None
    last_visit: date | None
    lacking: tuple[str, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class CareView:
    """A care record. `fields`: its own; `told`: its days; `person`: whose it is."""

    id: str
    fields: Mapping[str, Any]
    told: CareTold | None
    person: ResidentView
    confirmed_by: str
    confirmed_ms: int
    lacking: tuple[str, ...]


def resident(archive: Archive, *, record: str) -> ResidentView | Problem:
    """Everything that the resident's page shows."""
    with archive.read() as reader:
        return _resident(reader, record) or _none("resident", record)


def care(archive: Archive, *, record: str) -> CareView | Problem:
    """Everything that the page of a care record shows. `confirmed_by`: who said the risk last."""
    with archive.read() as reader:
        there = reader.record("care_record", record) if is_id(record) else None
        person = _resident(reader, there.fields.get("resident", "")) if there and not there.retracted else None
        if there is None or person is None:
            return _none("care_record", record)
        said = [row.change for row in reader.log_of([record]) if "risk" in row.change.fields]
        return CareView(
            id=record,
            fields=there.fields,
            told=next((one for one in person.care if one.care.id == record), None),
            person=person,
            confirmed_by=said[-1].author if said else "",
            confirmed_ms=said[-1].time_ms if said else 0,
            lacking=tuple(name for name in EXPECTED_CARE if there.fields.get(name) in (None, "")),
        )


def _none(kind: str, record: str) -> Problem:
    return Problem("no_such_record", values=(("kind", kind), ("record", record)))


def _resident(reader: Reader, record: str) -> ResidentView | None:
    there = reader.record("resident", record) if is_id(record) else None
    if there is None or there.retracted:
        return None
    found = outlook.of_residents(reader, [record])
    fields = {**there.fields, **in_force(there.fields)}
    own = [one for one in found.care if one.resident == record]
    household = found.home_of.get(record, "")
    phones = tuple(homes.phones(reader, [record]).get(record, ()))
    return ResidentView(
        id=record,
        fields=fields,
        phones=phones,
        homes=_homes(reader, record),
        care=care_told(own, found, {record: fields}),
        closed=tuple(one for one in reader.where("care_record", resident=record) if one.fields.get("closed_on")),
        visits=visits_of(reader, household) if household else (),
        promises=_promises(found, household),
        household=household,
        risk=outlook.most_urgent(one.risk for one in own),
        due=min((day for one in own if (day := found.due_of(one))), default=None),
        last_visit=found.last_visit.get(household),
        lacking=_lacking(fields, phones, household),
        seen=reader.seen,
    )


def _lacking(fields: Mapping[str, Any], phones: tuple[Record, ...], household: str) -> tuple[str, ...]:
    known = {**fields, "phone": phones, "household": household}
    return tuple(name for name in EXPECTED if not known.get(name))


def _promises(found: Outlook, household: str) -> tuple[Promise, ...]:
    return tuple(sorted(found.promised_at.get(household, ()), key=lambda one: (one.due or date.max, one.id)))


def _homes(reader: Reader, record: str) -> tuple[Home, ...]:
    memberships = [one for one in reader.where("membership", resident=record) if one.fields.get("household")]
    there = reader.records("household", {one.fields["household"] for one in memberships})
    heads = homes.heads(reader, there)
    told = [
        Home(
            one.id,
            one.fields["household"],
            heads[one.fields["household"]].fields.get("name", "") if one.fields["household"] in heads else "",
            one.fields.get("relation", ""),
            one.fields.get("since", ""),
            one.fields.get("until", ""),
            there[one.fields["household"]].fields,
        )
        for one in memberships
        if one.fields["household"] in there
    ]
    return tuple(sorted(told, key=lambda one: (bool(one.until), one.relation not in HEAD_RELATIONS, one.membership)))
