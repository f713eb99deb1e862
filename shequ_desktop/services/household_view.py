"""One household as looked at (一户的概况): its people, care, visits, promises. Masking is for whoever shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import homes, outlook
from shequ_desktop.services.outlook import OpenCare, Outlook, Promise, day_of
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id
from shequ_desktop.storage.reading import Reader, Record


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household. `fields`: of the resident, with the values in force. `relation`: to the head, a code."""

    membership: str
    resident: str
    relation: str
    fields: Mapping[str, Any]
    care: tuple[OpenCare, ...]
    phones: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class NoteTold:
    """A page of a visit. `name`: whom it is about."""

    care_record: str
    resident: str
    name: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VisitTold:
    """A visit with its pages and what was promised on it. `arrived`: the league has it."""

    id: str
    household: str
    on: date
    fields: Mapping[str, Any]
    notes: tuple[NoteTold, ...]
    promised: tuple[str, ...]
    arrived: bool


@dataclass(frozen=True, slots=True)
class CareTold:
    """An open care record beside its person and its days."""

    care: OpenCare
    name: str
    fields: Mapping[str, Any]
    interval: int
    due: date | None


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """`visits`: the newest first. `seen`: what a form that opens now has seen."""

    id: str
    fields: Mapping[str, Any]
    members: tuple[Member, ...]
    care: tuple[CareTold, ...]
    visits: tuple[VisitTold, ...]
    promises: tuple[Promise, ...]
    risk: str
    due: date | None
    last_visit: date | None
    seen: int

    @property
    def head(self) -> Member | None:
        return self.members[0] if self.members else None


def household(archive: Archive, *, record: str) -> HouseholdView | Problem:
    """Everything that the household's page shows."""
    with archive.read() as reader:
        there = reader.record("household", record) if is_id(record) else None
        if there is None or there.retracted:
            return Problem("no_such_record", values=(("kind", "household"), ("record", record)))
        found = outlook.of_households(reader, [record])
        members = members_of(reader, record, found)
        return HouseholdView(
            id=record,
            fields=there.fields,
            members=members,
            care=care_told(found.care_at.get(record, ()), found, {one.resident: one.fields for one in members}),
            visits=visits_of(reader, record),
            promises=tuple(sorted(found.promised_at.get(record, ()), key=lambda one: (one.due or date.max, one.id))),
            risk=found.risk_at(record),
            due=found.due_at(record),
            last_visit=found.last_visit.get(record),
            seen=reader.seen,
        )


def members_of(reader: Reader, record: str, found: Outlook) -> tuple[Member, ...]:
    """Those who belong to the household now, the head first."""
    people = homes.members(reader, [record]).get(record, [])
    phones = homes.phones(reader, [resident.id for _, resident in people])
    return tuple(
        Member(
            membership.id,
            resident.id,
            membership.fields.get("relation", ""),
            {**resident.fields, **in_force(resident.fields)},
            tuple(one for one in found.care if one.resident == resident.id),
            tuple(phones.get(resident.id, ())),
        )
        for membership, resident in people
    )


def care_told(care: Iterable[OpenCare], found: Outlook, people: Mapping[str, Mapping[str, Any]]) -> tuple[CareTold, ...]:
    """Care records, the most urgent first."""
    told = [
        CareTold(one, people.get(one.resident, {}).get("name", ""), people.get(one.resident, {}), found.interval_of(one), due)
        for one in care
        for due in [found.due_of(one)]
    ]
    return tuple(sorted(told, key=lambda one: (one.due or date.max, one.care.id)))


def visits_of(reader: Reader, household: str) -> tuple[VisitTold, ...]:
    """All visits of a household, the newest first."""
    return tuple(visits_told(reader, reader.where("visit", household=household)))


def visits_told(reader: Reader, visits: Sequence[Record]) -> list[VisitTold]:
    ids = [visit.id for visit in visits]
    pages: defaultdict[str, list[Record]] = defaultdict(list)
    for note in reader.among("visit_note", "visit", ids):
        pages[note.fields["visit"]].append(note)
    care = reader.records("care_record", {note.fields.get("care_record", "") for some in pages.values() for note in some} - {""})
    whose = {record: one.fields.get("resident", "") for record, one in care.items()}
    people = reader.records("resident", set(whose.values()) - {""})
    promised: defaultdict[str, list[str]] = defaultdict(list)
    for promise in reader.among("follow_up", "visit", ids):
        promised[promise.fields["visit"]].append(promise.fields.get("promised", ""))

    def told(note: Record) -> NoteTold:
        care_record = note.fields.get("care_record", "")
        resident = whose.get(care_record, "")
        name = people[resident].fields.get("name", "") if resident in people else ""
        return NoteTold(care_record, resident, name, note.fields)

    listed = [
        VisitTold(
            visit.id,
            visit.fields.get("household", ""),
            day,
            visit.fields,
            tuple(told(note) for note in pages[visit.id]),
            tuple(promised[visit.id]),
            visit.seq > 0,
        )
        for visit in visits
        if (day := day_of(visit.fields.get("visited_on")))
    ]
    return sorted(listed, key=lambda one: (one.on, one.id), reverse=True)
