"""What the day asks for (今日): whom to visit, what was promised. What waits for a decision is in `deciding`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import homes, outlook
from shequ_desktop.services.listing import by_sound, urgency
from shequ_desktop.services.outlook import OpenCare, Outlook, Promise
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record

NEW_DAYS = 14
"""Somebody listed this many days ago, and not visited yet, is new rather than overdue."""
AHEAD_DAYS = 7
"""Promises of the coming days are shown; later ones wait."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A household whose visit is due, named by who needs it most; `household` is empty where none is known.

    `others`: further people of the household in care. `promised`: what was promised first and is not done.
    """

    household: str
    resident: str
    name: str
    sex: str
    birth: str
    care: tuple[OpenCare, ...]
    others: int
    risk: str
    due: date
    interval: int
    last_visit: date | None
    opened_on: date | None
    promised: str
    order_number: str
    landmark: str
    village_group: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """Something promised. `name`: of the head of the household."""

    promise: Promise
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """The day's lists, the most urgent first. `listed`: how many were newly listed."""

    overdue: tuple[DueRow, ...] = ()
    due: tuple[DueRow, ...] = ()
    newly: tuple[DueRow, ...] = ()
    promises: tuple[PromiseRow, ...] = ()
    households: int = 0


def count(archive: Archive, today: date) -> int:
    """Households to visit today, those newly listed left out."""
    with archive.read() as reader:
        groups = _grouped(outlook.whole(reader), today)
    return len(groups["overdue"]) + len(groups["due"])


def day(archive: Archive, *, on: date) -> Day:
    """The whole day."""
    with archive.read() as reader:
        found = outlook.whole(reader)
        groups = _grouped(found, on)
        told = _Told(reader, found, [key for keys in groups.values() for key in keys], on)
        promises = [one for one in found.promises if one.due is None or one.due <= on + timedelta(days=AHEAD_DAYS)]
        names = {home: head.fields.get("name", "") for home, head in homes.heads(reader, {p.household for p in promises}).items()}
        households = reader.count("household")
    promises.sort(key=lambda one: (one.due or date.max, one.id))
    rows = {name: tuple(sorted((told.row(*key) for key in keys), key=_order(on))) for name, keys in groups.items()}
    return Day(**rows, promises=tuple(PromiseRow(one, names.get(one.household, "")) for one in promises), households=households)


def _order(on: date) -> Callable[[DueRow], Any]:
    return lambda row: (*urgency(row.due, row.risk, on), by_sound(row.name), row.household)


Key = tuple[str, str]
"""(household, resident): one of the two is empty."""


def _grouped(found: Outlook, on: date) -> dict[str, list[Key]]:
    """{overdue, due, newly: keys}"""
    groups: dict[str, list[Key]] = {"overdue": [], "due": [], "newly": []}
    for household in {**found.care_at, **found.promised_at}:
        _put(groups, (household, ""), found.due_at(household), _is_new(found, household, on), on)
    for one in found.care:
        if one.resident not in found.home_of:
            _put(groups, ("", one.resident), found.due_of(one), _newly_opened(one, on), on)
    return {name: list(dict.fromkeys(keys)) for name, keys in groups.items()}


def _put(groups: dict[str, list[Key]], key: Key, due: date | None, is_new: bool, on: date) -> None:
    if due is not None and due <= on:
        groups["newly" if is_new else "overdue" if due < on else "due"].append(key)


def _is_new(found: Outlook, household: str, on: date) -> bool:
    """Never visited, nothing promised, and all its care records are new."""
    care = found.care_at.get(household, ())
    if household in found.last_visit or found.promised_at.get(household) or not care:
        return False
    return all(_newly_opened(one, on) for one in care)


def _newly_opened(one: OpenCare, on: date) -> bool:
    return one.opened_on > on - timedelta(days=NEW_DAYS)


class _Told:
    """Makes rows of keys; reads the people and households concerned in one go."""

    def __init__(self, reader: Reader, found: Outlook, keys: list[Key], on: date) -> None:
        self._found, self._on = found, on
        self._first = {key: self._most_urgent(key) for key in keys}
        people = {one.resident for one in self._first.values() if one}
        self._people: Mapping[str, Record] = reader.records("resident", people)
        self._heads = homes.heads(reader, {home for (home, _), first in self._first.items() if home and not first})
        self._homes: Mapping[str, Record] = reader.records("household", {home for home, _ in keys if home})

    def _care(self, key: Key) -> list[OpenCare]:
        household, resident = key
        if household:
            return self._found.care_at.get(household, [])
        return [one for one in self._found.care if one.resident == resident]

    def _most_urgent(self, key: Key) -> OpenCare | None:
        def rank(one: OpenCare) -> tuple[int, str, int]:
            return urgency(self._found.due_of(one), one.risk, self._on)

        return min(self._care(key), key=rank, default=None)

    def row(self, household: str, resident: str) -> DueRow:
        key = (household, resident)
        care, first = self._care(key), self._first[key]
        head = self._heads.get(household)
        person = first.resident if first else (head.id if head else "")
        said = self._people[person].fields if person in self._people else (head.fields if head else {})
        home = self._homes[household].fields if household in self._homes else {}
        promised = self._found.promised_at.get(household, [])
        due = self._found.due_at(household) if household else first and self._found.due_of(first)
        force = in_force(said)
        return DueRow(
            household=household,
            resident=person,
            name=said.get("name", ""),
            sex=force.get("sex", ""),
            birth=force.get("birth_date", ""),
            care=tuple(one for one in care if one.resident == person),
            others=len({one.resident for one in care} - {person}),
            risk=first.risk if first else "",
            due=due or self._on,
            interval=self._found.interval_of(first) if first else 0,
            last_visit=self._found.last_visit.get(household),
            opened_on=max((one.opened_on for one in care), default=None),
            promised=promised[0].promised if promised else "",
            order_number=home.get("order_number", ""),
            landmark=home.get("landmark", ""),
            village_group=home.get("village_group", ""),
        )
