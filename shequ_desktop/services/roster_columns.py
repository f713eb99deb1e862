"""What the columns of a list mean (对列): seen, matched otherwise by a person, remembered for the next list of that kind."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

from shequ_desktop.domain.identity import IdNumber, read_id_number
from shequ_desktop.domain.masking import masked_id, masked_phone
from shequ_desktop.domain.phones import read_phones
from shequ_desktop.rosters.cells import text_of
from shequ_desktop.rosters.columns import PERSON, plain_heading, targets, targets_of
from shequ_desktop.rosters.people import PaperList
from shequ_desktop.storage import roster_memory
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.meta import Connection

SURE, LIKELY, CHOSEN, OPEN = "sure", "likely", "chosen", "open"
"""How certain the meaning of a column is: its own words say it, they nearly do, a person chose it, nobody knows."""

IGNORED = "ignored"
_EXAMPLES, _LOOKED_AT = 2, 40
_MEMORY = "columns"
"""Under this name the list memory keeps it; names of lists are figures."""


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column of a list. `target`: what it fills; empty where it is passed over. `examples`: masked where they must be."""

    at: int
    label: str
    examples: tuple[str, ...]
    target: str
    sure: str


@dataclass(frozen=True, slots=True)
class ListSeen:
    """One list of a file. `first`, `last`: rows of its heading, counted from 1."""

    sheet: str
    source: str
    first: int
    last: int
    rows: int
    households: int
    columns: tuple[ColumnSeen, ...]

    @property
    def names_people(self) -> bool:
        """Whether a column says who somebody is; without one no row can be taken in."""
        return any(column.target in PERSON for column in self.columns)


@functools.cache
def choices() -> tuple[str, ...]:
    """Everything a column may be matched to, in the order of the village roster."""
    found = dict.fromkeys(target for meant in targets().values() for target in meant)
    return tuple(target for target in found if target != IGNORED)


def seen(paper: PaperList, said: Mapping[int, str]) -> ListSeen:
    """The list as a person sees it before it is taken in. `said`: columns that somebody matched."""
    heading = paper.heading
    filled = {at: target for target, at in heading.columns.items()}
    added = {heading.reason, heading.row_number}
    columns = tuple(
        ColumnSeen(at, label, _examples(paper, at), filled.get(at, ""), _certainty(at, label, filled.get(at, ""), paper, said))
        for at, label in enumerate(heading.labels)
        if label and at not in added
    )
    homes = {row.household.key for row in paper.people if row.household}
    rows = len(paper.people) + len(paper.refused)
    return ListSeen(paper.sheet.name, paper.source, heading.first + 1, heading.last + 1, rows, len(homes), columns)


def _certainty(at: int, label: str, target: str, paper: PaperList, said: Mapping[int, str]) -> str:
    if at in said:
        return CHOSEN
    if not target:
        return OPEN if at in paper.heading.unread else SURE
    return SURE if targets().get(plain_heading(label), ("",))[0] == target or len(targets_of(label)) == 1 else LIKELY


def _examples(paper: PaperList, at: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in paper.sheet.rows[paper.heading.last + 1 : paper.heading.last + 1 + _LOOKED_AT]:
        text = text_of(row[at]).strip() if at < len(row) else ""
        if text:
            found[_masked(text)] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def _masked(text: str) -> str:
    """Numbers of documents and telephones are shown in part, as everywhere."""
    if isinstance(read := read_id_number(text), IdNumber):
        return masked_id(read.value)
    good, _ = read_phones(text) if sum(letter.isdigit() for letter in text) >= 7 else ([], [])
    return masked_phone(good[0]) if good else text


def recall_all(connection: Connection) -> dict[str, dict[int, str]]:
    """{source: {column: target}} as a person matched them."""
    kept = roster_memory.recall(connection, _MEMORY)
    return {source: {int(at): str(target) for at, target in said.items()} for source, said in json.loads(kept or "{}").items()}


def remember(connection: Connection, source: str, said: Mapping[int, str]) -> None:
    """Match the columns of lists with this heading like this from now on."""
    told = recall_all(connection) | {source: dict(said)}
    written = {each: {str(at): target for at, target in columns.items()} for each, columns in told.items() if columns}
    roster_memory.keep(connection, _MEMORY, json.dumps(written).encode())


def keep(archive: Archive, said: Mapping[str, Mapping[int, str]]) -> None:
    """Remember how somebody matched columns, also before the list is taken in."""
    with archive.engine.begin() as connection:
        for source, columns in said.items():
            remember(connection, source, columns)
