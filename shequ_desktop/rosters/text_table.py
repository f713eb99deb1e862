"""Reads text: its encoding (BOM, UTF-8, GB18030, UTF-16) and what divides its columns."""

from __future__ import annotations

import codecs
import csv
import io
import re

from shequ_desktop.rosters.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, FileProblem, RosterFile, Sheet

_DELIMITERS = (",", "\t", ";")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_KEPT_AS_TEXT = re.compile(r'^="([^"]*)"$', re.DOTALL)
_FIRST_ROWS = 30


def decode(content: bytes) -> str | FileProblem:
    """The text, never with a character that stands for one that could not be read."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _checked(content[len(mark) :], (encoding,))
    if b"\0" in content:
        guess = _unmarked_utf_16(content)
        return _checked(content, (guess,)) if guess else FileProblem("roster_nul")
    return _checked(content, ("utf-8", "gb18030"))


def _unmarked_utf_16(content: bytes) -> str:
    """Line breaks and commas of UTF-16 have a zero on one side, always the same one."""
    start = content[:4000]
    little = start.count(b",\0") + start.count(b"\n\0") + start.count(b"\t\0")
    big = start.count(b"\0,") + start.count(b"\0\n") + start.count(b"\0\t")
    if len(content) % 2 or not max(little, big):
        return ""
    return "utf-16-le" if little >= big else "utf-16-be"


def _checked(content: bytes, encodings: tuple[str, ...]) -> str | FileProblem:
    for encoding in encodings:
        try:
            text = content.decode(encoding, "strict")
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            return FileProblem("roster_nul")
        return FileProblem("roster_other_file") if len(_CONTROLS.findall(text[:20_000])) > 3 else text
    return FileProblem("roster_encoding")


def read_text(content: bytes, name: str) -> RosterFile | FileProblem:
    """One sheet. What divides the columns is what gives most of them."""
    text = decode(content)
    if isinstance(text, FileProblem):
        return text
    lines = list(io.StringIO(text, newline=""))
    if len(lines) > MAX_ROWS:
        return FileProblem("roster_too_large")
    delimiter = max(_DELIMITERS, key=lambda each: _columns(lines, each))
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            cells += len(row)
            if len(row) > MAX_COLUMNS or cells > MAX_CELLS:
                return FileProblem("roster_too_large")
            rows.append([_bare(cell) for cell in row])
    except csv.Error:
        return FileProblem("roster_cut")
    return RosterFile("text", (Sheet(name, rows),))


def _columns(lines: list[str], delimiter: str) -> float:
    try:
        widths = sorted(len(row) for row in csv.reader(lines[:_FIRST_ROWS], delimiter=delimiter) if row)
    except csv.Error:
        return 0
    return widths[len(widths) // 2] + sum(widths) / 1e6 if widths else 0


def _bare(cell: str) -> str:
    """Text without what some programs wrap it in so that it stays text: ="152523..." is 152523."""
    if cell[:2] == '="' and (wrapped := _KEPT_AS_TEXT.match(cell)):
        return wrapped[1]
    return cell
