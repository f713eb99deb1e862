"""Finds the heading of a sheet: which rows it takes, what each column means, which day the list describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shequ_desktop.domain.dates import ToldDate, read_date
from shequ_desktop.rosters.columns import PERSON, plain_heading, targets_of, words
from shequ_desktop.rosters.sheets import Cell, Sheet

_SEARCHED_ROWS = 40
_DEEPEST = 3
_A_DAY = re.compile(r"\d{4}\s*[\u5e74./-]\s*\d{1,2}(?:\s*[\u6708./-]\s*(?:\d{1,2}\s*\u65e5?)?)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """`first`, `last`: rows of the heading, from 0. `labels`: one a column. `columns`: target -> column.

    `reason`, `row_number`: columns that a report of this program added (-1: none). `unread`: columns that mean nothing known.
    """

    first: int
    last: int
    labels: tuple[str, ...]
    columns: dict[str, int]
    unread: tuple[int, ...] = ()
    reason: int = -1
    row_number: int = -1


def find_heading(sheet: Sheet) -> Heading | None:
    """The heading that explains most columns; None where the sheet holds no list of people."""
    best: Heading | None = None
    for first in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        if not any(isinstance(cell, str) and cell.strip() for cell in sheet.rows[first]):
            continue
        for depth in range(1, _DEEPEST + 1):
            found = _try(sheet, first, depth)
            if found is None:
                break
            if best is None or _explains(found) > _explains(best):
                best = found
    return best if best and _is_list_of_people(sheet, best) else None


def matched_otherwise(heading: Heading, said: Mapping[int, str]) -> Heading:
    """The heading with columns as somebody matched them; a target that they gave to one column is taken from any other."""
    said = {at: target for at, target in said.items() if 0 <= at < len(heading.labels)}
    if not said:
        return heading
    given = {target: at for at, target in said.items() if target}
    columns = {target: at for target, at in heading.columns.items() if at not in said and target not in given} | given
    freed = [at for at in heading.columns.values() if at not in columns.values()]
    unread = tuple(sorted({*heading.unread, *freed} - set(said)))
    return replace(heading, columns=columns, unread=unread)


def _explains(heading: Heading) -> tuple[int, int]:
    """Known columns first; of two that know as many, the one of fewer rows: titles above are no part of it."""
    return len(heading.columns), heading.first - heading.last


def _is_list_of_people(sheet: Sheet, heading: Heading) -> bool:
    if not any(target in heading.columns for target in PERSON):
        return False
    known = len(heading.columns)
    return known >= 2 or sum(1 for label in heading.labels if label) == known


def _try(sheet: Sheet, first: int, depth: int) -> Heading | None:
    """The heading of `depth` rows from `first` on; None where its last row looks like a row of people."""
    rows = sheet.rows[first : first + depth]
    if len(rows) < depth or (depth > 1 and not _continues(sheet, first + depth - 1)):
        return None
    width = max(map(len, rows))
    levels = [_filled(sheet, first + n, width) for n in range(depth)]
    columns: dict[str, int] = {}
    labels: list[str] = []
    unread: list[int] = []
    reason = row_number = -1
    for column in range(width):
        said = list(dict.fromkeys(level[column] for level in levels if level[column]))
        labels.append("".join(said))
        plain = plain_heading(said[-1]) if said else ""
        if plain in words("reason"):
            reason = column
        elif plain in words("row_number"):
            row_number = column
        elif target := _meant(said, columns):
            columns.setdefault(target, column)
        elif said:
            unread.append(column)
    columns.pop("ignored", None)
    return Heading(first, first + depth - 1, tuple(labels), columns, tuple(unread), reason, row_number)


def _meant(said: list[str], taken: dict[str, int]) -> str:
    """The target of a column: by its own words with those above it, then by its own, then by those above."""
    if not said:
        return ""
    for spoken in ("".join(said), said[-1], said[0]):
        for target in targets_of(spoken):
            if target not in taken or target == "ignored":
                return target
    return ""


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether a row goes on with a heading: most of its words are headings themselves."""
    filled = [cell for cell in sheet.rows[row] if cell not in ("", None)]
    known = sum(1 for cell in filled if isinstance(cell, str) and targets_of(cell))
    return known * 2 >= len(filled) > 0


def _filled(sheet: Sheet, row: int, width: int) -> list[str]:
    """Words of a heading row; what stands in merged cells stands in all of them."""
    filled = [_word(cell) for cell in sheet.rows[row]]
    filled += [""] * (width - len(filled))
    for first_row, first, last_row, last in sheet.merged:
        if first_row <= row <= last_row and first < width:
            corner = sheet.rows[first_row]
            word = _word(corner[first]) if first < len(corner) else ""
            for column in range(first, min(last, width - 1) + 1):
                filled[column] = filled[column] or word
    return filled


def _word(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell)


def day_of(sheet: Sheet, heading: Heading, *, today: date) -> date | None:
    """The day the list describes, from the rows above its heading (填报日期：2026.3.1); never one to come."""
    for row in sheet.rows[: heading.first]:
        filled = [cell for cell in row if cell not in ("", None)]
        for cell, following in zip(filled, [*filled[1:], ""], strict=True):
            if isinstance(cell, str) and _speaks_of_day(plain_heading(cell)):
                day = _day_in(cell, today) or _day_in(following, today)
                if day:
                    return day
    return None


def _speaks_of_day(plain: str) -> bool:
    return plain in words("day_alone") or any(word in plain for word in words("day_of_list"))


def _day_in(cell: Cell, today: date) -> date | None:
    if isinstance(cell, str):
        found = _A_DAY.search(cell)
        cell = found[0].replace(" ", "") if found else ""
    told = read_date(cell, today=today) if cell else None
    return _last_day(told.value, today) if isinstance(told, ToldDate) else None


def _last_day(value: str, today: date) -> date | None:
    """A list of a month describes its end; a year alone is no day."""
    if len(value) == 10:
        return date.fromisoformat(value)
    if len(value) == 7:
        following = date.fromisoformat(f"{value}-28") + timedelta(days=4)
        return min(following.replace(day=1) - timedelta(days=1), today)
    return None
