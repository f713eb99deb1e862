"""Reads .xlsx, .xls and .ods with python-calamine. Whatever goes wrong in there is a problem, never a crash."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from io import BytesIO
from typing import cast

import python_calamine as calamine

from shequ_desktop.rosters import compound, packed
from shequ_desktop.rosters.sheets import MAX_COLUMNS, MAX_ROWS, Area, Cell, FileProblem, RosterFile, Sheet


def read_workbook(content: bytes, sort: str) -> RosterFile | FileProblem:
    """Every visible sheet that holds anything."""
    problem = compound.look_into(content) if sort == "xls" else packed.look_into(content, sort)
    if problem:
        return problem
    try:
        with _silent(), calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return _read(book, sort)
    except calamine.PasswordError:
        return FileProblem("roster_encrypted")
    except (calamine.CalamineError, ValueError, OSError, OverflowError, MemoryError):
        return FileProblem("roster_cut")
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine is written in Rust; its panics are no Exception
            return FileProblem("roster_cut")
        raise


def _read(book: calamine.CalamineWorkbook, sort: str) -> RosterFile | FileProblem:
    visible = [
        told.name
        for told in book.sheets_metadata
        if told.visible == calamine.SheetVisibleEnum.Visible and told.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    sheets: list[Sheet] = []
    for name in visible:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_width > MAX_COLUMNS or sheet.total_height > MAX_ROWS:
            return FileProblem("roster_too_large")
        if sheet.height:
            sheets.append(Sheet(name, cast(list[list[Cell]], sheet.to_python(skip_empty_area=False)), _merged(sheet)))
    return RosterFile(sort, tuple(sheets)) if sheets else FileProblem("roster_empty")


def _merged(sheet: calamine.CalamineSheet) -> tuple[Area, ...]:
    return tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep what a Rust panic prints off standard error: a person is told one sentence."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console has no standard error
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
