"""What stands around a form's table on each page: title in one or two scripts, area, number, code; copies, marks, page x of y.

Knows no form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from shequ_desktop.printing import fonts, lines
from shequ_desktop.printing.marks import FURNITURE, MM, PAPER_HEIGHT, PAPER_WIDTH, Column, Mark, QrCode, Text, moved
from shequ_desktop.printing.marks import TITLE as TITLE_ROLE
from shequ_desktop.printing.sheet import Row, flow, page_marks
from shequ_desktop.printing.strips import LEFT, MARGIN, RIGHT, SMALL, TITLE, Strip, centred_strips, script_strip, upright

QR_SIDE = 19 * MM
SIDE_ROOM = QR_SIDE + 12.0
FOOT_BASE = PAPER_HEIGHT - MARGIN - 2.0
FOOT_LEADING = 11.0
FOOT_GAP = 16.0
TITLE_SCRIPT = 12.0
TITLE_LENGTH = 70.0
Page = tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`under`: lines below the title; `whose`: stands with them on later pages. `continued` and `page` hold places."""

    title: str
    title_script: str = ""
    under: tuple[str, ...] = ()
    whose: str = ""
    code: str = ""
    code_note: str = ""
    left_foot: tuple[str, ...] = ()
    right_foot: str = ""
    continued: str = "{title}"
    page: str = ""


def pages(rows: Sequence[Row], frame: Frame) -> tuple[Page, ...]:
    """The marks of each page: frame and rows."""
    first, later = _head(frame, continued=False), _head(frame, continued=True)
    foot = _foot_lines(frame, 99, 99)
    bottom = FOOT_BASE - FOOT_GAP - FOOT_LEADING * (len(foot) - 1)
    flowed = flow(rows, top=max(first[1], later[1]), bottom=bottom)
    return tuple(
        (*(later if number else first)[0], *page_marks(placed), *_foot(frame, number + 1, len(flowed)))
        for number, placed in enumerate(flowed)
    )


def _head(frame: Frame, *, continued: bool) -> tuple[list[Mark], float]:
    """The head of a page, and where its table begins."""
    room = PAPER_WIDTH - 2 * (MARGIN + SIDE_ROOM)
    title = frame.continued.format(title=frame.title) if continued else frame.title
    under = (*frame.under[:-1], frame.under[-1] + frame.whose) if continued and frame.under else frame.under
    strips = [*centred_strips(title, room, face=fonts.STRONG, size=TITLE), Strip(4.0)]
    strips += (strip for line in under for strip in centred_strips(line, room))
    block = upright(strips)
    script, script_height = _title_script(frame)
    marks = [*script, *(moved(mark, MARGIN + SIDE_ROOM, MARGIN + 4.0) for mark in block.marks)]
    if not continued:
        marks = [mark._replace(role=TITLE_ROLE) if _is_title(mark) else mark for mark in marks]
    if frame.code:
        marks += _code(frame)
    return marks, MARGIN + max(block.height + 14.0, QR_SIDE + 20.0, script_height + 6.0)


def _is_title(mark: Mark) -> TypeGuard[Text | Column]:
    return isinstance(mark, Column) or (isinstance(mark, Text) and mark.size == TITLE)


def _title_script(frame: Frame) -> tuple[list[Mark], float]:
    """The title in Mongolian at the left top."""
    if not frame.title_script:
        return [], 0.0
    _, strip = script_strip(frame.title_script, room=SIDE_ROOM - 6.0, length=TITLE_LENGTH, size=TITLE_SCRIPT)
    return [moved(mark, MARGIN, MARGIN) for mark in strip.marks], strip.height


def _code(frame: Frame) -> list[Mark]:
    left = RIGHT - QR_SIDE
    marks: list[Mark] = [QrCode(left, MARGIN, QR_SIDE, frame.code)]
    if frame.code_note:
        note = lines.wrap(frame.code_note, fonts.REGULAR, SMALL, SIDE_ROOM)[0]
        wide = fonts.width(note, fonts.REGULAR, SMALL)
        marks.append(Text(min(left + (QR_SIDE - wide) / 2, RIGHT - wide), MARGIN + QR_SIDE + 9.5, note, fonts.REGULAR, SMALL))
    return marks


def _foot_lines(frame: Frame, page: int, count: int) -> list[list[tuple[float, str]]]:
    """Lines of the foot with the left edge of each text; the left and the right share one where both fit."""
    room = RIGHT - LEFT
    left = "　".join(filter(None, frame.left_foot))
    right = "　".join(filter(None, (frame.right_foot, frame.page.format(page=page, pages=count))))
    wide = fonts.width(right, fonts.REGULAR, SMALL)
    if fonts.width(left, fonts.REGULAR, SMALL) + wide + 12.0 <= room:
        return [[(LEFT, left), (RIGHT - wide, right)]]
    left_lines = [[(LEFT, line)] for line in lines.wrap(left, fonts.REGULAR, SMALL, room)]
    wrapped = lines.wrap(right, fonts.REGULAR, SMALL, room)
    return [*left_lines, *([(RIGHT - fonts.width(line, fonts.REGULAR, SMALL), line)] for line in wrapped)]


def _foot(frame: Frame, page: int, count: int) -> list[Mark]:
    found = _foot_lines(frame, page, count)
    return [
        Text(x, FOOT_BASE - FOOT_LEADING * (len(found) - 1 - number), words, fonts.REGULAR, SMALL, FURNITURE)
        for number, line in enumerate(found)
        for x, words in line
        if words
    ]
