"""From the first start to a closed window: making, opening, waiting, forgetting, locking, changing the person, ending."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shequ_desktop.services import opened as opening
from shequ_desktop.services import preferences, unlocking
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.face import Face, Look
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.unlock.first_start import CodeSheet, FirstStart, JoinSheet, MakeSheet
from shequ_desktop.ui.unlock.recovery_page import RecoveryPage
from shequ_desktop.ui.unlock.strength import Strength, guess_bits, strength
from shequ_desktop.ui.unlock.unlock_page import UnlockPage
from shequ_desktop.ui.unlock.waiting import Tries
from shequ_desktop.ui.window import Window
from tests.made import PASSPHRASE, USER
from tests.ui.conftest import Opened, unlock
from tests.ui.walks import SIZES, clipped, order_faults, settle, unnamed


@pytest.fixture
def first(face: Face, tmp_path: Path, outside: Outside) -> Iterator[Window]:
    """A window where no archive is yet."""
    window = Window(face, tmp_path / "new", outside, [])
    window.show()
    yield window
    window.close()


def sheet_of(window: Window) -> QWidget:
    start = window.shown
    assert isinstance(start, FirstStart)
    return start.currentWidget()


def page_of(window: Window) -> UnlockPage:
    assert isinstance(window.shown, UnlockPage)
    return window.shown


def fill(window: Window, passphrase: str, again: str) -> MakeSheet:
    sheet = sheet_of(window)
    assert isinstance(sheet, MakeSheet)
    QTest.keyClicks(sheet.person.editor, "Oyuu")
    QTest.keyClicks(sheet.passphrase.editor, passphrase)
    QTest.keyClicks(sheet.again.editor, again)
    QTest.keyClick(sheet.again.editor, Qt.Key.Key_Return)
    assert window.background.wait(10_000)
    return sheet


def test_a_first_start_makes_an_archive_shows_its_code_once_and_lets_one_join_later(first: Window) -> None:
    fill(first, "three white horses", "three white horses")
    code = sheet_of(first)
    assert isinstance(code, CodeSheet)
    QTest.keyClicks(code.confirm.editor, "WRONG")
    QTest.keyClick(code.confirm.editor, Qt.Key.Key_Return)
    assert code.confirm.is_wrong
    code.confirm.set_text(code._last.lower())
    QTest.mouseClick(code.done, Qt.MouseButton.LeftButton)
    join = sheet_of(first)
    assert isinstance(join, JoinSheet)
    QTest.mouseClick(join.later, Qt.MouseButton.LeftButton)
    assert first.main is not None
    assert first.main.session.user == "Oyuu"


def test_two_passphrases_that_differ_make_no_archive(first: Window, tmp_path: Path) -> None:
    sheet = fill(first, "three white horses", "three white horse")
    assert sheet.again.is_wrong
    assert not unlocking.is_there(tmp_path / "new")


def test_a_short_passphrase_is_told_beside_its_field(first: Window) -> None:
    sheet = fill(first, "abc", "abc")
    assert sheet.passphrase.is_wrong
    assert not sheet.person.is_wrong


def test_a_code_that_is_no_code_is_told_beside_its_field_and_does_not_hold_up(first: Window) -> None:
    fill(first, "three white horses", "three white horses")
    code = sheet_of(first)
    assert isinstance(code, CodeSheet)
    code.confirm.set_text(code._last)
    code._check()
    join = sheet_of(first)
    assert isinstance(join, JoinSheet)
    QTest.keyClicks(join.server.editor, "http://127.0.0.1:9")
    QTest.keyClicks(join.code.editor, "nonsense")
    QTest.mouseClick(join.join_button, Qt.MouseButton.LeftButton)
    assert first.background.wait(10_000)
    assert join.code.is_wrong or join.server.is_wrong
    assert join.join_button.isEnabled()


def test_the_right_passphrase_opens_by_enter(opened: Opened, qtbot: QtBot) -> None:
    window = opened(unlocked=False)
    page = page_of(window)
    assert page.people.currentText() == USER
    page.passphrase.set_text(PASSPHRASE)
    QTest.keyClick(page.passphrase.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main is not None, timeout=10_000)


def test_wrong_tries_are_told_and_then_have_to_wait(opened: Opened) -> None:
    window = opened(unlocked=False)
    page = page_of(window)
    for _ in range(3):
        page.passphrase.set_text("not this one")
        page.try_to_open()
        assert window.background.wait(10_000)
        assert page.passphrase.is_wrong
    assert not page.open_button.isEnabled()
    assert "5" in page.open_button.text()
    page.passphrase.set_text(PASSPHRASE)
    page.try_to_open()
    assert window.background.wait(10_000)
    assert window.main is None
    for _ in range(5):
        page._count_down()
    page.try_to_open()
    assert window.background.wait(10_000)
    assert window.main is not None


def test_waiting_grows_and_has_an_end() -> None:
    waits = [Tries(wrong).wait_s for wrong in range(10)]
    assert waits == [0, 0, 0, 5, 10, 20, 40, 60, 60, 60]


def test_a_forgotten_passphrase_is_replaced_by_the_code_from_paper(opened: Opened, archive: Archive) -> None:
    code = unlocking.new_recovery_code(archive)
    window = opened(unlocked=False)
    QTest.mouseClick(page_of(window).forgot_button, Qt.MouseButton.LeftButton)
    page = window.shown
    assert isinstance(page, RecoveryPage)
    page.code.set_text("AAAA-BBBB")
    page.passphrase.set_text("three white horses")
    page.try_to_open()
    assert window.background.wait(10_000)
    assert page.code.is_wrong
    page.code.set_text(code.lower())
    page.try_to_open()
    assert window.background.wait(10_000)
    assert window.main is not None
    window.lock("ui.unlock.locked")
    assert window.background.wait(10_000)
    unlock(window, passphrase="three white horses")


def test_a_locked_window_holds_no_page_no_archive_and_no_key(opened: Opened) -> None:
    window = opened()
    assert window.main is not None
    archive = window.main.session.archive
    key, gone = archive.key, weakref.ref(archive)
    QTest.keyClick(window.main, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.background.wait(10_000)
    assert page_of(window).passphrase.text() == ""
    assert archive.key == b""
    del archive
    QApplication.sendPostedEvents(None, 52)  # deferred deletions
    QApplication.processEvents()
    gc.collect()
    assert gone() is None
    holders = [
        one for one in gc.get_referrers(key) if isinstance(one, dict) and one.get("key") is key and "test_" not in str(one)
    ]
    assert holders == []


def test_a_window_that_nobody_uses_locks_by_itself(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    window._idle.setInterval(50)
    window._idle.start()
    qtbot.waitUntil(lambda: window.main is None, timeout=3_000)
    assert isinstance(window.shown, UnlockPage)


def test_typing_puts_off_the_lock(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    window._idle.setInterval(400)
    window._idle.start()
    began = time.monotonic()
    while time.monotonic() - began < 0.8:
        QTest.keyClick(window, Qt.Key.Key_Shift)
        qtbot.wait(40)
    assert window.main is not None


def test_another_person_opens_the_same_archive_and_writes_under_their_name(opened: Opened, archive: Archive) -> None:
    assert unlocking.add_person(archive, user="萨仁", passphrase=PASSPHRASE) is None
    window = opened(unlocked=False)
    unlock(window, USER)
    assert window.main is not None
    window.main.change_asked.emit()
    assert window.background.wait(10_000)
    unlock(window, "萨仁")
    assert window.main is not None
    assert window.main.session.user == "萨仁"


def test_the_one_who_locked_comes_back_to_where_they_were(opened: Opened) -> None:
    window = opened()
    assert window.main is not None
    window.main.go("settings", "")
    window.main.go("settings", "")
    window.lock("ui.unlock.locked")
    assert window.background.wait(10_000)
    unlock(window)
    assert window.main is not None
    assert window.main.history.here is not None
    assert window.main.history.here.page == "settings"
    assert window.main.page is not None


def test_closing_ends_within_five_seconds_though_something_hangs(opened: Opened) -> None:
    window = opened()
    never = threading.Event()
    window.background.run(never.wait, 30)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    never.set()


def test_what_was_being_saved_when_the_window_closed_is_saved(opened: Opened, archive: Archive) -> None:
    window = opened()
    written: list[int] = []

    def slowly() -> None:
        time.sleep(0.3)
        written.append(1)

    window.background.run(slowly)
    window.close()
    assert written == [1]


def test_a_long_work_that_can_be_stopped_is_stopped_by_closing(opened: Opened) -> None:
    window = opened()
    ended: list[str] = []

    def long(*, cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            time.sleep(0.01)
        ended.append("stopped")

    window.background.run(long, cancellable=True)
    window.close()
    assert ended == ["stopped"]


def test_the_look_is_remembered_and_a_damaged_file_is_as_if_never_chosen(tmp_path: Path) -> None:
    assert preferences.keep(tmp_path, theme="dark", scale=1.25) is None
    assert preferences.load(tmp_path)["theme"] == "dark"
    assert preferences.load(tmp_path)["width"] == 1366
    (tmp_path / preferences.FILE).write_text('{"theme": 7, "scale": "x"', encoding="utf-8")
    assert preferences.load(tmp_path) == dict(preferences.KNOWN)
    with pytest.raises(KeyError):
        preferences.keep(tmp_path, name="巴特尔")


def test_forgetting_the_key_leaves_nothing_that_opens(archive: Archive) -> None:
    opening.forget_key(archive)
    assert archive.key == b""


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("abc", Strength.TOO_SHORT), ("12345678", Strength.WEAK), ("password1", Strength.WEAK), ("Wuyun1985", Strength.WEAK),
        ("qwertyuiop", Strength.WEAK), ("aaaaaaaaaaaaaaaa", Strength.WEAK), ("19850312woaini", Strength.WEAK),
        ("草原上有三匹白马", Strength.STRONG), ("lamp river sugar window", Strength.STRONG), ("lampriversugar", Strength.FAIR),
    ],
)  # fmt: skip
def test_the_meter_is_honest(passphrase: str, said: Strength) -> None:
    assert strength(passphrase, user="乌云", shortest=8) is said


def test_ones_own_name_adds_next_to_nothing() -> None:
    assert guess_bits("wymg-wymg", user="乌云其木格") > guess_bits("wyqmg", user="乌云其木格")
    assert guess_bits("wyqmg", user="乌云其木格") < 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_way_in_is_whole_named_and_in_order_at_every_size(opened: Opened, first: Window, language: str, scale: float) -> None:
    first.face.choose(Look(language=language, scale=scale))
    asking = opened(unlocked=False)
    first.ask()
    for window in (asking, first):
        for width, height in SIZES:
            window.resize(width, height)
            settle()
            assert clipped(window) == []
        assert unnamed(window) == []
    assert order_faults(sheet_of(first)) == []
