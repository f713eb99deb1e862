"""The report of an import (导入回单): the list's own heading, the rows asked or refused as they stood, and why.

It imports again: what it adds is passed over, and the list is known by its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from shequ_desktop.rosters.cells import text_of
from shequ_desktop.rosters.columns import words
from shequ_desktop.rosters.people import PaperList, PaperRow
from shequ_desktop.rosters.writing import TextSheet, WritingProblem, write_workbook

ReportProblem = WritingProblem


class Remark(NamedTuple):
    """Why a row is in the report. `row` counts from 1."""

    sheet: str
    row: int
    why: str


def write_report(out: Path, lists: Sequence[PaperList], remarks: Iterable[Remark]) -> ReportProblem | None:
    """A sheet for each list that has rows to look at; where there are none, the heading of the first alone."""
    by_sheet: dict[str, dict[int, list[str]]] = {}
    for remark in remarks:
        by_sheet.setdefault(remark.sheet, {}).setdefault(remark.row, []).append(remark.why)
    chosen = [paper for paper in lists if paper.sheet.name in by_sheet] or list(lists[:1])
    return write_workbook(out, [_sheet(paper, by_sheet.get(paper.sheet.name, {})) for paper in chosen])


def _sheet(paper: PaperList, remarks: dict[int, list[str]]) -> TextSheet:
    sheet, heading = paper.sheet, paper.heading
    added = {heading.reason, heading.row_number} - {-1}
    kept = [column for column in range(max(len(heading.labels), 1)) if column not in added]
    new_place = {column: at for at, column in enumerate(kept)}
    rows: list[list[str]] = []
    for index in range(heading.last + 1):
        cells = sheet.rows[index]
        rows.append([text_of(cells[column]) if column < len(cells) else "" for column in kept])
    rows[-1] += [words("row_number")[0], words("reason")[0]]
    people = {person.row: person for person in paper.people}
    for row in sorted(remarks):
        person = people.get(row)
        rows.append([*_as_it_stood(paper, row, kept, person), str(_first_number(person, row)), _joined(remarks[row])])
    merged = tuple(
        (first_row, new_place[first], last_row, new_place[last])
        for first_row, first, last_row, last in sheet.merged
        if last_row <= heading.last and first in new_place and last in new_place
    )
    return TextSheet(sheet.name, rows, heading.last + 1, merged)


def _first_number(person: PaperRow | None, row: int) -> int:
    return person.was_row if person else row


def _joined(remarks: list[str]) -> str:
    return "\n".join(dict.fromkeys(remarks))


def _as_it_stood(paper: PaperList, row: int, kept: list[int], person: PaperRow | None) -> list[str]:
    """The row's texts. What tells its household stands in it, also where it stood once for all its members."""
    cells = paper.sheet.rows[row - 1]
    texts = {column: text_of(cells[column]) if column < len(cells) else "" for column in kept}
    if person and person.household:
        told = (("household.number", person.household.number), ("head.name", person.household.head_name))
        for target, text in (*told, ("head.id_number", person.household.head_id)):
            column = paper.heading.columns.get(target, -1)
            if column in texts and not texts[column]:
                texts[column] = text
    return [texts[column] for column in kept]
