"""What a list said last time, row by row (名册记忆): a cell that says it again asks nothing and changes nothing.

Owns how that is packed. Must not know what cells mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from shequ_desktop.domain.identity import is_placeholder, match_key
from shequ_desktop.rosters.people import PaperRow
from shequ_desktop.storage import roster_memory
from shequ_desktop.storage.packing import pack_value, unpack_value
from shequ_desktop.storage.reading import Reader

VERSION = 1
_CELLS = 6
"""Place of the cells in what is remembered of a row."""


class Remembered(NamedTuple):
    """One row as it stood. `resident`, `household`: records it went to. `as_of`: the day it described (ISO 8601)."""

    row: int
    name: str
    household_key: str
    resident: str
    household: str
    as_of: str
    cells: Mapping[str, str]


def recall(reader: Reader, source: str) -> list[Remembered]:
    """The rows of this list as they were taken in last."""
    return unpacked(roster_memory.recall(reader.connection, source))


def packed(rows: Sequence[Remembered]) -> bytes:
    """The rows in one piece, column by column: that is small, and quick to make."""
    targets = list(dict.fromkeys(target for row in rows for target in row.cells))
    told = [[row[at] for row in rows] for at in range(_CELLS)]
    texts = [[row.cells.get(target) for row in rows] for target in targets]
    return bytes(pack_value((VERSION, targets, told, texts)))


def unpacked(content: bytes) -> list[Remembered]:
    if not content:
        return []
    version, targets, told, texts = unpack_value(content)
    if version != VERSION:
        return []
    rows = zip(*told, zip(*texts, strict=True) if texts else iter(lambda: (), None), strict=False)
    return [
        Remembered._make([*row[:_CELLS], {t: text for t, text in zip(targets, row[_CELLS], strict=True) if text is not None}])
        for row in rows
    ]


def matched(rows: Sequence[PaperRow], before: Sequence[Remembered]) -> tuple[list[Remembered | None], list[Remembered]]:
    """(for each row the one that stood for the same person last time, rows that the list does not hold this time).

    All rows are tried by the surest sign first, so that no row takes by a weak sign what belongs to another.
    """
    found: list[Remembered | None] = [None] * len(rows)
    left = dict(enumerate(before))
    for sign in _SIGNS:
        open_rows = [at for at, taken in enumerate(found) if taken is None]
        if not left or not open_rows:
            break
        by: dict[object, list[int]] = {}
        for at in sorted(left, reverse=True):
            if key := sign(left[at].row, left[at].name, left[at].household_key, _number(left[at].cells)):
                by.setdefault(key, []).append(at)
        for at in open_rows:
            row = rows[at]
            key = sign(row.was_row, row.name, row.household.key if row.household else "", _number(row.cells))
            if key and (candidates := by.get(key)):
                found[at] = left.pop(candidates.pop())
    return found, list(left.values())


def _number(cells: Mapping[str, str]) -> str:
    text = cells.get("resident.id_number", "")
    return match_key(text) if text and not is_placeholder(text) else ""


_SIGNS: tuple[Callable[[int, str, str, str], object], ...] = (
    lambda row, name, home, number: (row, name, home, number),
    lambda row, name, home, number: number and (name, home, number),
    lambda row, name, home, number: number and (name, number),
    lambda row, name, home, number: number,
    lambda row, name, home, number: home and (row, name, home),
    lambda row, name, home, number: home and (name, home),
    lambda row, name, home, number: (row, name),
)
"""What a row can be known by, the surest first: number, name in the household, place in the list. A sign may be missing."""
