"""Unbreakable lines of a cell: text, tick boxes, lines to write on, two scripts side by side.

Sizes are those of the paper tokens. Knows no form and no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shequ_desktop.printing import fonts, lines, mongolian
from shequ_desktop.printing.marks import MM, PAPER_WIDTH, Column, Line, Mark, Text, TickBox, moved

MARGIN = 12.7 * MM
LEFT, RIGHT = MARGIN, PAPER_WIDTH - MARGIN
BODY, SMALL, TITLE, SCRIPT = 10.0, 8.5, 18.0, 9.0
LEADING = 1.35
ASCENT = 0.88  # where a character begins above its base line, in sizes
CELL_LINE, OUTER_LINE, WRITING_LINE = 0.75, 1.25, 0.4
PAD_X, PAD_Y = 4.5, 3.5
TICK_SIDE = 3.2 * MM
RULED = 6.4 * MM
BETWEEN_SCRIPTS = 3.0


@dataclass(frozen=True, slots=True)
class Strip:
    """One unbreakable line of a cell: its height and its marks, measured from the strip's upper left corner."""

    height: float
    marks: tuple[Mark, ...] = ()


def text_strips(text: str, room: float, *, face: str = fonts.REGULAR, size: float = BODY) -> tuple[Strip, ...]:
    """A text as strips that fit `room`."""
    return tuple(text_strip(line, face=face, size=size) for line in lines.wrap(text, face, size, room))


def text_strip(line: str, *, face: str = fonts.REGULAR, size: float = BODY, x: float = 0.0) -> Strip:
    """A line of text that is known to fit."""
    height = size * LEADING
    return Strip(height, (Text(x, base_line(height, size), line, face, size),))


def base_line(height: float, size: float) -> float:
    """Where a character of `size` stands in the middle of a line of `height`."""
    return height / 2 + size * (ASCENT - 0.5)


def centred_strips(text: str, room: float, *, face: str = fonts.REGULAR, size: float = BODY) -> tuple[Strip, ...]:
    """A text as strips, each in the middle of `room`."""
    wrapped = lines.wrap(text, face, size, room)
    return tuple(text_strip(line, face=face, size=size, x=(room - fonts.width(line, face, size)) / 2) for line in wrapped)


def tick_strips(text: str, room: float, *, ticked: bool = False) -> tuple[Strip, ...]:
    """A tick box and its words; no box where there are none."""
    indent = TICK_SIDE + PAD_X
    strips = [
        Strip(strip.height, tuple(moved(mark, indent, 0) for mark in strip.marks)) for strip in text_strips(text, room - indent)
    ]
    if not strips and not text:
        return ()
    first = strips[0] if strips else Strip(BODY * LEADING)
    box = TickBox(0.0, (first.height - TICK_SIDE) / 2, TICK_SIDE, ticked)
    return (Strip(first.height, (box, *first.marks)), *strips[1:])


def ruled_strips(count: int, room: float) -> tuple[Strip, ...]:
    """Lines to write on."""
    return (Strip(RULED, (Line(0, RULED - 1, room, RULED - 1, WRITING_LINE),)),) * count


def upright(strips: Sequence[Strip]) -> Strip:
    """Strips one below the other as one that never parts."""
    marks: list[Mark] = []
    height = 0.0
    for strip in strips:
        marks += (moved(mark, 0, height) for mark in strip.marks)
        height += strip.height
    return Strip(height, tuple(marks))


def abreast(*blocks: tuple[float, Strip]) -> Strip:
    """Strips side by side as one, each at its left edge and in the middle of the height."""
    height = max(strip.height for _, strip in blocks)
    marks = [moved(mark, left, (height - strip.height) / 2) for left, strip in blocks for mark in strip.marks]
    return Strip(height, tuple(marks))


def standing(text: str) -> Strip:
    """Characters one below the other, in at most two columns."""
    height = BODY * 1.2
    columns = [text] if len(text) <= 6 else [text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]]
    marks = [
        Text(across * height, down * height + base_line(height, BODY), character, fonts.REGULAR, BODY)
        for across, column in enumerate(columns)
        for down, character in enumerate(column)
    ]
    return Strip(height * len(columns[0]), tuple(marks))


def standing_width(text: str) -> float:
    return BODY if len(text) <= 6 else BODY * 2.2


def script_strip(text: str, *, room: float, length: float, size: float = SCRIPT) -> tuple[float, Strip]:
    """Vertical Mongolian in columns from left to right, and how wide they are; longer than `length` only where it must be."""
    lead = size * mongolian.LEAD
    found = mongolian.fitting_columns(text, size, room=length, most=max(1, int(room // lead)))
    lead = found[0].size * mongolian.LEAD if found else 0.0
    marks = tuple(Column(place * lead, 0.0, column.words, column.size) for place, column in enumerate(found))
    return len(found) * lead, Strip(max((column.length for column in found), default=0.0), marks)


def both_scripts(script: tuple[float, Strip], words: Strip, wide: float, room: float) -> Strip:
    """Mongolian left, Chinese right, together in the middle of `room`."""
    left, block = script
    start = max(0.0, (room - left - BETWEEN_SCRIPTS - wide) / 2)
    return abreast((start, block), (start + left + BETWEEN_SCRIPTS, words))
