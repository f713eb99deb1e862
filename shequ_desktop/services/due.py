"""Whom to visit, and when (应走访): worked out from care records, visits and promises, never written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shequ_desktop.domain.schedule import CareState, VisitSettings, due_on
from shequ_desktop.services import homes
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import day_made
from shequ_desktop.storage.reading import Reader, Record


@dataclass(frozen=True, slots=True)
class DueHousehold:
    """A household with open care records or open promises: `on` is the day when its next visit is due.

    `household` is empty for a person in care of whom no household is known; `resident` then names the person.
    """

    household: str
    on: date
    last_visit: date | None
    care_records: tuple[str, ...]
    follow_ups: tuple[str, ...]
    resident: str = ""


def households_due(archive: Archive, *, on: date, settings: VisitSettings | None = None) -> list[DueHousehold]:
    """Households whose visit is due on this day or before, the longest overdue first."""
    return [household for household in schedule(archive, settings=settings) if household.on <= on]


def schedule(archive: Archive, *, settings: VisitSettings | None = None) -> list[DueHousehold]:
    """Every household with an open care record or an open promise, by the day of its next visit."""
    with archive.read() as reader:
        gone = reader.retracted("resident")
        care = [
            record
            for record in reader.all("care_record")
            if not record.fields.get("closed_on") and record.fields.get("resident") not in gone
        ]
        lives_in = homes.of_residents(reader, {record.fields["resident"] for record in care if "resident" in record.fields})
        promises = [record for record in reader.all("follow_up") if not record.fields.get("done_on")]
        promised_at = {record.fields.get("household", "") for record in promises}
        there = reader.records("household", {*lives_in.values(), *promised_at} - {""})
        lives_in = {resident: home for resident, home in lives_in.items() if home in there}
        promises = [record for record in promises if record.fields.get("household") in there]
        visits = _last_visits(reader, there)
    return _households(care, promises, lives_in, visits, settings or VisitSettings())


def told(archive: Archive, *, on: date) -> list[dict[str, Any]]:
    """The same as plain values, with what finds the door: head, address, order number, landmark."""
    due = households_due(archive, on=on)
    with archive.read() as reader:
        households = reader.records("household", {one.household for one in due if one.household})
        heads = homes.heads(reader, households)
        alone = reader.records("resident", {one.resident for one in due if one.resident})
    return [_told(one, households, heads, alone) for one in due]


def _told(
    one: DueHousehold, households: Mapping[str, Record], heads: Mapping[str, Record], alone: Mapping[str, Record]
) -> dict[str, Any]:
    home = households[one.household].fields if one.household in households else {}
    head = heads.get(one.household) or alone.get(one.resident)
    return {
        "kind": "household",
        "id": one.household,
        "household": one.household,
        "resident": one.resident,
        "on": one.on.isoformat(),
        "last_visit": one.last_visit.isoformat() if one.last_visit else "",
        "head": head.fields.get("name", "") if head else "",
        **{name: home.get(name, "") for name in ("number", "order_number", "landmark", "address")},
        "care_records": list(one.care_records),
        "follow_ups": list(one.follow_ups),
    }


def _last_visits(reader: Reader, households: Iterable[str]) -> dict[str, date]:
    """{household: day of its last visit}"""
    last: dict[str, date] = {}
    for visit in reader.among("visit", "household", households):
        day = _day(visit.fields.get("visited_on"))
        household = visit.fields["household"]
        if day and day > last.get(household, date.min):
            last[household] = day
    return last


def _households(
    care: Iterable[Record],
    promises: Iterable[Record],
    lives_in: Mapping[str, str],
    visits: Mapping[str, date],
    settings: VisitSettings,
) -> list[DueHousehold]:
    in_care: defaultdict[str, list[Record]] = defaultdict(list)
    homeless: defaultdict[str, list[Record]] = defaultdict(list)
    for record in care:
        resident = record.fields.get("resident", "")
        if home := lives_in.get(resident):
            in_care[home].append(record)
        else:
            homeless[resident].append(record)
    promised: defaultdict[str, list[Record]] = defaultdict(list)
    for record in promises:
        promised[record.fields["household"]].append(record)
    found = [_household(home, in_care[home], promised[home], visits.get(home), settings) for home in {**in_care, **promised}]
    for resident, records in homeless.items():
        if alone := _household("", records, [], None, settings):
            found.append(replace(alone, resident=resident))
    return sorted((one for one in found if one), key=lambda one: (one.on, one.household, one.resident))


def _household(
    home: str, care: list[Record], promised: list[Record], last: date | None, settings: VisitSettings
) -> DueHousehold | None:
    days = [day for record in promised if (day := _day(record.fields.get("due_on")))]
    for record in care:
        state = CareState(
            care_kind=record.fields.get("care_kind", ""),
            risk=record.fields.get("risk"),
            opened_on=_day(record.fields.get("opened_on")) or day_made(record.id),
            special_hardship=bool(record.fields.get("special_hardship")),
            last_visit_on=last,
        )
        if day := due_on(state, settings):
            days.append(day)
    if not days:
        return None
    return DueHousehold(home, min(days), last, tuple(record.id for record in care), tuple(record.id for record in promised))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
