"""Help: F1 opens what explains the page in sight; the guide is searched; its pages and pictures are all there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shequ_desktop import paths
from shequ_desktop.ui.help import guide
from shequ_desktop.ui.help.help_page import HelpPage
from shequ_desktop.ui.help.opening import HelpOpening
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.pages import COMPANIONS, PAGES
from shequ_desktop.ui.window import Window
from tests.tidy.source_files import ROOT
from tests.ui.conftest import Opened, wear
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

KINDS = [kind for kind in PAGES if kind.key in ("settings", "help", "suggestions")]
LINKS = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def main(opened: Opened) -> MainWindow:
    window = opened(KINDS)
    assert window.main is not None
    HelpOpening(window.main)
    return window.main


def shown(main: MainWindow, target: str = "today") -> HelpPage:
    main.go("help", target)
    settle()
    assert isinstance(main.page, HelpPage)
    return main.page


def test_f1_opens_the_page_that_explains_this_one_and_back_leads_back(main: MainWindow) -> None:
    main.go("settings", "backup")
    QTest.keyClick(main, Qt.Key.Key_F1)
    assert isinstance(main.page, HelpPage)
    assert main.page.target() == "settings.md"
    QTest.keyClick(main, Qt.Key.Key_F1)
    assert main.page.target() == "settings.md"
    QTest.keyClick(main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert main.page is not None
    assert main.page.target() == "backup"


def test_f1_is_listened_to_from_the_start() -> None:
    assert HelpOpening in COMPANIONS


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: str(kind.key))
def test_every_page_of_the_window_is_explained_by_one_of_the_guide(kind: object) -> None:
    assert any(kind.key in page.pages for page in guide.guide())  # type: ignore[attr-defined]


def test_no_page_of_the_window_is_explained_twice() -> None:
    explained = [key for page in guide.guide() for key in page.pages]
    assert len(explained) == len(set(explained))


def test_every_link_and_picture_of_the_guide_leads_somewhere() -> None:
    names = {page.file for page in guide.guide()}
    wrong = []
    for page in guide.guide():
        for link in LINKS.findall(page.text):
            there = (paths.guide() / link).is_file()
            if not there or (link.endswith(".md") and link not in names and link != "scheduled-upload.md"):
                wrong.append((page.file, link))
    assert wrong == []


def test_the_wheel_carries_every_picture_of_the_guide() -> None:
    carried = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    shown = {Path(link).name for page in guide.guide() for link in LINKS.findall(page.text) if link.endswith(".png")}
    assert {Path(file).name for file in carried["force-include"] if file.endswith(".png")} == shown


def test_a_link_leads_to_another_page(main: MainWindow) -> None:
    page = shown(main)
    page.reader.anchorClicked.emit(QUrl("print.md"))
    assert page.target() == "print.md"
    assert page.head.title.text() == "打印"
    assert page.list.chosen_id() == "print.md"


def test_searching_answers_while_typing_and_shows_the_place(main: MainWindow, qtbot: QtBot) -> None:
    page = shown(main)
    QTest.keyClick(main, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.words.hasFocus()
    QTest.keyClicks(page.words, "U ")
    page.words.setText("恢复码")
    page.words.textEdited.emit("恢复码")
    qtbot.waitUntil(lambda: len(page.list.rows.rows) < len(page.pages))
    assert {row.id for row in page.list.rows.rows} >= {"first-start.md", "unlocking.md"}
    assert all("恢复码" in row.below for row in page.list.rows.rows)
    assert page.reader.extraSelections() != []
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    assert page.list.hasFocus()


def test_searching_for_what_there_is_not_says_so(main: MainWindow, qtbot: QtBot) -> None:
    page = shown(main)
    page.words.setText("骆驼")
    page.words.textEdited.emit("骆驼")
    qtbot.waitUntil(page.none.isVisible)
    assert not page.list.isVisible()


@pytest.mark.parametrize(("words", "file"), [("drhmc", "import.md"), ("同步", "sync.md"), ("今日", "today.md")])
def test_titles_are_found_first_also_by_initials(words: str, file: str) -> None:
    assert guide.search(words, guide.guide())[0].page.file == file


def test_nothing_typed_is_every_page_in_the_order_of_the_guide() -> None:
    assert [hit.page for hit in guide.search(" ", guide.guide())] == list(guide.guide())


def test_pictures_are_no_wider_than_the_column(main: MainWindow) -> None:
    page = shown(main)
    image = page.reader.loadResource(2, QUrl("../pictures/today.png"))
    width = image.width() / image.devicePixelRatio()  # type: ignore[attr-defined]
    assert 0 < width <= page.reader.viewport().width()


@pytest.mark.parametrize(("language", "scale"), [("zh_CN", 1.0), ("en", 1.5)])
def test_nothing_is_cut_and_everything_has_a_name(opened: Opened, language: str, scale: float) -> None:
    window: Window = opened(KINDS)
    wear(window, language=language, scale=scale)
    assert window.main is not None
    for size in SIZES:
        window.resize(*size)
        page = shown(window.main)
        assert clipped(window) == []
    assert unnamed(page) == []
    assert order_faults(page) == []


def test_in_a_narrow_window_list_and_page_take_turns(main: MainWindow) -> None:
    main.window().resize(853, 480)
    page = shown(main)
    assert page.reader.isVisible()
    assert not page.list.isVisible()
    QTest.keyClick(main, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.reader.isVisible()


def test_opening_it_never_holds_the_event_loop(main: MainWindow, watchdog: Watchdog) -> None:
    for page in guide.guide():
        shown(main, page.file)
