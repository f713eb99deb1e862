"""Open care records as a list (关爱名单): entries for order and filter, and what some rows say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import outlook, resident_list
from shequ_desktop.services.listing import Entry, Source
from shequ_desktop.services.outlook import OpenCare
from shequ_desktop.storage import census
from shequ_desktop.storage.archive import Archive


@dataclass(frozen=True, slots=True)
class CareRow:
    """What a row says. `interval`: days between two visits."""

    care: OpenCare
    name: str
    alias: str
    sex: str
    birth: str
    household: str
    interval: int
    due: date | None
    last_visit: date | None

    @property
    def id(self) -> str:
        return self.care.id


def entries(archive: Archive) -> list[Entry]:
    """Every open care record, briefly."""
    with archive.read() as reader:
        found = outlook.whole(reader)
        names = census.names_of_people_in_care(reader.connection)
    return [
        Entry(
            one.id,
            names.get(one.resident, ""),
            found.due_of(one),
            found.last_visit.get(found.home_of.get(one.resident, "")),
            one.risk,
            (one.kind,),
        )
        for one in found.care
    ]


def rows(archive: Archive, ids: Sequence[str]) -> list[CareRow]:
    """What these rows say; a care record that is gone or closed is left out."""
    with archive.read() as reader:
        residents = {record.fields.get("resident", "") for record in reader.records("care_record", ids).values()}
        found = outlook.of_residents(reader, residents)
        people = reader.records("resident", residents)
    by_id = {one.id: one for one in found.care}
    rows: list[CareRow] = []
    for one in (by_id[record] for record in ids if record in by_id):
        said = people[one.resident].fields if one.resident in people else {}
        household = found.home_of.get(one.resident, "")
        force = in_force(said)
        rows.append(
            CareRow(
                care=one,
                name=said.get("name", ""),
                alias=said.get("alias", ""),
                sex=force.get("sex", ""),
                birth=force.get("birth_date", ""),
                household=household,
                interval=found.interval_of(one),
                due=found.due_of(one),
                last_visit=found.last_visit.get(household),
            )
        )
    return rows


def among(archive: Archive, words: str) -> set[str]:
    """Care records of the residents whom the words fit."""
    people = resident_list.among(archive, words)
    with archive.read() as reader:
        return {record.id for record in reader.among("care_record", "resident", people)}


SOURCE = Source(entries, rows, among)
