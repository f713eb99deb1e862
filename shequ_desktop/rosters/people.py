"""Rows of a list as people: who stands in each, in whose household. Knows the paper only, no archive.

A household may be told by its number, by its head's identity number, by its head's name, or by rows that follow a head.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shequ_desktop.domain import codes
from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.domain.identity import IdNumber, is_placeholder, match_key, read_id_number
from shequ_desktop.domain.names import name_problem, read_name
from shequ_desktop.rosters.cells import text_of
from shequ_desktop.rosters.columns import PERSON
from shequ_desktop.rosters.headings import Heading, day_of, find_heading, matched_otherwise
from shequ_desktop.rosters.reading import read_roster_file
from shequ_desktop.rosters.sheets import Cell, FileProblem, Sheet

NOT_A_PERSON, NO_NAME = "not_a_person", "no_name"
_DIGITS = re.compile(r"\d+")


class PaperHousehold(NamedTuple):
    """A household as a list tells it. `key` is the same wherever the same list tells of it.

    `certain`: told by number, head or block; else by nothing but an address, which says little about who belongs together.
    """

    key: str
    number: str = ""
    head_id: str = ""
    head_name: str = ""
    certain: bool = True


class PaperRow(NamedTuple):
    """One person on one row. `cells`: target -> text, without empty ones. `row` counts from 1, as spreadsheets do.

    `was_row`: its number in the list that a report was made from. `heads`: this person heads the household.
    """

    row: int
    name: str
    cells: Mapping[str, str]
    household: PaperHousehold | None
    heads: bool
    was_row: int


class RefusedRow(NamedTuple):
    """A row from which no person can be told."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class PaperList:
    """One sheet: its people, the rows refused, and what the rows above its heading say.

    `source` names the list by its title and heading, whatever the file is called, so that its report and its corrected
    copy are known again. `as_of`: the day it describes, where its head says so.
    """

    sheet: Sheet
    heading: Heading
    source: str
    as_of: date | None
    people: tuple[PaperRow, ...]
    refused: tuple[RefusedRow, ...]


Columns = Callable[[str], Mapping[int, str]]
"""source of a list -> {column: target}: what somebody said that columns mean; an empty target: the column is passed over."""


def read_lists(path: Path, *, today: date, columns: Columns = lambda source: {}) -> tuple[PaperList, ...] | FileProblem:
    """Every list of people in a file."""
    file = read_roster_file(path)
    if isinstance(file, FileProblem):
        return file
    headed = [(sheet, heading) for sheet in file.sheets if (heading := find_heading(sheet))]
    if not headed:
        return FileProblem("roster_no_heading")
    return tuple(_read_list(sheet, heading, today, columns) for sheet, heading in headed)


def _read_list(sheet: Sheet, heading: Heading, today: date, columns_said: Columns) -> PaperList:
    source = _source(sheet, heading)
    heading = matched_otherwise(heading, columns_said(source))
    people: list[PaperRow] = []
    refused: list[RefusedRow] = []
    households = _Households(sheet, heading)
    columns = list(heading.columns.items())
    for index in range(heading.last + 1, len(sheet.rows)):
        row = sheet.rows[index]
        width = len(row)
        cells = {target: text for target, at in columns if at < width and (cell := row[at]) != "" and (text := text_of(cell))}
        if not cells and not any(text_of(cell) for cell in row):
            continue
        name, reason = _who(cells)
        if reason or _repeats_heading(row, heading, name):
            refused.append(RefusedRow(index + 1, _why(reason, cells, row)))
            continue
        household, heads = households.of(index, name, cells)
        people.append(PaperRow(index + 1, name, cells, household, heads, _was_row(row, heading) or index + 1))
    return PaperList(sheet, heading, source, day_of(sheet, heading, today=today), tuple(people), tuple(refused))


def _who(cells: Mapping[str, str]) -> tuple[str, str]:
    """(name, key of why nobody can be told from it). Lists of heads have the name in the head's column."""
    told = cells.get("resident.name") or cells.get("head.name", "")
    problem = name_problem(told)
    if problem in (None, "name_formula"):
        return (told if problem else read_name(told)), ""
    if problem in ("name_heading", "name_total"):
        return "", NOT_A_PERSON
    known_by_number = isinstance(read_id_number(cells.get("resident.id_number", "")), IdNumber)
    return "", "" if known_by_number or "record.id" in cells else NO_NAME


def _why(reason: str, cells: Mapping[str, str], row: list[Cell]) -> str:
    first = next((text for cell in row if (text := text_of(cell))), "")
    total = name_problem(first) in ("name_total", "name_heading")
    return NOT_A_PERSON if reason != NO_NAME or total or len(cells) <= 1 else NO_NAME


def _repeats_heading(row: list[Cell], heading: Heading, name: str) -> bool:
    if not any(at >= 0 and heading.labels[at].endswith(name) for at in (heading.columns.get(target, -1) for target in PERSON)):
        return False
    said = [(text_of(cell), label) for cell, label in zip(row, heading.labels, strict=False) if cell not in ("", None)]
    same = sum(1 for text, label in said if text and label.endswith(text))
    return same > 1 and same * 2 >= len(said)


def _was_row(row: list[Cell], heading: Heading) -> int:
    at = heading.row_number
    text = text_of(row[at]) if 0 <= at < len(row) else ""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _source(sheet: Sheet, heading: Heading) -> str:
    """Title and heading without figures: next year's list of the same village is the same list."""
    added = (heading.reason, heading.row_number)
    labels = [label for at, label in enumerate(heading.labels) if label and at not in added]
    title = [text_of(cell) for row in sheet.rows[: heading.first] for cell in row]
    words = "\n".join([_DIGITS.sub("", "".join(title)), *labels])
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


class _Households:
    """Follows a sheet from row to row and says in whose household each person stands."""

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        columns = heading.columns
        told_by = ("household.number", "head.id_number", "head.name")
        self.by_columns = any(target in columns for target in told_by)
        self.by_relation = "membership.relation" in columns
        self.merged = self._merged_starts(sheet, [columns[target] for target in told_by if target in columns])
        self.current: PaperHousehold | None = None
        self.head_seen = ""
        self.named: dict[str, int] = {}
        self.houses: dict[str, str] = {}

    @staticmethod
    def _merged_starts(sheet: Sheet, columns: list[int]) -> dict[int, int]:
        """Row inside merged cells of a household -> row where they begin."""
        inside: dict[int, int] = {}
        for first_row, first, last_row, last in sheet.merged:
            if any(first <= column <= last for column in columns):
                inside.update((row, first_row) for row in range(first_row, min(last_row, len(sheet.rows)) + 1))
        return inside

    def of(self, index: int, name: str, cells: Mapping[str, str]) -> tuple[PaperHousehold | None, bool]:
        """(household, whether this person heads it)."""
        relation = cells.get("membership.relation", "")
        says_head = codes.match("relation_to_head", relation) in HEAD_RELATIONS if relation else False
        number = cells.get("household.number", "")
        number = "" if is_placeholder(number) else number
        head_id, head_name = cells.get("head.id_number", ""), cells.get("head.name", "")
        if self.by_columns and (number or head_id or head_name):
            opened = self._open(number, head_id, read_name(head_name), says_head, name)
        elif self.by_columns and self.current and (self._inside(index) or not says_head or name == self.head_seen):
            opened = False
        elif self.by_relation and (says_head or not relation):
            own = match_key(cells.get("resident.id_number", ""))
            opened = self._start(f"block:{name}:{own}", PaperHousehold("", head_name=name))
        elif not self.by_relation and not self.by_columns:
            return self._by_address(index, cells.get("household.address", "")), False
        else:
            opened = False
        if self.current is None:
            return self._by_address(index, cells.get("household.address", "")), False
        heads = says_head or self._is_head(name, cells, first=opened and not relation)
        self.head_seen = name if heads else self.head_seen
        return self._at_address(cells.get("household.address", ""), self.current), heads

    def _open(self, number: str, head_id: str, head_name: str, says_head: bool, name: str) -> bool:
        """True where this row is the first of its household."""
        valid_id = match_key(head_id) if isinstance(read_id_number(head_id), IdNumber) else ""
        if number:
            return self._start(f"number:{number}", PaperHousehold("", number, valid_id, head_name))
        if valid_id:
            return self._start(f"head:{valid_id}", PaperHousehold("", "", valid_id, head_name))
        told = head_name or head_id
        another_head = says_head and self.head_seen not in ("", name)
        if self.current is not None and self.current.key.endswith(f":{told}") and not another_head:
            return False
        return self._start(f"named:{self._time_of(told)}:{told}", PaperHousehold("", "", "", head_name))

    def _start(self, key: str, told: PaperHousehold) -> bool:
        if self.current is not None and self.current.key == key:
            return False
        self.current, self.head_seen = told._replace(key=key), ""
        return True

    def _time_of(self, head: str) -> int:
        """Two families may have heads of one name: this is the first, the second ... of that name."""
        self.named[head] = self.named.get(head, 0) + 1
        return self.named[head]

    def _inside(self, index: int) -> bool:
        return self.merged.get(index, index) < index

    def _is_head(self, name: str, cells: Mapping[str, str], *, first: bool) -> bool:
        """Without a word about it: the first row of a family, or the one whose number or name is the head's."""
        household = self.current
        if household is None or "membership.relation" in cells:
            return False
        own = cells.get("resident.id_number", "")
        if household.head_id:
            return bool(own) and match_key(own) == household.head_id
        if household.head_name:
            return household.head_name == name and not self.head_seen
        return first and self.by_relation

    def _at_address(self, address: str, household: PaperHousehold) -> PaperHousehold:
        """Who is told to live in another house than the first of the family forms a household there."""
        if not address:
            return household
        first = self.houses.setdefault(household.key, address)
        if same_house(first, address):
            return household
        return household._replace(key=f"{household.key}@{_plain(address)}", number="", head_id="", head_name="")

    def _by_address(self, index: int, address: str) -> PaperHousehold | None:
        if not address:
            return None
        plain = _plain(address)
        alone = "" if _DIGITS.search(plain) else f":{index}"  # without a house number many live at one address
        return PaperHousehold(f"address:{plain}{alone}", certain=False)


def _plain(address: str) -> str:
    return "".join(unicodedata.normalize("NFKC", address).split())


def same_house(one: str, other: str) -> bool:
    """Whether two spellings mean one house: equal but for blanks and width, or with the same house numbers in them."""
    if one == other:
        return True
    one, other = _plain(one), _plain(other)
    return one == other or (bool(numbers := _DIGITS.findall(one)) and numbers == _DIGITS.findall(other))
