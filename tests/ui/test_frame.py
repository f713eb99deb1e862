"""The frame round all pages: what keys do, where history leads, what the feed tells, what stays in place."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shequ_desktop.services import records
from shequ_desktop.services.noticing import Changed
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.history import Place
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.page import Count, Page, PageKind
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.window import Window
from tests.made import TODAY, reopen
from tests.ui.conftest import Opened, wear

LONGEST = "乌云毕力格其其格玛"


class TriedPage(Page):
    """A page that writes down what the window asked of it."""

    drafts: ClassVar[dict[str, str]] = {}

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asked: list[str] = []
        self.heard: list[Changed] = []
        self.opened_with = ""
        self.field = Field(self.face, "ui.first.name")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addStretch(1)

    def open(self, target: str = "") -> None:
        self.opened_with = target
        self.field.set_text(self.drafts.get(self.objectName(), ""))

    def target(self) -> str:
        return self.opened_with

    def panes(self) -> list[QWidget]:
        return [self.field]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {name: functools.partial(self.asked.append, name) for name in ("new", "save", "finish")}

    def keep(self) -> None:
        self.drafts[self.objectName()] = self.field.text()

    def refresh(self, changed: Changed) -> None:
        self.heard.append(changed)


def tried(key: str) -> PageKind:
    def factory(session: Session) -> Page:
        page = TriedPage(session)
        page.setObjectName(key)
        return page

    return PageKind(key, "house", "ui.page.settings", factory, count=lambda _archive, _today: Count(3, alarm=True))


@pytest.fixture
def main(opened: Opened) -> MainWindow:
    TriedPage.drafts = {}
    window = opened([tried("today"), tried("households"), tried("residents")])
    assert window.main is not None
    return window.main


def page(main: MainWindow) -> TriedPage:
    assert isinstance(main.page, TriedPage)
    return main.page


def name(main: MainWindow) -> str:
    return page(main).objectName()


def test_the_first_page_is_in_sight_and_has_the_focus(main: MainWindow) -> None:
    assert name(main) == "today"
    assert page(main).isAncestorOf(QApplication.focusWidget() or main)


def test_numbers_choose_pages_from_the_top(main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert name(main) == "households"
    QTest.keyClick(main, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert name(main) == "households"


def test_alt_and_arrows_lead_back_and_forth_with_what_was_shown(main: MainWindow) -> None:
    main.go("households", "a")
    main.go("residents", "b")
    QTest.keyClick(main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (name(main), page(main).opened_with) == ("households", "a")
    QTest.keyClick(main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert name(main) == "today"
    QTest.keyClick(main, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (name(main), page(main).opened_with) == ("households", "a")


def test_a_page_that_there_is_not_is_not_gone_to(main: MainWindow) -> None:
    main.go("errands", "x")
    assert name(main) == "today"


def test_the_page_in_sight_is_asked_what_its_keys_do(main: MainWindow) -> None:
    first = page(main)
    QTest.keyClick(main, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(main, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(first.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert first.asked == ["new", "save", "finish"]


def test_leaving_a_page_keeps_what_was_typed(main: MainWindow) -> None:
    QTest.keyClicks(page(main).field.editor, "abc")
    main.go("households")
    assert TriedPage.drafts["today"] == "abc"


def test_undo_takes_the_last_action_back_once(main: MainWindow) -> None:
    undone: list[str] = []
    main.status.tell("ui.frame.saved", lambda: undone.append("x"), time="14:02")
    QTest.keyClick(main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["x"]


def test_f6_goes_round_navigation_and_panes(main: MainWindow) -> None:
    QTest.keyClick(main, Qt.Key.Key_F6)
    assert main.navigation.main.hasFocus()
    QTest.keyClick(main, Qt.Key.Key_F6)
    assert page(main).field.editor.hasFocus()


def test_f9_is_the_sunlight_theme_and_leaves_the_typed_text_where_it_is(main: MainWindow) -> None:
    QTest.keyClicks(page(main).field.editor, "abc")
    QTest.keyClick(main, Qt.Key.Key_F9)
    assert main.face.look.theme == "sunlight"
    assert page(main).field.text() == "abc"
    QTest.keyClick(main, Qt.Key.Key_F9)
    assert main.face.look.theme == "light"


def test_larger_text_builds_the_window_anew_and_keeps_what_is_half_written(
    opened: Opened, main: MainWindow, qtbot: QtBot
) -> None:
    window = main.window()
    assert isinstance(window, Window)
    main.go("households", "a")
    QTest.keyClicks(page(main).field.editor, "abc")
    QTest.keyClick(main, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.main is not main)
    after = window.main
    assert after is not None
    assert after.face.look.scale == 1.25
    assert (name(after), page(after).opened_with, page(after).field.text()) == ("households", "a", "abc")
    assert after.top.height() == after.face.px("height.top_bar") == 64


def test_another_language_is_spoken_at_once(main: MainWindow) -> None:
    window = main.window()
    assert isinstance(window, Window)
    wear(window, language="en")
    assert window.main is not None
    assert window.main.top.lock.words.text() == "Lock"
    assert window.windowTitle() == "Shequ Desktop"


def test_what_another_process_saved_is_heard_of_and_moves_no_typed_text(main: MainWindow, archive: Archive, qtbot: QtBot) -> None:
    first = page(main)
    QTest.keyClicks(first.field.editor, "abc")
    elsewhere = reopen(archive.folder)
    saved = records.add(elsewhere, kind="resident", typed={"name": "巴特尔"}, today=TODAY)
    elsewhere.close()
    main.session.feed.look()
    qtbot.waitUntil(lambda: bool(first.heard), timeout=5_000)
    assert isinstance(saved, str)
    assert first.heard[0].concerns("resident", saved)
    assert not first.heard[0].concerns("household", saved)
    assert first.field.text() == "abc"


def test_a_save_here_says_when_and_is_heard_of(main: MainWindow, qtbot: QtBot) -> None:
    first = page(main)
    made: list[object] = []
    main.session.save(records.add, kind="resident", typed={"name": "巴特尔"}, today=TODAY, on_done=made.append)
    qtbot.waitUntil(lambda: bool(first.heard), timeout=5_000)
    assert made == [next(record for _, record in first.heard[0].records or ())]
    assert "14:02" in main.status.saved_word.text()


def test_a_problem_without_a_taker_is_told_in_the_status_bar(main: MainWindow) -> None:
    main.session.save(records.add, kind="resident", typed={"name": ""}, today=TODAY)
    assert main.session.background.wait(5_000)
    assert main.status.undo_line.sentence.text() != ""


def test_searching_answers_while_typing_and_enter_opens_the_first(main: MainWindow, archive: Archive, qtbot: QtBot) -> None:
    saved = records.add(archive, kind="resident", typed={"name": "斯琴高娃"}, today=TODAY)
    box = main.top.search
    QTest.keyClick(main, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box.line.hasFocus()
    QTest.keyClicks(box.line, "sqgw")
    qtbot.waitUntil(box.answers.isVisible, timeout=5_000)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert (name(main), page(main).opened_with) == ("residents", saved)
    assert box.line.text() == ""


def test_searching_says_so_where_nothing_is_found_and_escape_closes(main: MainWindow, qtbot: QtBot) -> None:
    box = main.top.search
    box.begin()
    QTest.keyClicks(box.line, "zzzz")
    qtbot.waitUntil(box.answers.isVisible, timeout=5_000)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert name(main) == "today"
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    assert not box.answers.isVisible()


def test_navigation_shows_counts_and_stays_as_wide_as_the_design_says(main: MainWindow) -> None:
    assert main.session.background.wait(5_000)
    assert main.navigation.main.model_.counts["today"] == Count(3, alarm=True)
    assert main.navigation.width() == 144
    assert main.top.search.x() == 160
    assert main.top.search.width() == 464


def test_a_page_that_cannot_be_made_is_told_and_the_others_go_on(opened: Opened, unforeseen: list[Exception]) -> None:
    def fails(_session: Session) -> Page:
        raise ZeroDivisionError

    window = opened([tried("today"), PageKind("bad", "house", "ui.page.settings", fails)])
    assert window.main is not None
    window.main.go("bad")
    assert name(window.main) == "today"
    assert window.main.history.here == Place("today")
    assert window.main.navigation.main.currentIndex().row() == 0
    assert "ZeroDivisionError" in window.main.status.undo_line.sentence.text()
    assert [type(error) for error in unforeseen] == [ZeroDivisionError]
    unforeseen.clear()
