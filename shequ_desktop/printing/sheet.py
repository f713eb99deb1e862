"""Cells, rows and pages: how a table of any length flows over sheets of A4 with nothing cut and nothing overlapping.

Knows cells and lines, not what they tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from shequ_desktop.printing.marks import Ground, Line, Mark, moved
from shequ_desktop.printing.strips import CELL_LINE, LEFT, OUTER_LINE, PAD_X, PAD_Y, RIGHT, Strip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell between two columns' edges. `foot` stands at the bottom, whatever the height."""

    left: float
    right: float
    strips: tuple[Strip, ...] = ()
    head: bool = False  # grey, and repeated where its row goes on
    middle: bool = True
    foot: Strip | None = None

    @property
    def need(self) -> float:
        return sum(strip.height for strip in self.strips) + (self.foot.height if self.foot else 0) + 2 * PAD_Y


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. `comfort` is the height it takes where there is room enough."""

    cells: tuple[Cell, ...]
    comfort: float = 0.0
    heading: Row | None = None  # stands again above this row where it begins a page
    with_next: bool = False
    need: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "need", max(cell.need for cell in self.cells))

    @property
    def ease(self) -> float:
        return max(self.comfort, self.need)


@dataclass(frozen=True, slots=True)
class Placed:
    row: Row
    top: float
    height: float


def flow(rows: Sequence[Row], *, top: float, bottom: float) -> tuple[tuple[Placed, ...], ...]:
    """Rows on pages. If all fit on one page they share what is left; else each has its comfort, and pages are filled in order."""
    room = bottom - top
    need, ease = sum(row.need for row in rows), sum(row.ease for row in rows)
    if need <= room:
        share = 1.0 if ease <= room else (room - need) / (ease - need)
        return (tuple(_stack(rows, [row.need + (row.ease - row.need) * share for row in rows], top)),)
    return tuple(tuple(_stack(page, [row.ease for row in page], top)) for page in _pages(rows, room))


def _stack(rows: Sequence[Row], heights: Sequence[float], top: float) -> Iterator[Placed]:
    for row, height in zip(rows, heights, strict=True):
        yield Placed(row, top, height)
        top += height


def _pages(rows: Sequence[Row], room: float) -> Iterator[list[Row]]:
    page: list[Row] = []
    used = 0.0
    for block in _blocks(rows, room):
        height = sum(row.ease for row in block)
        if page and used + height > room:
            yield page
            page = [block[0].heading] if block[0].heading else []
            used = sum(row.ease for row in page)
        page += block
        used += height
    yield page


def _blocks(rows: Sequence[Row], room: float) -> Iterator[list[Row]]:
    """Rows that must stay together; a row too high for a page is cut between its strips first."""
    block: list[Row] = []
    for row in rows:
        free = room - (row.heading.ease if row.heading else 0.0)
        for part in _parts(row, free):
            if block and sum(kept.ease for kept in block) + part.ease > free:
                yield block
                block = []
            block.append(part)
            if not part.with_next:
                yield block
                block = []
    if block:
        yield block


def _parts(row: Row, room: float) -> Iterator[Row]:
    rest = row
    while rest.need > room:
        first, rest = _cut(rest, room)
        yield first
    yield replace(rest, comfort=min(rest.comfort, room))


def _cut(row: Row, room: float) -> tuple[Row, Row]:
    """What of a row fits, and the rest; head cells stand in both."""
    cuts = [cell if cell.head else None for cell in row.cells]
    first, rest = [], []
    for cell, whole in zip(row.cells, cuts, strict=True):
        count = 0 if whole else _fitting(cell, room)
        first.append(whole or replace(cell, strips=cell.strips[:count], foot=None))
        rest.append(whole or replace(cell, strips=cell.strips[count:]))
    return replace(row, cells=tuple(first), comfort=0.0, with_next=False), replace(row, cells=tuple(rest), comfort=0.0)


def _fitting(cell: Cell, room: float) -> int:
    used = 2 * PAD_Y
    for count, strip in enumerate(cell.strips):
        used += strip.height
        if used > room:
            return max(count, 1)
    return len(cell.strips)


def page_marks(placed: Sequence[Placed]) -> list[Mark]:
    """The marks of a page's rows: ground, lines between cells, contents, and the frame around all."""
    marks: list[Mark] = []
    for row in placed:
        marks += _row_marks(row)
    if placed:
        top, bottom = placed[0].top, placed[-1].top + placed[-1].height
        edges = ((LEFT, top, RIGHT, top), (RIGHT, top, RIGHT, bottom), (RIGHT, bottom, LEFT, bottom), (LEFT, bottom, LEFT, top))
        marks += (Line(*edge, OUTER_LINE) for edge in edges)
    return marks


def _row_marks(placed: Placed) -> Iterator[Mark]:
    top, bottom = placed.top, placed.top + placed.height
    yield Line(LEFT, bottom, RIGHT, bottom, CELL_LINE)
    for cell in placed.row.cells:
        if cell.head:
            yield Ground(cell.left, top, cell.right - cell.left, placed.height)
        if cell.left > LEFT:
            yield Line(cell.left, top, cell.left, bottom, CELL_LINE)
        yield from _cell_marks(cell, top, placed.height)


def _cell_marks(cell: Cell, top: float, height: float) -> Iterator[Mark]:
    x = cell.left + PAD_X
    used = sum(strip.height for strip in cell.strips)
    y = top + ((height - used) / 2 if cell.middle and cell.foot is None else PAD_Y)
    for strip in cell.strips:
        for mark in strip.marks:
            yield moved(mark, x, y)
        y += strip.height
    if cell.foot:
        for mark in cell.foot.marks:
            yield moved(mark, x, top + height - PAD_Y - cell.foot.height)
