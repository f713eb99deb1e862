"""Writes workbooks: every cell a text, never a formula; whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter

from shequ_desktop.rosters.sheets import Area

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class WritingProblem:
    """Why a workbook is not written. `values`: pairs of placeholder and what stands there."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A sheet of texts. `heading_rows`: how many rows at its top stay in view."""

    name: str
    rows: Sequence[Sequence[str]]
    heading_rows: int = 1
    merged: tuple[Area, ...] = ()


def write_workbook(out: Path, sheets: Iterable[TextSheet]) -> WritingProblem | None:
    """Write beside and put in place; where that fails the old file is whole and nothing lies beside it."""
    if out.is_dir():
        return WritingProblem("target_is_folder", (("file", str(out)),))
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(_workbook(sheets))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, out)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        return WritingProblem("not_written", (("file", str(out)), ("why", error.strerror or str(error))))
    return None


def _workbook(sheets: Iterable[TextSheet]) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    text, bold = book.add_format({"num_format": "@", "text_wrap": False}), book.add_format({"bold": True, "num_format": "@"})
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_free_name(sheet.name, taken))
        widths: dict[int, int] = {}
        for at, row in enumerate(sheet.rows):
            look = bold if at < sheet.heading_rows else text
            for column, value in enumerate(row):
                if value:
                    page.write_string(at, column, value[:_LONGEST_TEXT], look)
                    widths[column] = max(widths.get(column, 0), min(_width(value), _WIDEST))
        for area in sheet.merged:
            page.merge_range(*area, sheet.rows[area[0]][area[1]][:_LONGEST_TEXT], bold)
        for column, width in widths.items():
            page.set_column(column, column, width + 2)
        page.freeze_panes(sheet.heading_rows, 0)
    book.close()
    return content.getvalue()


def _width(value: str) -> int:
    return max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in value.split("\n")), default=0)


def _free_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheet programs take, and that no sheet before has."""
    plain = _NOT_IN_A_NAME.sub(" ", name).strip().strip("'")[:_LONGEST_NAME] or "Sheet"
    free, n = plain, 2
    while free.lower() in taken:
        free = f"{plain[: _LONGEST_NAME - 4]} {n}"
        n += 1
    taken.add(free.lower())
    return free
