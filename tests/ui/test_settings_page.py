"""Settings as a person uses them: each choice holds, backups are made and put back, keys change, details are copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from shequ_desktop.services import preferences, restoring, unlocking
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.settings import licences
from shequ_desktop.ui.settings.about_part import AboutPart
from shequ_desktop.ui.settings.backup_part import BackupPart
from shequ_desktop.ui.settings.key_forms import AddForm, CodeForm, PassphraseForm, RemoveForm
from shequ_desktop.ui.settings.looks_part import LooksPart
from shequ_desktop.ui.settings.people_part import PeoplePart
from shequ_desktop.ui.settings.settings_page import PARTS, SettingsPage
from shequ_desktop.ui.settings.sync_part import SyncPart
from shequ_desktop.ui.unlock.unlock_page import UnlockPage
from shequ_desktop.ui.window import Window
from tests.made import PASSPHRASE, USER, save, try_to_open
from tests.ui.conftest import Opened, unlock, wear
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

KINDS = [kind for kind in PAGES if kind.key in ("settings", "help", "suggestions")]
OTHER, OTHERS = "王医生", "一条河往北流过去"


@pytest.fixture
def window(opened: Opened) -> Window:
    return opened(KINDS)


def page(window: Window, part: str) -> SettingsPage:
    assert window.main is not None
    window.main.go("settings", part)
    assert window.background.wait(10_000)
    settle()
    assert isinstance(window.main.page, SettingsPage)
    return window.main.page


def click(widget: object) -> None:
    widget.click()  # type: ignore[attr-defined]
    settle()


def done(window: Window) -> None:
    assert window.background.wait(10_000)
    settle()


@pytest.mark.parametrize("part", [name for name, _ in PARTS])
@pytest.mark.parametrize(("language", "scale"), [("zh_CN", 1.0), ("en", 1.5)])
def test_nothing_is_cut_and_everything_has_a_name(opened: Opened, part: str, language: str, scale: float) -> None:
    window = opened(KINDS)
    wear(window, language=language, scale=scale)
    for size in SIZES:
        window.resize(*size)
        shown = page(window, part)
        assert clipped(window) == []
    assert unnamed(shown) == []
    assert order_faults(shown) == []


def test_opening_each_part_never_holds_the_event_loop(window: Window, watchdog: Watchdog) -> None:
    for name, _ in PARTS:
        page(window, name)


def test_tabs_turn_by_keyboard_and_the_way_back_leads_to_the_same_one(window: Window) -> None:
    shown = page(window, "looks")
    assert window.main is not None
    QTest.keyClick(window.main, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert shown.target() == "sync"
    window.main.go("help")
    QTest.keyClick(window.main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.target() == "sync"


def test_minutes_until_it_locks_hold_at_once(window: Window, archive: Archive) -> None:
    looks = page(window, "looks").part
    assert isinstance(looks, LooksPart)
    click(looks.lock_after.buttons[0])
    assert preferences.load(archive.folder)["lock_after_minutes"] == 5
    assert window._idle.interval() == 5 * 60_000


def test_a_larger_text_builds_the_page_anew_on_the_same_part(window: Window, qtbot: QtBot) -> None:
    looks = page(window, "looks").part
    assert isinstance(looks, LooksPart)
    before = window.main
    click(looks.text_size.buttons[2])
    qtbot.waitUntil(lambda: window.main is not before)
    assert window.main is not None
    assert isinstance(window.main.page, SettingsPage)
    assert window.face.look.scale == 1.25


def test_wishes_for_sync_are_kept_and_told(window: Window, archive: Archive) -> None:
    sync = page(window, "sync").part
    assert isinstance(sync, SyncPart)
    told: list[bool] = []
    assert window.main is not None
    window.main.settings_chosen.connect(lambda: told.append(True))
    click(sync.every.buttons[2])
    click(sync.by_itself)
    click(sync.sparing)
    kept = preferences.load(archive.folder)
    assert (kept["sync_minutes"], kept["sync_by_itself"], kept["sync_saves_traffic"]) == (60, False, True)
    assert not sync.every.isEnabled()
    assert len(told) == 3


def backups(window: Window) -> BackupPart:
    part = page(window, "backup").part
    assert isinstance(part, BackupPart)
    return part


def chosen(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """The person chooses this file in the system's dialog."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))


def test_a_backup_is_written_where_a_person_said(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part, out = backups(window), tmp_path / "u.shequ-backup"
    chosen(monkeypatch, out)
    click(part.back_up_button)
    done(window)
    assert out.exists()
    assert out.name in part.done.sentence.text()


def test_a_folder_that_takes_nothing_is_said(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = backups(window)
    chosen(monkeypatch, tmp_path / "not there" / "u.shequ-backup")
    click(part.back_up_button)
    done(window)
    assert window.main is not None
    assert "u.shequ-backup" in window.main.status.undo_line.sentence.text()
    assert part.back_up_button.isEnabled()


def test_restoring_shows_what_it_holds_then_replaces_and_asks_who_is_there(
    window: Window, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(archive, "household", number="0001")
    file = tmp_path / "u.shequ-backup"
    restoring.back_up(archive, out=file)
    save(archive, "household", number="0002")
    part = backups(window)
    chosen(monkeypatch, file)
    click(part.restore_button)
    done(window)
    pane = part.pane
    assert pane.passphrase.editor.hasFocus()
    QTest.keyClicks(pane.passphrase.editor, "wrong-passphrase")
    QTest.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    done(window)
    assert pane.passphrase.is_wrong
    assert pane.replace_button.isHidden()
    pane.passphrase.set_text(PASSPHRASE)
    click(pane.look_button)
    done(window)
    home = pane.table.lines.line(0)
    assert [cell.text for cell in home.cells[1:]] == ["1", "2"]
    assert "000001-before-restore" in pane.safety.sentence.text()
    click(pane.replace_button)
    settle()
    assert window.main is None
    done(window)
    assert isinstance(window.shown, UnlockPage)
    unlock(window)
    assert window.main is not None
    with window.main.session.archive.read() as reader:
        assert reader.count("household") == 1
    assert backups(window).own.lines.rowCount() == 1


def test_not_now_forgets_the_file_and_the_passphrase(
    window: Window, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "u.shequ-backup"
    restoring.back_up(archive, out=file)
    part = backups(window)
    chosen(monkeypatch, file)
    click(part.restore_button)
    done(window)
    part.pane.passphrase.set_text(PASSPHRASE)
    click(part.pane.cancel_button)
    assert part.pane.isHidden()
    assert part.pane.passphrase.text() == ""


def people(window: Window) -> PeoplePart:
    part = page(window, "people").part
    assert isinstance(part, PeoplePart)
    return part


def test_a_person_is_added_and_removed_and_given_back(window: Window, archive: Archive) -> None:
    part = people(window)
    click(part.add_button)
    form = part.form
    assert isinstance(form, AddForm)
    for field, text in ((form.own, PASSPHRASE), (form.person, OTHER), (form.new.passphrase, OTHERS), (form.new.again, OTHERS)):
        field.set_text(text)
    QTest.keyClick(form.new.again.editor, Qt.Key.Key_Return)
    done(window)
    assert unlocking.people(archive.folder) == sorted([USER, OTHER])
    assert part.form is None
    part.list.choose(OTHER)
    click(part.remove_button)
    assert isinstance(part.form, RemoveForm)
    part.form.own.set_text(PASSPHRASE)
    click(part.form.button)
    done(window)
    assert unlocking.people(archive.folder) == [USER]
    QTest.keyClick(window.main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    done(window)
    assert isinstance(try_to_open(archive.folder, user=OTHER, passphrase=OTHERS), Archive)


def test_oneself_is_not_taken_off_the_list(window: Window) -> None:
    part = people(window)
    assert part.list.chosen_id() == USER
    assert not part.remove_button.isEnabled()
    assert part.remove_button.toolTip() != ""


def test_a_new_passphrase_is_typed_twice_and_only_after_the_old_one(window: Window, archive: Archive) -> None:
    part = people(window)
    click(part.passphrase_button)
    form = part.form
    assert isinstance(form, PassphraseForm)
    form.own.set_text("wrong-passphrase")
    form.new.passphrase.set_text(OTHERS)
    form.new.again.set_text(OTHERS + "x")
    click(form.button)
    assert form.new.again.is_wrong
    form.new.again.set_text(OTHERS)
    click(form.button)
    done(window)
    assert form.own.is_wrong
    form.own.set_text(PASSPHRASE)
    click(form.button)
    done(window)
    assert part.form is None
    assert isinstance(try_to_open(archive.folder, passphrase=OTHERS), Archive)


def test_a_new_recovery_code_stays_until_it_was_written_down(window: Window) -> None:
    part = people(window)
    click(part.code_button)
    form = part.form
    assert isinstance(form, CodeForm)
    form.own.set_text(PASSPHRASE)
    click(form.button)
    done(window)
    shown = form.code.text()
    assert len(shown.split(" - ")) == 6
    form.confirm.set_text("XXXXX")
    click(form.button)
    assert form.confirm.is_wrong
    form.confirm.set_text(shown.split(" - ")[-1])
    click(form.button)
    assert part.form is None


def test_half_typed_passphrases_do_not_outlive_the_page(window: Window) -> None:
    part = people(window)
    click(part.passphrase_button)
    assert part.form is not None
    part.form.own.set_text(PASSPHRASE)
    assert window.main is not None
    window.main.go("help")
    assert part.form is None


def about(window: Window) -> AboutPart:
    part = page(window, "about").part
    assert isinstance(part, AboutPart)
    return part


def test_details_are_copied_as_they_are_read(window: Window) -> None:
    part = about(window)
    click(part.copy)
    copied = QGuiApplication.clipboard().text()
    assert copied == part.details.toPlainText()
    assert "schema:" in copied
    assert USER not in copied


def test_every_part_of_the_program_shows_its_licence(window: Window) -> None:
    part = about(window)
    names = {part.parts.lines.thing(place).name for place in range(part.parts.lines.rowCount())}
    assert {"Qt", "Noto Sans SC", "Phosphor Icons", "SQLCipher", "pyside6-essentials", "sqlalchemy", "cryptography"} <= names
    assert part.text.toPlainText() != ""


def test_no_part_of_the_program_is_without_licence_and_text() -> None:
    assert [(one.name, one.licence) for one in licences.parts() if one.licence == "—" or len(licences.text_of(one)) < 200] == []
