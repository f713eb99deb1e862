"""The home-visit form (入户走访登记表): what stands in which cell.

Head cells are wide enough for a second script beside the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from shequ_desktop.printing import fonts
from shequ_desktop.printing.cells import heading_cell, name_cell, right_strips, room_of, tick_group, words_cell
from shequ_desktop.printing.drawing import Drawing, unprintable
from shequ_desktop.printing.frame import Frame, Page, pages
from shequ_desktop.printing.home_visit_sheet import CareGroup, Condition, FormWords, HomeVisitSheet, Member
from shequ_desktop.printing.sheet import Cell, Row
from shequ_desktop.printing.strips import (
    LEFT,
    RIGHT,
    SMALL,
    Strip,
    centred_strips,
    ruled_strips,
    text_strips,
    tick_strips,
    upright,
)

# Columns' edges, in points from the left edge of the paper.
A, B, C, D, E, F, G, H, I = LEFT, 82.0, 151.0, 193.0, 265.0, 328.0, 376.0, 445.0, RIGHT  # noqa: E741
MEMBER_ROWS_MIN = 4
SIGN = 193.0
MEMBER_EASE, NAMED_EASE = 21.0, 44.0
BLANK_TO_FILL = "________"


def home_visit(sheet: HomeVisitSheet, words: FormWords) -> Drawing:
    """The form drawn, its bookmark the household."""
    bookmark = " ".join(filter(None, (sheet.household.number, sheet.head.name)))
    return Drawing(bookmark, home_visit_pages(sheet, words), unprintable(sheet, scripts=bool(words.script)))


def home_visit_pages(sheet: HomeVisitSheet, words: FormWords) -> tuple[Page, ...]:
    """The marks of each page of one form."""
    number = words.form_number.format(value=sheet.number or BLANK_TO_FILL)
    frame = Frame(
        title=words.title,
        title_script=words.script.get("title", ""),
        under=(sheet.area, number),
        whose=f"\u3000{words.head} {sheet.head.name}" if sheet.head.name else "",
        code=sheet.qr,
        code_note=words.scan,
        left_foot=(sheet.copies, words.draft_mark),
        right_foot=" ".join(filter(None, (sheet.printed_by, sheet.printed_at, sheet.device))),
        continued=words.continued,
        page=words.page,
    )
    return pages(tuple(_rows(sheet, words)), frame)


def _rows(sheet: HomeVisitSheet, words: FormWords) -> Iterator[Row]:
    yield _head_row(sheet, words)
    yield _address_row(sheet, words)
    yield from _member_rows(sheet.members, words)
    yield from _visit_and_care_rows(sheet, words)
    yield from (_condition_row(condition, words) for condition in sheet.conditions or (Condition(),))
    yield _written_row(words, "needs", "photo", centred_strips(words.photo_here, room_of(G, I), size=SMALL))
    yield _written_row(words, "services", "follow_up", right_strips(words.date_blank, room_of(G, I)))
    yield Row((_label(words, A, B, "remark", 48.0), Cell(B, I, ruled_strips(2, room_of(B, I)))), 48.0, with_next=True)
    yield _signature_row(sheet, words)


def _strips(texts: tuple[str, ...], left: float, right: float) -> tuple[Strip, ...]:
    return words_cell(left, right, *texts).strips


def _label(words: FormWords, left: float, right: float, name: str, height: float = 72.0) -> Cell:
    """A head cell with the form's word of this name, in both scripts where the form is in both."""
    return heading_cell(left, right, getattr(words, name), words.script.get(name, ""), height=height)


def _head_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    name = name_cell(B, C, sheet.head.name, sheet.head.name_mn if words.script else "", height=72.0, strong=True)
    cells = (
        _label(words, A, B, "head"),
        name,
        _label(words, C, D, "sex"),
        Cell(D, E, _strips((sheet.head.sex,), D, E)),
        _label(words, E, F, "birth_date"),
        Cell(F, I, _strips(sheet.head.facts, F, I)),
    )
    return Row(cells, 72.0)


def _address_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    card = sheet.household
    number = words.household_number.format(value=card.number or BLANK_TO_FILL)
    order = words.order_number.format(value=card.order_number or BLANK_TO_FILL)
    landmark = words.landmark.format(value=card.landmark or BLANK_TO_FILL)
    cells = (
        _label(words, A, B, "address", 58.0),
        Cell(B, F, _strips((*sheet.address, f"{number}　{order}", landmark), B, F)),
        _label(words, F, G, "phone", 58.0),
        Cell(G, I, _strips(sheet.phones, G, I)),
    )
    return Row(cells, 58.0)


def _member_rows(members: tuple[Member, ...], words: FormWords) -> Iterator[Row]:
    """The heading, every member, and at least one empty row, never alone, for whom the archive does not know yet."""
    heading = Row(
        (
            _label(words, A, B, "members"),
            _label(words, B, C, "name"),
            _label(words, C, D, "sex"),
            _label(words, D, E, "birth_date"),
            _label(words, E, F, "relation"),
            _label(words, F, H, "id_number"),
            _label(words, H, I, "where_now"),
        ),
        72.0,
        with_next=True,
    )
    yield heading
    scripts = bool(words.script)
    empty = (Member(),) * max(1, MEMBER_ROWS_MIN - len(members))
    for place, member in enumerate((*members, *empty), start=1):
        yield _member_row(member, heading, scripts=scripts, with_next=place == len(members))


def _member_row(member: Member, heading: Row, *, scripts: bool, with_next: bool) -> Row:
    script = member.name_mn if scripts else ""
    cells = (
        name_cell(A, C, member.name, script, height=NAMED_EASE),
        Cell(C, D, centred_strips(member.sex, room_of(C, D))),
        Cell(D, E, _strips((member.birth_date,), D, E)),
        Cell(E, F, _strips((member.relation,), E, F)),
        Cell(F, H, _strips((member.id_number,), F, H)),
        Cell(H, I, _strips((member.where_now,), H, I)),
    )
    return Row(cells, NAMED_EASE if script else MEMBER_EASE, heading=heading, with_next=with_next)


def _visit_and_care_rows(sheet: HomeVisitSheet, words: FormWords) -> Iterator[Row]:
    """Last visit beside the first care record; further care records two in a row."""
    first, *others = sheet.cares or (CareGroup(word=words.care),)
    last = sheet.last_visit
    room = room_of(B, F)
    promises = tuple(strip for promise in last.promises for strip in tick_strips(promise, room))
    left = Cell(B, F, (*_strips((last.summary,), B, F), *promises))
    yield Row((_label(words, A, B, "last_visit", 64.0), left, *_care_cells(first, words, F, G, I)), 64.0)
    for place in range(0, len(others), 2):
        pair = others[place : place + 2]
        if len(pair) == 2:
            yield Row((*_care_cells(pair[0], words, A, B, F), *_care_cells(pair[1], words, F, G, I)))
        else:
            yield Row(_care_cells(pair[0], words, A, B, I))


def _care_cells(care: CareGroup, words: FormWords, left: float, edge: float, right: float) -> tuple[Cell, Cell]:
    risk = text_strips(care.risk, room_of(edge, right), face=fonts.STRONG if care.pressing else fonts.REGULAR)
    before = _strips((care.person, care.groups), edge, right)
    heading = heading_cell(left, edge, care.word, words.script.get(care.kind or "care", ""), height=64.0)
    return heading, Cell(edge, right, (*before, *risk, *_strips(care.facts, edge, right)))


def _condition_row(condition: Condition, words: FormWords) -> Row:
    room = room_of(B, I)
    about = text_strips(condition.about, room, face=fonts.STRONG)
    ticks = tuple(strip for group in condition.ticks for strip in tick_group(group.label, group.options, room))
    empty = () if ticks else ruled_strips(3, room)
    return Row((_label(words, A, B, "condition"), Cell(B, I, (*about, *ticks, *empty))), 60.0)


def _written_row(words: FormWords, left_word: str, right_word: str, right: tuple[Strip, ...]) -> Row:
    """Two lines to write on, and beside them what the right cell holds."""
    cells = (
        _label(words, A, B, left_word, 57.0),
        Cell(B, F, ruled_strips(2, room_of(B, F))),
        _label(words, F, G, right_word, 57.0),
        Cell(G, I, right),
    )
    return Row(cells, 57.0)


def _signature_row(sheet: HomeVisitSheet, words: FormWords) -> Row:
    date = upright(right_strips(words.date_blank, room_of(G, I)))
    cells = (
        _label(words, A, B, "signatures"),
        Cell(B, SIGN, _strips((words.resident_signs,), B, SIGN), middle=False),
        Cell(SIGN, F, _strips((words.visitor_signs,), SIGN, F), middle=False),
        _label(words, F, G, "seal"),
        Cell(G, I, _strips((sheet.seal,), G, I), middle=False, foot=date),
    )
    return Row(cells, 69.0)
