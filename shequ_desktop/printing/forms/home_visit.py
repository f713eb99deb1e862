"""The home-visit form (入户走访登记表): what stands in which cell.

Head cells are wide enough for a second script beside the first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from shequ_desktop.printing import fonts, lines
from shequ_desktop.printing.home_visit_sheet import CareGroup, Condition, FormWords, HomeVisitSheet, Member
from shequ_desktop.printing.marks import MM, PAPER_HEIGHT, PAPER_WIDTH, Mark, QrCode, Text, moved
from shequ_desktop.printing.sheet import (
    BODY,
    LEADING,
    LEFT,
    MARGIN,
    PAD_X,
    RIGHT,
    SMALL,
    TICK_SIDE,
    TITLE,
    Cell,
    Row,
    Strip,
    centred_strips,
    flow,
    heading_cell,
    page_marks,
    ruled_strips,
    text_strip,
    text_strips,
    tick_strips,
    upright,
)

# Columns' edges, in points from the left edge of the paper.
A, B, C, D, E, F, G, H, I = LEFT, 82.0, 151.0, 193.0, 265.0, 328.0, 376.0, 445.0, RIGHT  # noqa: E741
QR_SIDE = 19 * MM
FOOT_BASE = PAPER_HEIGHT - MARGIN - 2.0
TABLE_BOTTOM = FOOT_BASE - 16.0
MEMBER_ROWS_MIN = 4
TICK_LABEL, TICK_STEP, TICK_ROW = 48.0, 78.0, 17.0
SIGN = 193.0
MEMBER_EASE = 21.0
BLANK_TO_FILL = "________"


def home_visit_pages(sheet: HomeVisitSheet, words: FormWords) -> tuple[tuple[Mark, ...], ...]:
    """The marks of each page of one form."""
    first = _page_head(sheet, words, continued=False)
    later = _page_head(sheet, words, continued=True)
    pages = flow(tuple(_rows(sheet, words)), top=max(first[1], later[1]), bottom=TABLE_BOTTOM)
    return tuple(
        (*(later if number else first)[0], *page_marks(page), *_foot(sheet, words, number + 1, len(pages)))
        for number, page in enumerate(pages)
    )


def _page_head(sheet: HomeVisitSheet, words: FormWords, *, continued: bool) -> tuple[list[Mark], float]:
    """Title, area, number and code; answers also where the table begins."""
    side_room = QR_SIDE + 12.0
    room = PAPER_WIDTH - 2 * (MARGIN + side_room)
    title = words.continued.format(title=words.title) if continued else words.title
    whose = f"　{words.head} {sheet.head.name}" if continued and sheet.head.name else ""
    number = words.form_number.format(value=sheet.number or BLANK_TO_FILL) + whose
    strips = [
        *centred_strips(title, room, face=fonts.STRONG, size=TITLE),
        Strip(4.0),
        *centred_strips(sheet.area, room),
        *centred_strips(number, room),
    ]
    block = upright(strips)
    marks = [moved(mark, MARGIN + side_room, MARGIN + 4.0) for mark in block.marks]
    if sheet.qr:
        marks += _code(sheet, words)
    return marks, MARGIN + max(block.height + 14.0, QR_SIDE + 20.0)


def _code(sheet: HomeVisitSheet, words: FormWords) -> Iterator[Mark]:
    left = RIGHT - QR_SIDE
    yield QrCode(left, MARGIN, QR_SIDE, sheet.qr)
    note = lines.wrap(words.scan, fonts.REGULAR, SMALL, QR_SIDE + 12.0)[0]
    wide = fonts.width(note, fonts.REGULAR, SMALL)
    yield Text(min(left + (QR_SIDE - wide) / 2, RIGHT - wide), MARGIN + QR_SIDE + 9.5, note, fonts.REGULAR, SMALL)


def _foot(sheet: HomeVisitSheet, words: FormWords, page: int, pages: int) -> Iterator[Mark]:
    """Copies at the left; at the right who printed and the page. If both do not fit, the left stands one line higher."""
    printed = " ".join(filter(None, (sheet.printed_by, sheet.printed_at, sheet.device)))
    right = "　".join(filter(None, (printed, words.page.format(page=page, pages=pages))))
    right_lines = lines.wrap(right, fonts.REGULAR, SMALL, RIGHT - LEFT)
    last_width = fonts.width(right_lines[-1], fonts.REGULAR, SMALL)
    yield Text(RIGHT - last_width, FOOT_BASE, right_lines[-1], fonts.REGULAR, SMALL)
    left_lines = lines.wrap(sheet.copies, fonts.REGULAR, SMALL, RIGHT - LEFT - last_width - 12.0)
    if left_lines:
        yield Text(LEFT, FOOT_BASE, left_lines[0], fonts.REGULAR, SMALL)


def _rows(sheet: HomeVisitSheet, words: FormWords) -> Iterator[Row]:
    yield _head_row(sheet, words)
    yield _address_row(sheet, words)
    yield from _member_rows(sheet.members, words)
    yield from _visit_and_care_rows(sheet, words)
    yield from (_condition_row(condition, words) for condition in sheet.conditions or (Condition(),))
    yield _written_row(words.needs, words.photo, centred_strips(words.photo_here, I - G - 2 * PAD_X, size=SMALL))
    yield _written_row(words.services, words.follow_up, _right_strips(words.date_blank, I - G - 2 * PAD_X))
    yield Row((heading_cell(A, B, words.remark), Cell(B, I, ruled_strips(2, I - B - 2 * PAD_X))), 48.0, with_next=True)
    yield _signature_row(sheet, words)


def _right_strips(text: str, room: float) -> tuple[Strip, ...]:
    return (text_strip(text, x=room - fonts.width(text, fonts.REGULAR, BODY)),)


def _strips(texts: tuple[str, ...], left: float, right: float) -> tuple[Strip, ...]:
    return tuple(strip for text in texts for strip in text_strips(text, right - left - 2 * PAD_X))


def _head_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    name = centred_strips(sheet.head.name, C - B - 2 * PAD_X, face=fonts.STRONG)
    cells = (
        heading_cell(A, B, words.head),
        Cell(B, C, name),
        heading_cell(C, D, words.sex),
        Cell(D, E, _strips((sheet.head.sex,), D, E)),
        heading_cell(E, F, words.birth_date),
        Cell(F, I, _strips(sheet.head.facts, F, I)),
    )
    return Row(cells, 72.0)


def _address_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    card = sheet.household
    number = words.household_number.format(value=card.number or BLANK_TO_FILL)
    order = words.order_number.format(value=card.order_number or BLANK_TO_FILL)
    landmark = words.landmark.format(value=card.landmark or BLANK_TO_FILL)
    cells = (
        heading_cell(A, B, words.address),
        Cell(B, F, _strips((*sheet.address, f"{number}　{order}", landmark), B, F)),
        heading_cell(F, G, words.phone),
        Cell(G, I, _strips(sheet.phones, G, I)),
    )
    return Row(cells, 58.0)


def _member_rows(members: tuple[Member, ...], words: FormWords) -> Iterator[Row]:
    """The heading, every member, and at least one empty row, never alone, for whom the archive does not know yet."""
    heading = Row(
        (
            heading_cell(A, B, words.members),
            heading_cell(B, C, words.name),
            heading_cell(C, D, words.sex),
            heading_cell(D, E, words.birth_date),
            heading_cell(E, F, words.relation),
            heading_cell(F, H, words.id_number),
            heading_cell(H, I, words.where_now),
        ),
        72.0,
        with_next=True,
    )
    yield heading
    empty = (Member(),) * max(1, MEMBER_ROWS_MIN - len(members))
    for place, member in enumerate((*members, *empty), start=1):
        yield _member_row(member, heading, with_next=place == len(members))


def _member_row(member: Member, heading: Row, *, with_next: bool) -> Row:
    cells = (
        Cell(A, C, _strips((member.name,), A, C)),
        Cell(C, D, centred_strips(member.sex, D - C - 2 * PAD_X)),
        Cell(D, E, _strips((member.birth_date,), D, E)),
        Cell(E, F, _strips((member.relation,), E, F)),
        Cell(F, H, _strips((member.id_number,), F, H)),
        Cell(H, I, _strips((member.where_now,), H, I)),
    )
    return Row(cells, MEMBER_EASE, heading=heading, with_next=with_next)


def _visit_and_care_rows(sheet: HomeVisitSheet, words: FormWords) -> Iterator[Row]:
    """Last visit beside the first care record; further care records two in a row."""
    first, *others = sheet.cares or (CareGroup(word=words.care),)
    last = sheet.last_visit
    room = F - B - 2 * PAD_X
    promises = tuple(strip for promise in last.promises for strip in tick_strips(promise, room))
    left = Cell(B, F, (*_strips((last.summary,), B, F), *promises))
    yield Row((heading_cell(A, B, words.last_visit), left, *_care_cells(first, F, G, I)), 64.0)
    for place in range(0, len(others), 2):
        pair = others[place : place + 2]
        if len(pair) == 2:
            yield Row((*_care_cells(pair[0], A, B, F), *_care_cells(pair[1], F, G, I)))
        else:
            yield Row(_care_cells(pair[0], A, B, I))


def _care_cells(care: CareGroup, left: float, edge: float, right: float) -> tuple[Cell, Cell]:
    risk = text_strips(care.risk, right - edge - 2 * PAD_X, face=fonts.STRONG if care.pressing else fonts.REGULAR)
    before = _strips((care.person, care.groups), edge, right)
    return heading_cell(left, edge, care.word), Cell(edge, right, (*before, *risk, *_strips(care.facts, edge, right)))


def _condition_row(condition: Condition, words: FormWords) -> Row:
    room = I - B - 2 * PAD_X
    about = text_strips(condition.about, room, face=fonts.STRONG)
    ticks = tuple(strip for group in condition.ticks for strip in _tick_group(group.label, group.options, room))
    empty = () if ticks else ruled_strips(3, room)
    return Row((heading_cell(A, B, words.condition), Cell(B, I, (*about, *ticks, *empty))), 60.0)


def _tick_group(label: str, options: tuple[str, ...], room: float) -> Iterator[Strip]:
    """The label, then options in columns; a long one takes several columns, what does not fit goes on below."""
    beside: list[tuple[float, Strip]] = [(0.0, upright(text_strips(label, TICK_LABEL - PAD_X)))]
    rows = _tick_rows(options, room - TICK_LABEL)
    for row in rows or ([],):
        beside += ((TICK_LABEL + left, upright(tick_strips(option, span - PAD_X))) for left, span, option in row)
        yield _abreast(beside)
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


def _abreast(strips: list[tuple[float, Strip]]) -> Strip:
    """Strips side by side as one; each is in the middle of a tick row's height, or begins at its top."""
    height = max(TICK_ROW, *(strip.height for _, strip in strips))
    marks = [
        moved(mark, left, (TICK_ROW - BODY * LEADING) / 2 if strip.height <= TICK_ROW else 0.0)
        for left, strip in strips
        for mark in strip.marks
    ]
    return Strip(height, tuple(marks))


def _written_row(left_word: str, right_word: str, right: tuple[Strip, ...]) -> Row:
    """Two lines to write on, and beside them what the right cell holds."""
    cells = (
        heading_cell(A, B, left_word),
        Cell(B, F, ruled_strips(2, F - B - 2 * PAD_X)),
        heading_cell(F, G, right_word),
        Cell(G, I, right),
    )
    return Row(cells, 57.0)


def _signature_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    date = upright(_right_strips(words.date_blank, I - G - 2 * PAD_X))
    cells = (
        heading_cell(A, B, words.signatures),
        Cell(B, SIGN, _strips((words.resident_signs,), B, SIGN), middle=False),
        Cell(SIGN, F, _strips((words.visitor_signs,), SIGN, F), middle=False),
        heading_cell(F, G, words.seal),
        Cell(G, I, _strips((sheet.seal,), G, I), middle=False, foot=date),
    )
    return Row(cells, 69.0)
