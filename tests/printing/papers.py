"""Paper seen by independent eyes: readers of text, and a measure of what overlaps or leaves the page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2

from shequ_desktop.printing import drawing, fonts, mongolian
from shequ_desktop.printing.booklet import Booklet, Printed, PrintProblem, print_booklet
from shequ_desktop.printing.forms.home_visit import home_visit
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet
from shequ_desktop.printing.marks import PAPER_HEIGHT, PAPER_WIDTH, Column, Ground, Line, Mark, QrCode, Text, TickBox
from shequ_desktop.printing.strips import MARGIN, WRITING_LINE

Box = tuple[float, float, float, float]


def print_home_visits(
    sheets: Iterable[HomeVisitSheet], out: Path, *, words: FormWords, from_page: int = 1, **told: Any
) -> Printed | PrintProblem:
    """These sheets as a file."""
    drawn = (home_visit(sheet, words) for sheet in sheets)
    return print_booklet(drawn, out, booklet=Booklet(title=words.title, from_page=from_page), **told)


def by_pdfium(file: Path) -> str:
    pdf = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def by_pypdf(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def by_poppler(file: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True).stdout.decode("utf-8")


READERS = [by_pdfium, by_pypdf, *([by_poppler] if shutil.which("pdftotext") else [])]


def run_together(text: str) -> str:
    return "".join(text.split())


def texts_of(sheet: object, *, scripts: bool = False) -> list[str]:
    """Every text of a sheet that its paper must show."""
    return [text for name, text in drawing.texts_of(sheet) if scripts or not name.endswith("_mn")]


def box_of(mark: Mark) -> Box:
    """Left, top, right, bottom of what a mark covers."""
    match mark:
        case Text():
            wide = fonts.width(mark.words, mark.face, mark.size)
            return (mark.x, mark.y - 0.88 * mark.size, mark.x + wide, mark.y + 0.12 * mark.size)
        case Column():
            return (mark.x, mark.y, mark.x + mongolian.LEAD * mark.size, mark.y + mongolian.length(mark.words, mark.size))
        case Line():
            return (min(mark.x0, mark.x1), min(mark.y0, mark.y1), max(mark.x0, mark.x1), max(mark.y0, mark.y1))
        case Ground():
            return (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
        case TickBox() | QrCode():
            return (mark.x, mark.y, mark.x + mark.side, mark.y + mark.side)


def meet(one: Box, other: Box, slack: float = 0.05) -> bool:
    return one[0] + slack < other[2] and other[0] + slack < one[2] and one[1] + slack < other[3] and other[1] + slack < one[3]


def faults(page: tuple[Mark, ...]) -> list[object]:
    """Marks outside the margins, written marks that overlap, and cell lines through what is written."""
    outside = [
        mark
        for mark in page
        if (box := box_of(mark))[0] < MARGIN - 0.01
        or box[1] < MARGIN - 0.01
        or box[2] > PAPER_WIDTH - MARGIN + 0.01
        or box[3] > PAPER_HEIGHT - MARGIN + 0.01
    ]
    written = sorted(
        (box_of(mark) for mark in page if isinstance(mark, Text | Column | TickBox | QrCode)), key=lambda box: box[1]
    )
    overlaps = [pair for pair in combinations(written, 2) if pair[1][1] < pair[0][3] and meet(*pair)]
    lines = [box_of(mark) for mark in page if isinstance(mark, Line) and mark.thickness != WRITING_LINE]
    crossed = [(line, box) for line in lines for box in written if meet(grown(line), box)]
    return [*outside, *overlaps, *crossed]


def grown(line: Box) -> Box:
    return (line[0] - 0.3, line[1] - 0.3, line[2] + 0.3, line[3] + 0.3)
