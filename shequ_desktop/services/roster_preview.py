"""A list before it is taken in (导入前先看): its columns, what will become of every row and why. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shequ_desktop.domain.fields import Privacy
from shequ_desktop.domain.identity import IdNumber, read_id_number
from shequ_desktop.domain.masking import masked, masked_id
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.rosters.cells import text_of
from shequ_desktop.rosters.people import PaperList, PaperRow, read_lists
from shequ_desktop.rosters.report import Remark, write_report
from shequ_desktop.rosters.sheets import FileProblem
from shequ_desktop.services import roster_columns, rosters
from shequ_desktop.services.roster_columns import ListSeen
from shequ_desktop.services.roster_plan import AREA, REFUSED, CancelledError, Plan, RowNamed, plan_import
from shequ_desktop.storage.archive import Archive

Said = Mapping[str, Mapping[int, str]]
"""source of a list -> {column: target}"""

_MASKED = {field.name: field.type for kind in KINDS.values() for field in kind.fields if field.privacy is Privacy.MASKED}


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row and what will become of it. `number`: as on paper, masked where it is one. `named`: why it should be looked at."""

    sheet: str
    row: int
    state: str
    name: str
    number: str
    named: tuple[RowNamed, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do now. rows = added + matched + asked + refused."""

    lists: tuple[ListSeen, ...]
    rows: tuple[RowSeen, ...]
    added: int
    matched: int
    asked: int
    refused: int

    @property
    def names_people(self) -> bool:
        return all(paper.names_people for paper in self.lists)


def preview(
    archive: Archive,
    path: Path,
    *,
    today: date,
    columns: Said | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preview | Problem:
    """What would come of importing this file with its columns matched like this."""
    with archive.read() as reader:
        said = rosters.matched_by(reader, columns)
        lists = read_lists(path, today=today, columns=said)
        if isinstance(lists, FileProblem):
            return Problem(lists.key)
        area = reader.meta("area")
        wish = rosters.wish_of(archive, area=area, as_of=None, today=today, progress=progress, cancelled=cancelled)
        try:
            plan = plan_import(lists, reader, wish)
        except CancelledError:
            return Problem("import_cancelled")
        seen = tuple(roster_columns.seen(paper, said(paper.source)) for paper in lists)
    counts = plan.counts
    return Preview(seen, tuple(_rows(lists, plan)), counts["added"], counts["matched"], counts["asked"], counts["refused"])


def _rows(lists: Sequence[PaperList], plan: Plan) -> list[RowSeen]:
    named: dict[tuple[str, int], list[RowNamed]] = {}
    for one in plan.named:
        named.setdefault((one.sheet, one.row), []).append(one)
    became = iter(plan.became)
    rows: list[RowSeen] = []
    for paper in lists:
        found = [_person(paper, person, next(became), named) for person in paper.people]
        found += [
            RowSeen(paper.sheet.name, row.row, REFUSED, _first(paper, row.row), "", tuple(named[paper.sheet.name, row.row]))
            for row in paper.refused
        ]
        rows += sorted(found, key=lambda row: row.row)
    return rows


def _person(paper: PaperList, person: PaperRow, state: str, named: Mapping[tuple[str, int], list[RowNamed]]) -> RowSeen:
    text = person.cells.get("resident.id_number", "")
    read = read_id_number(text) if text else None
    shown = masked_id(read.value) if isinstance(read, IdNumber) else masked_id(text) if len(text) >= 15 else text
    why = tuple(named.get((paper.sheet.name, person.row), ()))
    return RowSeen(paper.sheet.name, person.row, state, person.name, shown, why)


def _first(paper: PaperList, row: int) -> str:
    """What stands first in a row of which nobody can be told."""
    return next((text for cell in paper.sheet.rows[row - 1] if (text := text_of(cell))), "")


def hidden(row: RowSeen) -> list[RowNamed]:
    """Why a row should be looked at, with numbers shown in part; the one that stands in the row is not said again."""
    return [_hidden(one) for one in row.named]


def _hidden(named: RowNamed) -> RowNamed:
    if named.field == "id_number":
        return replace(named, field="", value="")
    if named.field in _MASKED and named.value:
        return replace(named, value=masked(_MASKED[named.field], named.value))
    return named


def save_reasons(
    archive: Archive,
    path: Path,
    out: Path,
    *,
    named: Sequence[RowNamed],
    today: date,
    columns: Said | None = None,
    language: str,
) -> Problem | None:
    """Write the rows asked and refused, as they stand in the list, with the reasons; it can be corrected and imported again."""
    with archive.read() as reader:
        lists = read_lists(path, today=today, columns=rosters.matched_by(reader, columns))
    if isinstance(lists, FileProblem):
        return Problem(lists.key)
    remarks = [Remark(one.sheet, one.row, rosters.why(one, language)) for one in named if one.state != AREA]
    problem = write_report(out, lists, remarks)
    return Problem(problem.key, values=problem.values) if problem else None
