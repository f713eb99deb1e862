"""A scanner types as a keyboard does, only faster; what it types belongs to no field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.visit_codes import VisitCode
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.visits.scan_watch import REST_MS, ScanWatch
from shequ_desktop.ui.visits.visit_page import VisitPage
from shequ_desktop.ui.visits.wedge import FASTEST_HAND_MS, MARK, Wedge
from tests.ui.conftest import Opened
from tests.ui.visiting import count_of, drafts_of, make_home, settle

VISIT = "01a2106e-68e8-7000-8fc5-cd68f202f900"
KINDS = tuple(kind for kind in PAGES if kind.key in ("visits", "visit"))


class Ticks:
    """A clock that goes forward by so much at each look."""

    def __init__(self, step_ms: float) -> None:
        self.step_ms, self.now_ms = step_ms, 0.0

    def __call__(self) -> float:
        self.now_ms += self.step_ms
        return self.now_ms


def scan(main: MainWindow, text: str, *, enter: bool = True) -> None:
    """What a keyboard wedge sends to whatever has the focus."""
    QTest.keyClicks(QApplication.focusWidget() or main.window(), text)
    if enter:
        QTest.keyClick(QApplication.focusWidget() or main.window(), Qt.Key.Key_Return)


def feed(wedge: Wedge, text: str, gap_ms: float) -> list[bool]:
    return [wedge.feed(letter, place * gap_ms) for place, letter in enumerate(text)]


def test_a_fast_line_with_the_mark_is_a_code_and_keeps_its_letters() -> None:
    wedge = Wedge()
    assert feed(wedge, "SQV1ABC", 5) == [False, False, False, True, True, True, True]
    assert wedge.end() == "SQV1ABC"


def test_a_hand_that_types_the_mark_writes_letters() -> None:
    wedge = Wedge()
    assert not any(feed(wedge, "SQV1ABC", FASTEST_HAND_MS + 30))
    assert wedge.end() == ""


@settings(max_examples=60)
@given(st.text(alphabet="SQV1abcs", max_size=12), st.floats(1, 40))
def test_a_fast_line_is_a_code_exactly_where_the_mark_stands_in_it(before: str, gap_ms: float) -> None:
    wedge = Wedge()
    taken = any(feed(wedge, before, gap_ms))
    assert taken == (MARK in before.upper())


@pytest.fixture
def watched(opened: Opened, archive: Archive) -> MainWindow:
    main = opened(KINDS).main
    assert main is not None
    return main


@pytest.mark.parametrize("enter", [True, False])
def test_a_scanned_form_opens_its_visit_from_the_search_box(watched: MainWindow, archive: Archive, enter: bool) -> None:
    home = make_home(archive)
    ScanWatch(watched, clock=Ticks(4))
    watched.top.search.begin()
    scan(watched, visit_codes.write(VisitCode(home.household, VISIT)), enter=enter)
    QTest.qWait(0 if enter else 2 * REST_MS)
    settle(watched.window())  # type: ignore[arg-type]
    page = watched.page
    assert isinstance(page, VisitPage)
    assert page.target() == VISIT
    assert watched.top.search.line.text() == ""


def test_scanned_twice_it_is_one_visit(watched: MainWindow, archive: Archive) -> None:
    home = make_home(archive)
    ScanWatch(watched, clock=Ticks(4))
    code = visit_codes.write(VisitCode(home.household, VISIT))
    for _ in range(2):
        scan(watched, code)
        settle(watched.window())  # type: ignore[arg-type]
    assert [draft.id for draft in drafts_of(archive, archive.user)] == [VISIT]
    assert count_of(archive, "visit") == 0


def test_a_damaged_code_is_said_and_nothing_opens(watched: MainWindow, archive: Archive) -> None:
    home = make_home(archive)
    ScanWatch(watched, clock=Ticks(4))
    code = visit_codes.write(VisitCode(home.household, VISIT))
    scan(watched, code[:-4] + "AAAA")
    settle(watched.window())  # type: ignore[arg-type]
    assert drafts_of(archive, archive.user) == []
    assert watched.status.undo_line.sentence.text() == watched.session.say("code_damaged")


def test_letters_typed_by_hand_reach_the_field(watched: MainWindow) -> None:
    ScanWatch(watched, clock=Ticks(FASTEST_HAND_MS * 3))
    watched.top.search.begin()
    scan(watched, "SQV1AB", enter=False)
    assert watched.top.search.line.text() == "SQV1AB"
