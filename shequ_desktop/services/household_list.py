"""Households as a list (家庭名单): entries of everybody for order and filter, and what some rows say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shequ_desktop.services import finding, homes, outlook
from shequ_desktop.services.listing import FOUND_AT_MOST, Entry, Source
from shequ_desktop.services.outlook import OpenCare, Outlook
from shequ_desktop.storage import census
from shequ_desktop.storage.archive import Archive


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """What a row says. `name`: of the head, or of the member who stands first."""

    id: str
    name: str
    alias: str
    members: int
    care: tuple[OpenCare, ...]
    risk: str
    due: date | None
    last_visit: date | None
    number: str
    order_number: str
    landmark: str
    village_group: str
    address: str


def entries(archive: Archive) -> list[Entry]:
    """Every household, briefly."""
    with archive.read() as reader:
        found, everybody = outlook.whole(reader), list(census.households(reader.connection))
    return [_entry(found, household, name) for household, name in everybody]


def _entry(found: Outlook, household: str, name: str) -> Entry:
    if household not in found.care_at and household not in found.promised_at:
        return Entry(household, name, None, found.last_visit.get(household))
    kinds = tuple(sorted({one.kind for one in found.care_at.get(household, ())}))
    return Entry(
        household,
        name,
        found.due_at(household),
        found.last_visit.get(household),
        found.risk_at(household),
        kinds,
    )


def rows(archive: Archive, ids: Sequence[str]) -> list[HouseholdRow]:
    """What these rows say; a household that is gone is left out."""
    with archive.read() as reader:
        there = reader.records("household", ids)
        found = outlook.of_households(reader, there)
        heads = reader.records("resident", [people[0] for people in found.members.values()])
    rows: list[HouseholdRow] = []
    for household in (one for one in ids if one in there):
        fields, people = there[household].fields, found.members.get(household, [])
        head = heads[people[0]].fields if people and people[0] in heads else {}
        rows.append(
            HouseholdRow(
                id=household,
                name=head.get("name", ""),
                alias=head.get("alias", ""),
                members=len(people),
                care=tuple(found.care_at.get(household, ())),
                risk=found.risk_at(household),
                due=found.due_at(household),
                last_visit=found.last_visit.get(household),
                **{name: fields.get(name, "") for name in ("number", "order_number", "landmark", "village_group", "address")},
            )
        )
    return rows


def among(archive: Archive, words: str) -> set[str]:
    """Households that the words fit, by what is written of them or of a member."""
    found = finding.find(archive, words=words, limit=FOUND_AT_MOST)
    with archive.read() as reader:
        lives_in = homes.of_residents(reader, [one.id for one in found if one.kind == "resident"])
    return {one.id for one in found if one.kind == "household"} | set(lives_in.values())


SOURCE = Source(entries, rows, among)
