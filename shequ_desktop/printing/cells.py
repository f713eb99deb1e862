"""Cells that every form shares: heads in one or two scripts, names, tick groups, places to write and to sign.

Knows no form.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from shequ_desktop.printing import fonts, lines
from shequ_desktop.printing.marks import moved
from shequ_desktop.printing.sheet import Cell
from shequ_desktop.printing.strips import (
    BETWEEN_SCRIPTS,
    BODY,
    LEADING,
    PAD_X,
    PAD_Y,
    SMALL,
    TICK_SIDE,
    Strip,
    abreast,
    both_scripts,
    centred_strips,
    script_strip,
    standing,
    standing_width,
    text_strip,
    text_strips,
    tick_strips,
    upright,
)

TICK_LABEL, TICK_STEP, TICK_ROW = 48.0, 78.0, 17.0
OPTION_GAP = 10.0


def room_of(left: float, right: float) -> float:
    return right - left - 2 * PAD_X


def heading_cell(left: float, right: float, text: str, script: str = "", *, height: float = 72.0) -> Cell:
    """A head cell. Few Chinese characters stand one below the other, anything else is set in lines.

    With Mongolian, that stands left of them in columns as long as `height` allows.
    """
    room = room_of(left, right)
    if script and text:
        wide = standing_width(text)
        columns = script_strip(script, room=room - BETWEEN_SCRIPTS - wide, length=height - 2 * PAD_Y)
        return Cell(left, right, (both_scripts(columns, standing(text), wide, room),), head=True)
    if len(text) <= 5 and not any(c.isascii() for c in text):
        strips = (abreast(((room - BODY) / 2, standing(text))),) if text else ()
        return Cell(left, right, strips, head=True)
    return Cell(left, right, centred_strips(text, room, size=BODY if not text.isascii() else SMALL), head=True)


def flat_heading_cell(left: float, right: float, text: str) -> Cell:
    """A head cell of a low row: its words lie in lines of about one length."""
    room = room_of(left, right)
    count = len(lines.wrap(text, fonts.REGULAR, BODY, room))
    even = fonts.width(text, fonts.REGULAR, BODY) / count + BODY - 0.1 if count > 1 else room
    strips = (
        text_strip(line, x=(room - fonts.width(line, fonts.REGULAR, BODY)) / 2)
        for line in lines.wrap(text, fonts.REGULAR, BODY, min(even, room))
    )
    return Cell(left, right, tuple(strips), head=True)


def words_cell(left: float, right: float, *texts: str) -> Cell:
    return Cell(left, right, tuple(strip for text in texts for strip in text_strips(text, room_of(left, right))))


def name_cell(left: float, right: float, name: str, script: str, *, height: float, strong: bool = False) -> Cell:
    """A name, and left of it the same name in Mongolian script where it is known."""
    room, face = room_of(left, right), fonts.STRONG if strong else fonts.REGULAR
    if not script:
        return Cell(left, right, (centred_strips if strong else text_strips)(name, room, face=face))
    columns = script_strip(script, room=room - BETWEEN_SCRIPTS - 2.2 * BODY, length=height - 2 * PAD_Y)
    rest = room - columns[0] - BETWEEN_SCRIPTS
    wrapped = lines.wrap(name, face, BODY, min(rest, 2.2 * BODY) if strong else rest)
    wide = max((fonts.width(line, face, BODY) for line in wrapped), default=0.0)
    return Cell(
        left,
        right,
        (both_scripts(columns, upright([text_strip(line, face=face) for line in wrapped]), wide, room if strong else 0.0),),
    )


def right_strips(text: str, room: float) -> tuple[Strip, ...]:
    return (text_strip(text, x=room - fonts.width(text, fonts.REGULAR, BODY)),)


def tick_group(label: str, options: tuple[str, ...], room: float) -> Iterator[Strip]:
    """The label, then options in columns; a long one takes several columns, what does not fit goes on below."""
    beside: list[tuple[float, Strip]] = [(0.0, upright(text_strips(label, TICK_LABEL - PAD_X)))]
    for row in _tick_rows(options, room - TICK_LABEL) or ([],):
        beside += ((TICK_LABEL + left, upright(tick_strips(option, span - PAD_X))) for left, span, option in row)
        yield _tick_strip(beside)
        beside = []


def _tick_rows(options: tuple[str, ...], room: float) -> list[list[tuple[float, float, str]]]:
    """Options with left edge and room, row by row."""
    columns = int(room // TICK_STEP)
    rows: list[list[tuple[float, float, str]]] = []
    column = columns
    for option in filter(None, (fonts.printable(option).strip() for option in options)):
        wide = TICK_SIDE + 2 * PAD_X + fonts.width(option, fonts.REGULAR, BODY)
        span = min(math.ceil(wide / TICK_STEP), columns)
        if column + span > columns:
            rows.append([])
            column = 0
        rows[-1].append((column * TICK_STEP, span * TICK_STEP, option))
        column += span
    return rows


def _tick_strip(blocks: list[tuple[float, Strip]]) -> Strip:
    """Side by side; where all are low, in the middle of a tick row, else all begin at its top."""
    height = max(TICK_ROW, *(strip.height for _, strip in blocks))
    level = (TICK_ROW - BODY * LEADING) / 2
    marks = [moved(mark, left, level if strip.height <= TICK_ROW else 0.0) for left, strip in blocks for mark in strip.marks]
    return Strip(height, tuple(marks))


def choice_strips(options: list[tuple[str, bool]], room: float) -> tuple[Strip, ...]:
    """Options with their boxes one after the other, several in a line; a long one has lines of its own."""
    rows: list[list[tuple[float, Strip]]] = []
    used = room + 1
    for word, chosen in options:
        strip = upright(tick_strips(word, room, ticked=chosen))
        wide = TICK_SIDE + PAD_X + min(fonts.width(word, fonts.REGULAR, BODY), room) + OPTION_GAP
        if used + wide > room + OPTION_GAP:
            rows.append([])
            used = 0.0
        rows[-1].append((used, strip))
        used += wide
    return tuple(abreast(*row) for row in rows)
