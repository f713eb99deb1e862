"""What can stand on a page: texts, lines, grey ground, tick boxes, a QR code; plain values, and the pen that draws them.

A place is (x, y) in points from the upper left corner of the paper. The pen knows nothing of forms.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from typing import Any, NamedTuple

import segno

from shequ_desktop.printing import fonts, mongolian

PAPER_WIDTH, PAPER_HEIGHT = 595.276, 841.890  # A4
MM = 72 / 25.4
GREY = 0.949  # #F2F2F2
BOX_EDGE = 0.6
MISSING_EDGE = 0.5
TITLE, TEXT, FURNITURE = "H1", "P", "Artifact"
"""What a text is to a reader that speaks: a title, text, or what stands on every page and is passed over."""


class Text(NamedTuple):
    """One line of text; y is its base line."""

    x: float
    y: float
    words: str
    face: str
    size: float
    role: str = TEXT


class Column(NamedTuple):
    """One column of vertical text; (x, y) is the upper left corner of its room, LEAD times the size wide."""

    x: float
    y: float
    words: str
    size: float
    role: str = TEXT


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
    """A square to tick, or ticked by the program; (x, y) is its upper left corner."""

    x: float
    y: float
    side: float
    ticked: bool = False


class QrCode(NamedTuple):
    """A QR code with its quiet zone inside `side`."""

    x: float
    y: float
    side: float
    words: str


Mark = Text | Column | Line | Ground | TickBox | QrCode


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark further right and down."""
    if isinstance(mark, Line):
        return Line(mark.x0 + dx, mark.y0 + dy, mark.x1 + dx, mark.y1 + dy, mark.thickness)
    return mark._replace(x=mark.x + dx, y=mark.y + dy)


def draw(canvas: Any, marks: Iterable[Mark]) -> tuple[str, ...]:
    """Draw one page's marks: ground first, then lines by thickness, then what is written.

    Answers the tags of what is written, in the order of their numbers.
    """
    sorted_marks: dict[type, list[Any]] = {Ground: [], Line: [], TickBox: [], QrCode: [], Text: []}
    for mark in marks:
        sorted_marks[Text if type(mark) is Column else type(mark)].append(mark)
    canvas._code.append("/Artifact BMC")
    _draw_grounds(canvas, sorted_marks[Ground])
    _draw_lines(canvas, sorted_marks[Line])
    canvas.setLineWidth(BOX_EDGE)
    for box in sorted_marks[TickBox]:
        canvas.rect(box.x, PAPER_HEIGHT - box.y - box.side, box.side, box.side)
        if box.ticked:
            _draw_tick(canvas, box)
    for code in sorted_marks[QrCode]:
        _draw_code(canvas, code)
    canvas._code.append("EMC")
    return _draw_texts(canvas, sorted_marks[Text])


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


def _draw_tick(canvas: Any, box: TickBox) -> None:
    top, side = PAPER_HEIGHT - box.y, box.side
    corners = [(0.18, 0.5), (0.42, 0.78), (0.84, 0.2)]
    points = [(box.x + across * side, top - down * side) for across, down in corners]
    canvas.setLineWidth(2 * BOX_EDGE)
    canvas.lines([(*points[0], *points[1]), (*points[1], *points[2])])
    canvas.setLineWidth(BOX_EDGE)


def _draw_texts(canvas: Any, texts: list[Text | Column]) -> tuple[str, ...]:
    """In the order given, which is the order in which a reader takes them out again."""
    pen = _Pen(canvas.beginText())
    for role, group in itertools.groupby(texts, lambda text: text.role):
        pen.role = role
        for text in group:
            if isinstance(text, Column):
                _write_column(pen, text)
            else:
                _write_line(pen, text)
        pen.close()
    canvas.drawText(pen.written)
    if pen.boxes:
        canvas._code.append("/Artifact BMC")
        canvas.setLineWidth(MISSING_EDGE)
        for x, y, size in pen.boxes:
            canvas.rect(x + 0.06 * size, PAPER_HEIGHT - y - 0.1 * size, 0.88 * size, 0.94 * size)
        canvas._code.append("EMC")
    return tuple(pen.tags)


class _Pen:
    """The text object of a page, its pieces numbered and tagged as they come; `boxes` are drawn afterwards."""

    def __init__(self, written: Any) -> None:
        self.written = written
        self.role = TEXT
        self.tags: list[str] = []
        self.boxes: list[tuple[float, float, float]] = []
        self._open = False

    def plain(self, words: str) -> None:
        if not self._open:
            self._begin("")
            self._open = True
        self.written.textOut(words)

    def shaped(self, words: str) -> None:
        """Glyphs, and beside them the words that a reader is to take out: the only text that is written so.

        A piece of its own, since readers lose what follows a piece inside another.
        """
        self.close()
        self._begin(f"/ActualText <FEFF{mongolian.shown(words).encode('utf-16-be').hex().upper()}>")
        self.written.textOut(fonts.glyph_codes(words))
        self.written._code.append("EMC")

    def close(self) -> None:
        if self._open:
            self.written._code.append("EMC")
        self._open = False

    def face(self, face: str, size: float) -> None:
        if (self.written._fontname, self.written._fontsize) != (face, size):
            fonts.font(face)
            self.written.setFont(face, size)

    def _begin(self, says: str) -> None:
        if self.role == FURNITURE:
            self.written._code.append(f"/Span <<{says}>> BDC" if says else "/Artifact BMC")
            return
        tag = "Span" if says else self.role  # some readers look for other words beside a Span only
        self.written._code.append(f"/{tag} <</MCID {len(self.tags)} {says}>> BDC")
        self.tags.append(self.role)


def _write_line(pen: _Pen, text: Text) -> None:
    x = text.x
    for run in fonts.runs(text.words, text.face):
        if run.face is None:
            pen.boxes += [(x + place * text.size, text.y, text.size) for place in range(len(run.text))]
        else:
            pen.face(run.face, text.size)
            pen.written.setTextOrigin(x, PAPER_HEIGHT - text.y)
            if run.face == fonts.MONGOLIAN:
                pen.shaped(run.text)
            else:
                pen.plain(run.text)
        x += fonts.width(run.text, text.face, text.size)


def _write_column(pen: _Pen, column: Column) -> None:
    middle, y, size = column.x + mongolian.LEAD * column.size / 2, column.y, column.size
    for part, turned in mongolian.parts(column.words):
        if turned:
            pen.face(fonts.MONGOLIAN, size)
            pen.written.setTextTransform(0, -1, 1, 0, middle - mongolian.BASE * size, PAPER_HEIGHT - y)
            pen.shaped(part)
            y += mongolian.spread(part, size)
        else:
            for character in part:
                _write_line(pen, Text(middle - size / 2, y + 0.88 * size, character, fonts.REGULAR, size))
                y += size


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
