"""Nothing is cut, nothing overlaps, nothing leaves the paper; whatever the household."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequ_desktop.printing.forms.home_visit import home_visit_pages
from shequ_desktop.printing.home_visit_sheet import (
    BLANK,
    CareGroup,
    Condition,
    FormWords,
    Head,
    HomeVisitSheet,
    HouseholdCard,
    LastVisit,
    Member,
    TickGroup,
)
from shequ_desktop.printing.marks import MM, PAPER_HEIGHT, PAPER_WIDTH, Line, Mark, QrCode, Text, TickBox
from shequ_desktop.printing.sheet import Cell, Row, flow
from shequ_desktop.printing.strips import MARGIN, WRITING_LINE, Strip, text_strips
from tests.printing.papers import faults, meet

NAMES = ["typical", "sixteen", "alone", "blank", "endless"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps_or_leaves_the_page(name: str, sheets: dict[str, HomeVisitSheet], words: FormWords) -> None:
    for page in home_visit_pages(sheets[name], words):
        assert faults(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_another_reader_finds_no_character_on_another_or_off_the_paper(name: str, printed: dict[str, Path]) -> None:
    for page in pypdfium2.PdfDocument(printed[name]):
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        seen = sorted((left, bottom, right, top) for left, bottom, right, top in boxes if right > left and top > bottom)
        assert seen
        assert all(box[0] > MARGIN - 1 and box[2] < PAPER_WIDTH - MARGIN + 1 for box in seen)
        assert all(box[1] > MARGIN - 1 and box[3] < PAPER_HEIGHT - MARGIN + 1 for box in seen)
        near = (pair for number, one in enumerate(seen) for pair in ((one, other) for other in seen[number + 1 : number + 60]))
        assert [pair for pair in near if meet(*pair, slack=0.6)] == []


WORDS = st.text(st.sampled_from("陶力嘎䶮𫖮\U000323af，。 a1*"), max_size=40)


@given(
    members=st.integers(0, 40),
    long=WORDS,
    promises=st.lists(WORDS, max_size=40),
    cares=st.lists(WORDS, max_size=5),
    ticks=st.lists(st.lists(WORDS, max_size=7), max_size=30),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_household_is_laid_out_without_fault(
    words: FormWords, members: int, long: str, promises: list[str], cares: list[str], ticks: list[list[str]]
) -> None:
    member = Member(name=long, sex="男", birth_date=long[:10], relation=long, id_number=long, where_now=long)
    sheet = HomeVisitSheet(
        area=long,
        number=long,
        household=HouseholdCard(number=long, order_number=long, landmark=long * 3),
        head=Head(name=long, sex=long, facts=(long,)),
        address=(long, long * 4),
        phones=(long,),
        members=(member,) * members,
        last_visit=LastVisit(summary=long, promises=tuple(promises)),
        cares=tuple(CareGroup(word="老人", person=text, groups=text, risk=text, pressing=True, facts=(text,)) for text in cares),
        conditions=(Condition(about=long, ticks=tuple(TickGroup(label=long, options=tuple(row)) for row in ticks)),),
        qr="X",
        copies=long,
        printed_by=long,
    )
    for page in home_visit_pages(sheet, words):
        assert faults(page) == []


def test_a_household_of_up_to_seven_fills_one_page(typical: HomeVisitSheet, words: FormWords) -> None:
    counts = [len(home_visit_pages(replace(typical, members=typical.members[1:2] * count), words)) for count in range(9)]
    assert counts[:8] == [1] * 8
    assert counts[8] == 2


def test_signatures_never_stand_alone_and_no_heading_is_left_behind(typical: HomeVisitSheet, words: FormWords) -> None:
    for count in range(7, 40):
        for page in home_visit_pages(replace(typical, members=typical.members[1:2] * count), words):
            spoken = [mark.words for mark in page if isinstance(mark, Text)]
            assert "备" in spoken or "签" not in spoken, count
            assert typical.members[1].name in spoken or "系" not in spoken, count


def test_the_heading_of_the_members_stays_with_a_member_after_any_address(typical: HomeVisitSheet, words: FormWords) -> None:
    born = {member.birth_date for member in typical.members}
    for count in range(20, 60, 2):
        for page in home_visit_pages(replace(typical, address=("冬营地",) * count), words):
            spoken = {mark.words for mark in page if isinstance(mark, Text)}
            assert born & spoken or "系" not in spoken, count


def test_there_is_always_an_empty_row_for_whom_the_archive_does_not_know(words: FormWords) -> None:
    cells = {
        count: len(lines_across(home_visit_pages(replace(BLANK, members=(Member(name="巴"),) * count), words)[0]))
        for count in (0, 3, 4, 5)
    }
    assert cells[0] == cells[3]
    assert cells[4] == cells[3] + 1
    assert cells[5] == cells[3] + 2


def lines_across(page: tuple[Mark, ...]) -> set[float]:
    return {mark.y0 for mark in page if isinstance(mark, Line) and mark.y0 == mark.y1 and mark.thickness != WRITING_LINE}


def test_boxes_lines_and_code_have_the_sizes_of_the_drawing(typical: HomeVisitSheet, words: FormWords) -> None:
    (page,) = home_visit_pages(typical, words)
    assert {round(mark.side / MM, 2) for mark in page if isinstance(mark, TickBox)} == {3.2}
    assert {round(mark.side / MM, 2) for mark in page if isinstance(mark, QrCode)} == {19.0}
    ruled = sorted({mark.y0 for mark in page if isinstance(mark, Line) and mark.thickness == WRITING_LINE})
    assert round((ruled[1] - ruled[0]) / MM, 2) == 6.4
    assert {mark.size for mark in page if isinstance(mark, Text)} == {10.0, 8.5, 18.0}


def test_a_row_too_high_for_a_page_is_cut_between_its_lines_and_loses_none() -> None:
    strips = text_strips("\n".join(f"第{number}行" for number in range(100)), 200)
    row = Row((Cell(40, 80, (Strip(20),), head=True), Cell(80, 400, strips)), comfort=900)
    pages = flow([row, row], top=100, bottom=400)
    strips_shown = [strip for page in pages for placed in page for strip in placed.row.cells[1].strips]
    shown = [mark.words for strip in strips_shown for mark in strip.marks if isinstance(mark, Text)]
    assert shown == [f"第{number}行" for number in range(100)] * 2
    assert all(page[-1].top + page[-1].height <= 400.001 for page in pages)
    assert all(placed.row.cells[0].strips for page in pages for placed in page)
