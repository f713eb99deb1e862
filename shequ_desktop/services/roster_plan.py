"""Plans an import from start to end (导入方案): matches every row, works it through, counts. Pure but for what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shequ_desktop.rosters.people import NO_NAME, PaperList
from shequ_desktop.services.roster_desk import AREA_UNKNOWN, Ask, Desk
from shequ_desktop.services.roster_homes import Homes
from shequ_desktop.services.roster_households import Places, settle_home
from shequ_desktop.services.roster_known import Known
from shequ_desktop.services.roster_matching import Newcomers, Person, match_by_number, person_of
from shequ_desktop.services.roster_memory import Remembered, matched, packed, recall
from shequ_desktop.services.roster_residents import Columns, settle_person
from shequ_desktop.storage.reading import Reader

ADDED, MATCHED, ASKED, REFUSED, AREA = "added", "matched", "asked", "refused", "area"
"""What became of a row. `area`: not the row is asked but the spelling of a place in it."""

_BETWEEN_LOOKS = 500
"""Rows after which progress is told and a wish to stop is heard."""


class CancelledError(Exception):
    """The person at the keyboard stopped the import; nothing was written."""


@dataclass(frozen=True, slots=True)
class RowNamed:
    """A row that a person should look at. `row` counts from 1 as in the file; `field`: wire name; `value`: as on paper."""

    sheet: str
    row: int
    state: str
    reason: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`wanted`: kind -> record -> fields; `memory`: source -> what the list is remembered by from now on.

    `became`: what becomes of each person of each list, in their order.
    """

    counts: Mapping[str, int]
    named: tuple[RowNamed, ...]
    wanted: Mapping[str, Mapping[str, Mapping[str, Any]]]
    memory: Mapping[str, bytes] = field(repr=False)
    became: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an import was asked for. `area`: of rows that tell none. `as_of`: None where the list's head says it."""

    area: str
    as_of: date | None
    today: date
    new_id: Callable[[], str]
    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]

    def look_up(self, done: int, total: int) -> None:
        """Tell how far it is. Raises CancelledError."""
        if self.cancelled():
            raise CancelledError
        self.progress(done, total)


def plan_import(lists: Sequence[PaperList], reader: Reader, wish: Wish) -> Plan:
    """What an import of these lists would save, ask and refuse."""
    known = Known(reader)
    people, left = _people_of(lists, reader)
    match_by_number(people, known)
    nameless = [person for person in people if not (person.row.name or person.resident)]
    people = [person for person in people if person.row.name or person.resident]
    homes = Homes(people, known, wish.new_id)
    newcomers = Newcomers(known, wish.today, wish.new_id)
    newcomers.take(people, homes.there)
    _load(people, known, homes)
    desks = _work_through(lists, people, known, homes, wish)
    return _close(lists, people, left, desks, nameless)


def _people_of(lists: Sequence[PaperList], reader: Reader) -> tuple[list[Person], dict[str, list[Remembered]]]:
    """(every row as a person with what it said last time, rows of each source that are not in the lists this time)."""
    people: list[Person] = []
    left: dict[str, list[Remembered]] = {}
    for at, paper in enumerate(lists):
        before = left[paper.source] if paper.source in left else recall(reader, paper.source)
        found, left[paper.source] = matched(paper.people, before)
        people += [person_of(at, row, was) for row, was in zip(paper.people, found, strict=True)]
    return people, left


def _load(people: list[Person], known: Known, homes: Homes) -> None:
    changed = [person for person in people if not _says_the_same(person)]
    residents = {person.resident for person in changed}
    known.load("resident", residents & known.people.keys())
    known.load("household", {home for person in changed if (home := homes.there(person))})
    members = {resident: known.homes[resident] for resident in residents if resident in known.homes}
    known.load("membership", {member.id for listed in members.values() for member in listed})
    known.load("care_record", {care.id for resident in residents if resident in known.care for care in known.care[resident]})


def _says_the_same(person: Person) -> bool:
    was, row = person.was, person.row
    return was is not None and was.cells == row.cells and was.household_key == (row.household.key if row.household else "")


def _work_through(lists: Sequence[PaperList], people: list[Person], known: Known, homes: Homes, wish: Wish) -> list[Desk]:
    """One desk a list, for each may describe another day; what one has put down the next one sees."""
    desks: list[Desk] = []
    columns: list[Columns] = []
    places = Places(wish.area)
    for paper in lists:
        as_of = min(wish.as_of or paper.as_of or wish.today, wish.today)
        desks.append(Desk(known, as_of=as_of, today=wish.today, new_id=wish.new_id, before=desks[-1] if desks else None))
        columns.append(Columns.of({target: paper.heading.labels[at] for target, at in paper.heading.columns.items()}))
    for done, person in enumerate(people):
        if done % _BETWEEN_LOOKS == 0:
            wish.look_up(done, len(people))
        if _says_the_same(person):
            person.household = person.was.household if person.was else ""
            continue
        settle_person(desks[person.sheet], person, columns[person.sheet])
        settle_home(desks[person.sheet], person, homes, places)
    return desks


def _close(
    lists: Sequence[PaperList],
    people: list[Person],
    left: dict[str, list[Remembered]],
    desks: list[Desk],
    nameless: list[Person],
) -> Plan:
    """`nameless`: rows with a number that nobody known has, and no name."""
    asks = [ask for desk in desks for ask in desk.asks]
    asked = {id(ask.person) for ask in asks if ask.reason != AREA_UNKNOWN}
    counts = dict.fromkeys(("rows", ADDED, MATCHED, ASKED, REFUSED), 0)
    counts[REFUSED] = sum(len(paper.refused) for paper in lists)
    counts["rows"] = counts[REFUSED] + len(people) + len(nameless)
    nobody = {id(person) for person in nameless}
    brought: set[str] = set()
    became: list[str] = []
    for person in sorted([*people, *nameless], key=lambda each: (each.sheet, each.row.row)):
        if id(person) in nobody:
            became.append(REFUSED)
            counts[REFUSED] += 1
            continue
        is_first = person.is_new and person.resident not in brought
        brought.add(person.resident)
        became.append(ASKED if id(person) in asked else ADDED if is_first else MATCHED)
        counts[became[-1]] += 1
    for desk in desks:
        desk.questions()
    wanted = desks[0].wanted if desks else {}
    return Plan(counts, _named(lists, asks, nameless), wanted, _memory(lists, people, left, desks), tuple(became))


def _named(lists: Sequence[PaperList], asks: list[Ask], nameless: list[Person]) -> tuple[RowNamed, ...]:
    named = [
        RowNamed(
            lists[ask.person.sheet].sheet.name,
            ask.person.row.row,
            AREA if ask.reason == AREA_UNKNOWN else ASKED,
            ask.reason,
            ask.field,
            ask.value,
        )
        for ask in asks
    ]
    refused = [(paper.sheet.name, row.row, row.reason) for paper in lists for row in paper.refused]
    refused += [(lists[person.sheet].sheet.name, person.row.row, NO_NAME) for person in nameless]
    named += [RowNamed(sheet, row, REFUSED, reason, "", "") for sheet, row, reason in refused]
    order = {paper.sheet.name: at for at, paper in enumerate(lists)}
    return tuple(sorted(named, key=lambda each: (order[each.sheet], each.row, each.state)))


def _memory(
    lists: Sequence[PaperList], people: list[Person], left: dict[str, list[Remembered]], desks: list[Desk]
) -> dict[str, bytes]:
    kept = {source: list(rows) for source, rows in left.items()}
    changed = dict.fromkeys(kept, False)
    for person in people:
        source, row = lists[person.sheet].source, person.row
        key = row.household.key if row.household else ""
        day = desks[person.sheet].as_of.isoformat()
        if person.was:
            day = max(day, person.was.as_of)
        now = Remembered(row.was_row, row.name, key, person.resident, person.household, day, row.cells)
        kept[source].append(now)
        changed[source] = changed[source] or now != person.was
    return {source: packed(rows) for source, rows in kept.items() if changed[source]}
