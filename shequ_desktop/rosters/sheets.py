"""What a file is once it has been read: sheets of cells. Every value here is plain; nothing knows where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as the file holds it; "" or None where it is empty."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""

MAX_FILE_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 80_000_000
MAX_ENTRIES = 2_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 1_500_000


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file is not read. `key` names the sentence."""

    key: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet, from its first row and column on."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterFile:
    """All visible sheets of one file that hold anything. `sort`: xlsx, xls, ods, html or text."""

    sort: str
    sheets: tuple[Sheet, ...]
