"""A row's household on the desk: number, address, area, and who belongs to it (表中家庭)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from shequ_desktop.domain.areas import GACHA, areas
from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.rosters.people import same_house
from shequ_desktop.services.roster_desk import AREA_UNKNOWN, LATER, Desk
from shequ_desktop.services.roster_homes import Homes, same_family
from shequ_desktop.services.roster_known import Membership
from shequ_desktop.services.roster_matching import Person
from shequ_desktop.services.roster_residents import changed_cells
from shequ_desktop.services.roster_values import SILENT, Told, told

NUMBER, ADDRESS, RELATION = "household.number", "household.address", "membership.relation"
PLAIN = ("household.village_group", "household.order_number", "household.landmark")
"""What a list says of the household itself, as it stands."""
_AREA_COLUMNS = ("area.banner", "area.sumu", "area.gacha")
_BEFORE_FIGURES = re.compile(r"[^0-9\uff10-\uff19\n]*")
_HEAD = HEAD_RELATIONS[1]


class Places:
    """Tells the area of a household: from a column, else from the front of its address, else the one it was given."""

    def __init__(self, given: str) -> None:
        self._given = given
        self._find = functools.lru_cache(maxsize=32_768)(self._find_by_front)

    def of(self, cells: Mapping[str, str]) -> tuple[str, str]:
        """(area, words that could not be told, as they stand)."""
        named = "".join(cells.get(column, "") for column in _AREA_COLUMNS)
        address = cells.get(ADDRESS, "")
        if named:
            found = areas().by_words(named, under=self._given) or self._find(named)[0]
            return self._told(found, named)
        front = _BEFORE_FIGURES.match(address)
        words = front[0].strip() if front else ""
        return self._told(*self._find(words)) if words else (self._given, "")

    def _told(self, found: str, words: str) -> tuple[str, str]:
        """What was given is taken where it lies in what was found; a place above the gacha leaves its words open."""
        if self._given.startswith(found) and len(self._given) >= GACHA:
            return self._given, ""
        if self._given.startswith(found):
            found = self._given
        return found, "" if len(found) >= GACHA else words

    def _find_by_front(self, front: str) -> tuple[str, str]:
        match = areas().find_in_address(front, under=self._given)
        return (match.code if match else ""), front


def settle_home(desk: Desk, person: Person, homes: Homes, places: Places) -> None:
    """Work through what a row says of its household and of belonging to it."""
    household = person.row.household
    if household is None or person.gone:
        return
    cells = changed_cells(person)
    record = homes.of(person)
    before = person.was.household if person.was else ""
    if before:
        person.household = before
        if before in desk.known.houses:
            _settle_again(desk, person, record, cells, places)
    elif record and _belongs(desk, person, record):
        person.household = record
        _settle_cells(desk, person, record, cells, places)


def _settle_again(desk: Desk, person: Person, record: str, cells: Mapping[str, str], places: Places) -> None:
    """A row that stood in a household last time: in the same one, or now in another."""
    was, household = person.was, person.row.household
    if was and household and record != was.household and not same_family(was.household_key, household.key):
        _ask_where(desk, person, record)
    elif was:
        _settle_cells(desk, person, was.household, cells, places)
        _settle_relation(desk, person, was.household, cells)


def _belongs(desk: Desk, person: Person, record: str) -> bool:
    """Whether the resident lives there as far as the archive says, or may be put there; else a person is asked."""
    known = desk.known
    here = [member for member in known.homes[person.resident] if member.household == record]
    if here:
        _settle_known_relation(desk, person, here[0])
        return True
    day = desk.as_of.isoformat()
    later = any(member.until > day for member in known.left[person.resident])
    if known.homes[person.resident] or later:
        _ask_where(desk, person, record, LATER if later else "lives_elsewhere")
        return False
    _join(desk, person, record)
    return True


def _join(desk: Desk, person: Person, record: str) -> None:
    membership = desk.new_id()
    fields = {"household": record, "resident": person.resident}
    said = _relation(desk, person)
    if code := said.fields.get("relation"):
        fields["relation"] = code
    desk.create("membership", membership, fields)
    desk.known.homes[person.resident].append(Membership(membership, record, person.resident, code or "", ""))
    if said.problem:
        desk.ask(person, "membership", membership, "relation", person.row.cells[RELATION], said.problem)


def _relation(desk: Desk, person: Person) -> Told:
    text = person.row.cells.get(RELATION, "")
    if text:
        return told(RELATION, text, "", desk.today)
    return Told({"relation": _HEAD}) if person.row.heads else SILENT


def _settle_known_relation(desk: Desk, person: Person, member: Membership) -> None:
    said = _relation(desk, person)
    text = person.row.cells.get(RELATION, "")
    if said.problem:
        desk.ask(person, "membership", member.id, "relation", text, said.problem)
    elif said.fields and not _both_head(said, member.relation):
        desk.settle(person, "membership", member.id, RELATION, said, label="", text=text)


def _both_head(said: Told, relation: str) -> bool:
    return said.fields["relation"] in HEAD_RELATIONS and relation in HEAD_RELATIONS


def _settle_relation(desk: Desk, person: Person, record: str, cells: Mapping[str, str]) -> None:
    if RELATION not in cells:
        return
    for member in desk.known.homes[person.resident]:
        if member.household == record:
            _settle_known_relation(desk, person, member)
            return
    desk.ask(person, "resident", person.resident, "relation", cells[RELATION], "lives_elsewhere")


def _ask_where(desk: Desk, person: Person, record: str, reason: str = "lives_elsewhere") -> None:
    """The list puts a resident into another household than the archive."""
    row = person.row
    household = row.household
    address = row.cells.get(ADDRESS) or desk.now(record).get("address") or ""
    value = (household and (household.number or household.head_id or household.head_name)) or address
    homes = desk.known.homes[person.resident] or desk.known.left[person.resident]
    if homes:
        desk.ask(person, "membership", homes[0].id, "household", value, reason)
    else:
        desk.ask(person, "resident", person.resident, "household", value, reason)


def _settle_cells(desk: Desk, person: Person, record: str, cells: Mapping[str, str], places: Places) -> None:
    household = person.row.household
    is_new = record not in desk.known.houses
    if is_new and _says_nothing_new(desk.now(record), cells):
        return
    if is_new and not desk.now(record):
        desk.create("household", record, {"number": household.number} if household and household.number else {})
    number = cells.get(NUMBER, "")
    if number and household and household.number == number:
        _settle(desk, person, record, NUMBER, number)
    for target in PLAIN:
        if target in cells:
            _settle(desk, person, record, target, cells[target])
    _settle_address(desk, person, record, cells, places)


def _says_nothing_new(now: Mapping[str, Any], cells: Mapping[str, str]) -> bool:
    """Most rows of a family repeat what its first row said."""
    placed = bool(now.get("area") or now.get("area_words"))
    same = cells.get(ADDRESS, "") in ("", now.get("address")) and cells.get(NUMBER, "") in ("", now.get("number"))
    return placed and same and not any(target in cells for target in PLAIN)


def _settle(desk: Desk, person: Person, record: str, target: str, text: str) -> None:
    desk.settle(person, "household", record, target, told(target, text, "", desk.today), label="", text=text)


def _settle_address(desk: Desk, person: Person, record: str, cells: Mapping[str, str], places: Places) -> None:
    text = cells.get(ADDRESS, "")
    before = desk.now(record).get("address")
    is_new = record not in desk.known.houses
    if text and not (is_new and before and same_house(before, text)):
        _settle(desk, person, record, ADDRESS, text)
    now = desk.now(record)
    written = now.get("address") != before
    unplaced = not (now.get("area") or now.get("area_words"))
    told_here = is_new or bool(text) or any(column in cells for column in _AREA_COLUMNS)
    if written or (unplaced and told_here and text in ("", now.get("address"))):
        _place(desk, person, record, places)


def _place(desk: Desk, person: Person, record: str, places: Places) -> None:
    """Give the household its area. Words that name none are asked once for each spelling, whoever lives there."""
    area, words = places.of(person.row.cells)
    now = desk.now(record)
    if (area, words) != (now.get("area", ""), now.get("area_words", "")):
        desk.save("household", record, {"area": area or None, "area_words": words or None})
    if words and words not in desk.known.spellings:
        desk.known.spellings.add(words)
        desk.ask(person, "household", record, "area", words, AREA_UNKNOWN)
