"""Suggestions in the window: written, kept while half written, taken back; the answer comes by a real league."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from shequ_desktop.services import enrolling, suggestions
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.suggestions.suggestions_page import PAUSE_MS, SuggestionsPage
from shequ_desktop.ui.widgets.lines import Paragraph
from shequ_desktop.ui.window import Window
from shequ_desktop.wording import catalogue
from tests.exchange.place import Place, records
from tests.made import TODAY, edit
from tests.ui.conftest import Opened, unlock, wear
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

KINDS = [kind for kind in PAGES if kind.key in ("settings", "help", "suggestions")]
TEXT = "表格上的字再大一点"


@pytest.fixture
def window(opened: Opened) -> Window:
    return opened(KINDS)


def page(window: Window, about: str = "") -> SuggestionsPage:
    assert window.main is not None
    window.main.go("suggestions", about)
    assert window.background.wait(10_000)
    settle()
    assert isinstance(window.main.page, SuggestionsPage)
    return window.main.page


def words(shown: SuggestionsPage) -> list[str]:
    return [label.text() for label in shown.own.findChildren(QLabel) if label.text() and label.isVisible()]


def write(shown: SuggestionsPage, text: str) -> None:
    editor = shown.text.editor
    assert isinstance(editor, Paragraph)
    editor.insertPlainText(text)


def finish(window: Window) -> None:
    assert window.main is not None
    QTest.keyClick(window.main, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.background.wait(10_000)
    settle()


def test_what_is_written_stands_at_the_right_and_the_fields_are_empty(window: Window, archive: Archive) -> None:
    shown = page(window, "settings")
    assert shown.about.value() == "settings"
    assert shown.text.editor.hasFocus()
    write(shown, TEXT)
    finish(window)
    assert TEXT in words(shown)
    assert (shown.text.text(), shown.about.value()) == ("", "")
    (one,) = suggestions.own(archive).listed
    assert (one.text, one.about_page) == (TEXT, "settings")


def test_ctrl_z_brings_the_text_back_into_the_field(window: Window) -> None:
    shown = page(window)
    write(shown, TEXT)
    finish(window)
    assert window.main is not None
    QTest.keyClick(window.main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.background.wait(10_000)
    settle()
    assert shown.text.text() == TEXT
    assert TEXT not in words(shown)


def test_nothing_written_is_said_beside_the_field(window: Window) -> None:
    shown = page(window)
    finish(window)
    assert shown.text.is_wrong
    assert shown.text.editor.hasFocus()


def test_half_written_it_is_kept_at_a_pause_and_comes_back_after_a_lock(window: Window, archive: Archive) -> None:
    shown = page(window)
    write(shown, TEXT)
    QTest.qWait(PAUSE_MS + 100)
    assert window.background.wait(10_000)
    assert suggestions.own(archive).draft.content["text"] == TEXT
    QTest.keyClicks(shown.text.editor, "ab")
    window.lock("ui.unlock.locked")
    unlock(window)
    assert "ab" in page(window).text.text()


def test_a_change_elsewhere_leaves_what_is_typed_alone(window: Window, archive: Archive) -> None:
    shown = page(window)
    write(shown, "写到一半")
    draft = suggestions.own(archive).draft
    said = suggestions.write(archive, draft=draft, text=TEXT, about_page="", today=TODAY)
    assert isinstance(said, str)
    assert window.main is not None
    window.main.session.feed.look()
    assert window.background.wait(10_000)
    settle()
    assert window.background.wait(10_000)
    settle()
    assert TEXT in words(shown)
    assert shown.text.text() == "写到一半"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "league", f"sqlite:///{tmp_path}/league.db")
    yield made
    made.database.close()


def test_the_answer_of_the_league_comes_with_a_sync(window: Window, place: Place) -> None:
    assert window.main is not None
    laptop = place.join("van", window.main.session.archive, [0])
    problem = enrolling.enroll(
        laptop.archive, server="http://league", code=place.code(area="152501"), road=laptop.road, device_name="van"
    )
    assert problem is None
    shown = page(window)
    write(shown, TEXT)
    finish(window)
    assert say("ui.suggestions.state.waiting") in words(shown)
    laptop.synced()
    assert window.background.wait(10_000)
    window.main.session.feed.look()
    page(window)
    assert say("ui.suggestions.state.received") in words(shown)
    officer = place.laptop("officer")
    officer.synced()
    (said,) = records(officer.export(), "suggestion")
    officer.edit(said["id"], "suggestion", answer="下一版就改", answered_on="2026-11-24")
    officer.synced()
    laptop.synced()
    page(window)
    assert "下一版就改" in words(shown)
    assert say("ui.suggestions.state.answered") in words(shown)
    officer.archive.close()


def say(key: str) -> str:
    return catalogue("zh_CN")[key]


@pytest.mark.parametrize(("language", "scale"), [("zh_CN", 1.0), ("en", 1.5)])
def test_nothing_is_cut_and_everything_has_a_name(opened: Opened, archive: Archive, language: str, scale: float) -> None:
    said = suggestions.write(archive, draft=suggestions.own(archive).draft, text=TEXT * 9, about_page="today", today=TODAY)
    assert isinstance(said, str)
    edit(archive, "suggestion", said, answer="下一版就改。" * 5, answered_on="2026-11-24")
    window = opened(KINDS)
    wear(window, language=language, scale=scale)
    for size in SIZES:
        window.resize(*size)
        shown = page(window)
        assert clipped(window) == []
    assert unnamed(shown) == []
    assert order_faults(shown) == []


def test_opening_it_never_holds_the_event_loop(window: Window, watchdog: Watchdog) -> None:
    page(window)
