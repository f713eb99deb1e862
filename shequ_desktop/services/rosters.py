"""Taking in a village's list (导入花名册): what is certain goes in, what is not is asked, and no row is lost silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.problems import KEYS, Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.rosters.people import Columns, PaperList, read_lists
from shequ_desktop.rosters.report import Remark, ReportProblem, write_report
from shequ_desktop.rosters.sheets import FileProblem
from shequ_desktop.services import collecting, roster_columns, targets
from shequ_desktop.services.roster_desk import ORIGIN
from shequ_desktop.services.roster_plan import (
    ADDED,
    AREA,
    ASKED,
    MATCHED,
    REFUSED,
    CancelledError,
    Plan,
    RowNamed,
    Wish,
    plan_import,
)
from shequ_desktop.storage import roster_memory
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader
from shequ_desktop.storage.unit_of_work import UnitOfWork
from shequ_desktop.wording import say


@dataclass(frozen=True, slots=True)
class ImportResult:
    """rows = added + matched + asked + refused. `created`, `changed`: records by kind, as two exports would tell.

    `columns_unread`: columns whose heading means nothing known; what stands in them is not taken in.
    """

    rows: int
    added: int
    matched: int
    asked: int
    refused: int
    created: Mapping[str, int]
    changed: Mapping[str, int]
    rows_named: tuple[RowNamed, ...]
    columns_unread: tuple[ColumnUnread, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnUnread:
    """A column that is not taken in."""

    sheet: str
    heading: str


class _ThrownAwayError(Exception):
    """Ends the transaction of a dry run."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self.result = result


class _NotWrittenError(Exception):
    """The report cannot be written, so nothing is imported."""

    def __init__(self, problem: ReportProblem) -> None:
        super().__init__(problem.key)
        self.problem = problem


@collecting.held_back()
def import_roster(
    archive: Archive,
    path: Path,
    *,
    author: str = "",
    area: str = "",
    as_of: date | None = None,
    today: date,
    report: Path | None = None,
    dry_run: bool = False,
    language: str = "zh_CN",
    columns: Mapping[str, Mapping[int, str]] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportResult | Problem:
    """Take in every list of a file in one transaction, or nothing. `report`: a workbook of the rows asked and refused.

    `columns`: source -> {column: target} as a person matched them, remembered from then on; None: as they were matched last.

    `dry_run`: nothing is kept; the report is written. Parsed and planned outside the write transaction, so that a long
    list holds nobody up; planned again inside it only where something was written in between.
    """
    if area and not areas().is_area(area):
        return Problem("area_unknown", "area", (("value", area), ("term", KINDS["household"].by_name["area"].term)))
    refused = targets.refused(report, own=archive.folder, sources=[path]) if report else None
    if refused:
        return refused
    with archive.read() as reader:
        lists = read_lists(path, today=today, columns=matched_by(reader, columns))
        area = area or reader.meta("area")
    if isinstance(lists, FileProblem):
        return Problem(lists.key)
    wish = wish_of(archive, area=area, as_of=as_of, today=today, progress=progress, cancelled=cancelled)

    def close(work: UnitOfWork, plan: Plan) -> None:
        for source, said in (columns or {}).items():
            roster_columns.remember(work.connection, source, said)
        _report(report, lists, plan, language)

    try:
        return _take_in(archive, lists, wish, author, close, dry_run=dry_run)
    except _ThrownAwayError as dry:
        return dry.result
    except CancelledError:
        return Problem("import_cancelled")
    except _NotWrittenError as error:
        return Problem(error.problem.key, values=error.problem.values)


def wish_of(
    archive: Archive,
    *,
    area: str,
    as_of: date | None,
    today: date,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Wish:
    """What an import into this archive is asked for; all its records are of one moment."""
    now = archive.clock()
    return Wish(area, as_of, today, lambda: archive.ids.new(now), progress, cancelled)


def matched_by(reader: Reader, columns: Mapping[str, Mapping[int, str]] | None) -> Columns:
    """How columns are matched otherwise than their headings say: as somebody says now, else as they were matched last."""
    remembered = roster_columns.recall_all(reader.connection)
    return lambda source: (columns or {}).get(source, remembered.get(source, {}))


def _take_in(
    archive: Archive,
    lists: Sequence[PaperList],
    wish: Wish,
    author: str,
    close: Callable[[UnitOfWork, Plan], None],
    *,
    dry_run: bool,
) -> ImportResult:
    with archive.read() as reader:
        stood_at = roster_memory.log_stands_at(reader.connection)
        plan = plan_import(lists, reader, wish)
    with archive.write(author=author) as work:
        if roster_memory.log_stands_at(work.connection) != stood_at:
            plan = plan_import(lists, Reader(work.connection), wish)
        created, changed = _save(work, plan, wish)
        close(work, plan)
        result = _result(lists, plan, created, changed)
        if dry_run:
            raise _ThrownAwayError(result)
    return result


def _save(work: UnitOfWork, plan: Plan, wish: Wish) -> tuple[dict[str, int], dict[str, int]]:
    created: dict[str, int] = {}
    changed: dict[str, int] = {}
    for kind in KINDS:
        wish.look_up(0, 0)
        if records := plan.wanted.get(kind):
            put = work.put(kind, records.items(), origin=ORIGIN)
            created.update({kind: put.created} if put.created else {})
            changed.update({kind: put.changed} if put.changed else {})
    for source, content in plan.memory.items():
        roster_memory.keep(work.connection, source, content)
    return created, changed


def _result(lists: Sequence[PaperList], plan: Plan, created: Mapping[str, int], changed: Mapping[str, int]) -> ImportResult:
    unread = tuple(
        ColumnUnread(paper.sheet.name, paper.heading.labels[column]) for paper in lists for column in paper.heading.unread
    )
    counts = plan.counts
    return ImportResult(
        rows=counts["rows"],
        added=counts[ADDED],
        matched=counts[MATCHED],
        asked=counts[ASKED],
        refused=counts[REFUSED],
        created=created,
        changed=changed,
        rows_named=plan.named,
        columns_unread=unread,
    )


def _report(out: Path | None, lists: Sequence[PaperList], plan: Plan, language: str) -> None:
    if out is None:
        return
    remarks = [Remark(named.sheet, named.row, why(named, language)) for named in plan.named if named.state != AREA]
    problem = write_report(out, lists, remarks)
    if problem:
        raise _NotWrittenError(problem)


def why(named: RowNamed, language: str) -> str:
    """Why a person should look at this row."""
    return say("row_why", language, **_words(named, language)) if named.field else say(_sentence(named), language)


def _sentence(named: RowNamed) -> str:
    """Key of the sentence for a reason; reasons that rules give stand with those rules."""
    return named.reason if named.reason in KEYS else f"row_{named.reason}"


def _words(named: RowNamed, language: str) -> dict[str, str]:
    return {"term": _term(named.field), "value": named.value, "why": say(_sentence(named), language)}


def _term(name: str) -> str:
    """The Chinese term of a field: lists are written in it, whatever the program's language."""
    kinds = (KINDS[kind] for kind in ("resident", "household", "membership", "care_record", "phone"))
    declared = next((kind.by_name[name].term for kind in kinds if name in kind.by_name), "")
    return declared or (KINDS["phone"].term if name == "phone" else name)


def as_document(result: ImportResult) -> dict[str, Any]:
    """The result as the command line's JSON."""
    document = asdict(result)
    return {**document, "rows_named": list(document["rows_named"]), "columns_unread": list(document["columns_unread"])}


def in_words(result: ImportResult, language: str) -> list[dict[str, str]]:
    """For each row named: sheet, row, state and why, in words."""
    return [
        {
            "sheet": named.sheet,
            "row": str(named.row),
            "state": say(f"state_{named.state}", language),
            "why": why(named, language),
        }
        for named in result.rows_named
    ]
