"""What can stand on a page: texts, lines, grey ground, tick boxes, a QR code; plain values, and the pen that draws them.

A place is (x, y) in points from the upper left corner of the paper. The pen knows nothing of forms.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, NamedTuple

import segno

from shequ_desktop.printing import fonts

PAPER_WIDTH, PAPER_HEIGHT = 595.276, 841.890  # A4
MM = 72 / 25.4
GREY = 0.949  # #F2F2F2
BOX_EDGE = 0.6
MISSING_EDGE = 0.5


class Text(NamedTuple):
    """One line of text; y is its base line."""

    x: float
    y: float
    words: str
    face: str
    size: float


class Line(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float


class Ground(NamedTuple):
    """Grey under a head cell."""

    x: float
    y: float
    width: float
    height: float


class TickBox(NamedTuple):
    """An empty square; (x, y) is its upper left corner."""

    x: float
    y: float
    side: float


class QrCode(NamedTuple):
    """A QR code with its quiet zone inside `side`."""

    x: float
    y: float
    side: float
    words: str


Mark = Text | Line | Ground | TickBox | QrCode


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark further right and down."""
    if isinstance(mark, Line):
        return Line(mark.x0 + dx, mark.y0 + dy, mark.x1 + dx, mark.y1 + dy, mark.thickness)
    return mark._replace(x=mark.x + dx, y=mark.y + dy)


def draw(canvas: Any, marks: Iterable[Mark]) -> None:
    """Draw one page's marks: ground first, then lines by thickness, then what is written."""
    sorted_marks: dict[type, list[Any]] = {Ground: [], Line: [], TickBox: [], QrCode: [], Text: []}
    for mark in marks:
        sorted_marks[type(mark)].append(mark)
    _draw_grounds(canvas, sorted_marks[Ground])
    _draw_lines(canvas, sorted_marks[Line])
    canvas.setLineWidth(BOX_EDGE)
    for box in sorted_marks[TickBox]:
        canvas.rect(box.x, PAPER_HEIGHT - box.y - box.side, box.side, box.side)
    for code in sorted_marks[QrCode]:
        _draw_code(canvas, code)
    _draw_texts(canvas, sorted_marks[Text])


def _draw_grounds(canvas: Any, grounds: list[Ground]) -> None:
    if not grounds:
        return
    canvas.setFillGray(GREY)
    for ground in grounds:
        canvas.rect(ground.x, PAPER_HEIGHT - ground.y - ground.height, ground.width, ground.height, stroke=0, fill=1)
    canvas.setFillGray(0)


def _draw_lines(canvas: Any, lines: list[Line]) -> None:
    canvas.setLineCap(2)  # corners are full
    by_thickness: dict[float, list[tuple[float, float, float, float]]] = {}
    for line in lines:
        place = (line.x0, PAPER_HEIGHT - line.y0, line.x1, PAPER_HEIGHT - line.y1)
        by_thickness.setdefault(line.thickness, []).append(place)
    for thickness, places in by_thickness.items():
        canvas.setLineWidth(thickness)
        canvas.lines(places)


def _draw_texts(canvas: Any, texts: list[Text]) -> None:
    written = canvas.beginText()
    boxes: list[tuple[float, float, float]] = []
    for text in texts:
        x = text.x
        for run in fonts.runs(text.words, text.face):
            if run.face is None:
                boxes += [(x + place * text.size, text.y, text.size) for place in range(len(run.text))]
            else:
                _write(written, run.face, text.size, x, PAPER_HEIGHT - text.y, run.text)
            x += fonts.width(run.text, text.face, text.size)
    canvas.drawText(written)
    canvas.setLineWidth(MISSING_EDGE)
    for x, y, size in boxes:
        canvas.rect(x + 0.06 * size, PAPER_HEIGHT - y - 0.1 * size, 0.88 * size, 0.94 * size)


def _write(written: Any, face: str, size: float, x: float, y: float, words: str) -> None:
    if (written._fontname, written._fontsize) != (face, size):
        fonts.font(face)
        written.setFont(face, size)
    written.setTextOrigin(x, y)
    written.textOut(words)


def _draw_code(canvas: Any, code: QrCode) -> None:
    """The dark modules of a row that touch are one rectangle; the whole code is one path."""
    rows = code_runs(code.words)
    module = code.side / rows.modules
    path = canvas.beginPath()
    top = PAPER_HEIGHT - code.y
    for row, start, length in rows.dark:
        path.rect(code.x + start * module, top - (row + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


class CodeRuns(NamedTuple):
    """A QR code as rows of dark runs: (row, start, length); `modules` is its width with the quiet zone."""

    modules: int
    dark: tuple[tuple[int, int, int], ...]


@functools.lru_cache(maxsize=4)
def code_runs(words: str) -> CodeRuns:
    """The runs of a text's QR code; its few pages share them."""
    matrix = segno.make_qr(words, error="m", boost_error=False).matrix
    quiet = 2  # the paper around it is white as well
    dark = []
    for number, row in enumerate(matrix):
        start = 0
        for place, value in enumerate((*row, 0)):
            if value:
                continue
            if place > start:
                dark.append((number + quiet, start + quiet, place - start))
            start = place + 1
    return CodeRuns(len(matrix) + 2 * quiet, tuple(dark))
