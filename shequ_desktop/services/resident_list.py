"""Residents as a list (居民名单): entries of everybody for order and filter, and what some rows say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import finding, outlook
from shequ_desktop.services.listing import FOUND_AT_MOST, Entry, Source
from shequ_desktop.services.outlook import OpenCare
from shequ_desktop.storage import census
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Record


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """What a row says. `birth`: the date in force, perhaps partial."""

    id: str
    name: str
    alias: str
    sex: str
    birth: str
    care: tuple[OpenCare, ...]
    risk: str
    due: date | None
    last_visit: date | None
    household: str
    order_number: str
    landmark: str
    village_group: str


def entries(archive: Archive) -> list[Entry]:
    """Every resident, briefly. Somebody in no care is due when nobody was promised anything: never."""
    with archive.read() as reader:
        found, everybody = outlook.whole(reader), list(census.residents(reader.connection))
    in_care: defaultdict[str, list[OpenCare]] = defaultdict(list)
    for one in found.care:
        in_care[one.resident].append(one)
    days = {day: date.fromisoformat(day) for _, _, day in everybody if day}
    return [_entry(record, name, days.get(day), in_care.get(record), found) for record, name, day in everybody]


def _entry(record: str, name: str, last: date | None, care: list[OpenCare] | None, found: outlook.Outlook) -> Entry:
    if not care:
        return Entry(record, name, None, last)
    due = min((day for one in care if (day := found.due_of(one))), default=None)
    return Entry(record, name, due, last, outlook.most_urgent(one.risk for one in care), tuple(sorted({c.kind for c in care})))


def rows(archive: Archive, ids: Sequence[str]) -> list[ResidentRow]:
    """What these rows say; a resident who is gone is left out."""
    with archive.read() as reader:
        people = reader.records("resident", ids)
        found = outlook.of_residents(reader, people)
        homes = reader.records("household", set(found.home_of.values()))
    return [_row(people[one], found, homes) for one in ids if one in people]


def _row(person: Record, found: outlook.Outlook, homes: dict[str, Record]) -> ResidentRow:
    care = [one for one in found.care if one.resident == person.id]
    household = found.home_of.get(person.id, "")
    home: Any = homes[household].fields if household in homes else {}
    said = {**person.fields, **in_force(person.fields)}
    return ResidentRow(
        id=person.id,
        name=said.get("name", ""),
        alias=said.get("alias", ""),
        sex=said.get("sex", ""),
        birth=said.get("birth_date", ""),
        care=tuple(care),
        risk=outlook.most_urgent(one.risk for one in care),
        due=min((day for one in care if (day := found.due_of(one))), default=None),
        last_visit=found.last_visit.get(household),
        household=household,
        order_number=home.get("order_number", ""),
        landmark=home.get("landmark", ""),
        village_group=home.get("village_group", ""),
    )


def among(archive: Archive, words: str) -> set[str]:
    """Residents whom the words fit."""
    return {one.id for one in finding.find(archive, words=words, limit=FOUND_AT_MOST) if one.kind == "resident"}


SOURCE = Source(entries, rows, among)
