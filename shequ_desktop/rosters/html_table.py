"""Reads the tables of a web page, as older administrative systems export them under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from shequ_desktop.rosters import text_table
from shequ_desktop.rosters.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Area, Cell, FileProblem, RosterFile, Sheet

_BLANKS = re.compile(r"[ \t\r\n\f]+")


class _TooLargeError(Exception):
    """The tables pass a limit."""


def read_html(content: bytes, name: str) -> RosterFile | FileProblem:
    """A sheet for each table."""
    text = text_table.decode(content)
    if isinstance(text, FileProblem):
        return text
    tables = _Tables()
    try:
        tables.feed(text)
        tables.close()
        tables.end_row()
    except _TooLargeError:
        return FileProblem("roster_too_large")
    sheets = tuple(
        Sheet(name if n == 1 else f"{name} {n}", table.rows, tuple(table.merged))
        for n, table in enumerate((table for table in tables.done if table.rows), 1)
    )
    return RosterFile("html", sheets) if sheets else FileProblem("roster_empty")


class _Table:
    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Area] = []
        self.taken: set[tuple[int, int]] = set()  # places that a merged cell from above covers


class _Tables(HTMLParser):
    """Collects cells as the parser passes them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self.row: list[Cell] | None = None
        self.words: list[str] | None = None
        self.span = (1, 1)
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_row()
            self.done.append(_Table())
        elif tag == "tr" and self.done:
            self.end_row()
            self.row = []
        elif tag in ("td", "th") and self.done:
            self.end_cell()
            self.row = [] if self.row is None else self.row
            given = dict(attrs)
            self.span = (_number(given.get("rowspan")), _number(given.get("colspan")))
            self.words = []
        elif tag == "br" and self.words is not None:
            self.words.append("\v")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def end_cell(self) -> None:
        if self.words is None or self.row is None:
            return
        table = self.done[-1]
        at = len(table.rows)
        while (at, len(self.row)) in table.taken:
            self.row.append("")
        first, (down, across) = len(self.row), self.span
        self.row.append(_BLANKS.sub(" ", "".join(self.words)).replace("\v", "\n").strip(" "))
        self.row.extend([""] * (across - 1))
        if down > 1 or across > 1:
            table.merged.append((at, first, at + down - 1, first + across - 1))
            table.taken.update((at + d, first + a) for d in range(1, down) for a in range(across))
        self.cells += down * across
        self.words = None
        if len(self.row) > MAX_COLUMNS or self.cells > MAX_CELLS:
            raise _TooLargeError

    def end_row(self) -> None:
        self.end_cell()
        if self.row is not None and self.done:
            self.done[-1].rows.append(self.row)
            if len(self.done[-1].rows) > MAX_ROWS:
                raise _TooLargeError
        self.row = None


def _number(text: str | None) -> int:
    return min(max(int(text), 1), MAX_COLUMNS) if text and text.isdigit() else 1
