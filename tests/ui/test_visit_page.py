"""A visit is written as a person writes it: letters, Tab, Enter, Alt+Enter, Ctrl+Enter, Esc."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shequ_desktop.services import records
from shequ_desktop.services.visit_checks import HOME
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.visits.entries import CodeEntry
from shequ_desktop.ui.visits.visit_page import VisitPage
from shequ_desktop.ui.visits.visit_state import Spot
from shequ_desktop.ui.visits.visits_page import VisitsPage
from shequ_desktop.ui.window import Window
from tests.made import TODAY, USER, fields_of, save, typed
from tests.ui.conftest import Opened, unlock
from tests.ui.visiting import Home, count_of, drafts_of, make_home, open_visit, past_visit, settle, write
from tests.ui.walks import SIZES, clipped, order_faults, unnamed
from tests.ui.walks import settle as come_to_rest

OUTCOME, NEEDS, REMARK = Spot(HOME, "outcome"), Spot(HOME, "needs"), Spot(HOME, "remark")
KINDS = tuple(kind for kind in PAGES if kind.key in ("visits", "visit"))


@pytest.fixture
def home(archive: Archive) -> Home:
    return make_home(archive)


@pytest.fixture
def visiting(opened: Opened, home: Home) -> Window:
    return opened(KINDS)


def press(page: VisitPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)


def test_a_new_visit_says_today_and_who_and_waits_at_the_first_empty_field(visiting: Window, home: Home) -> None:
    page = open_visit(visiting, home.household)
    assert page.state is not None
    assert page.state.text(Spot(HOME, "visited_on")) == TODAY.isoformat()
    assert page.state.text(Spot(HOME, "visitors")) == USER
    assert page.forms[HOME].spot_of(QApplication.focusWidget()) == OUTCOME
    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == ["家里", "巴特尔", "苏和"]


def test_what_is_typed_is_a_draft_after_a_pause(qtbot: QtBot, visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, REMARK, "bring coal")
    qtbot.waitUntil(lambda: drafts_of(archive, USER)[0].content["visit"].get("remark") == "bring coal", timeout=5000)
    kept = drafts_of(archive, USER)[0].content
    assert kept["place"] == [HOME, "remark", -1, len("bring coal")]
    assert "草稿，14:02 已存本机" in page.head.line.text()


def test_finishing_says_what_is_lacking_and_goes_there(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    page.forms[HOME].fields[REMARK].setFocus()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(visiting)
    assert count_of(archive, "visit") == 0
    assert page.head.counts.text() == "1 项完成前要填"
    assert page.forms[HOME].fields[OUTCOME].message.sentence.text() == "完成前要填"
    assert page.forms[HOME].spot_of(QApplication.focusWidget()) == OUTCOME


def test_ctrl_enter_saves_the_visit_with_its_pages_and_promises(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "11")
    press(page, Qt.Key.Key_Return)
    write(page, Spot(HOME, "promised", 0), "coal")
    write(page, Spot(HOME, "due_on", 0), "12.1")
    write(page, Spot(home.elder, "condition"), "knee hurts")
    visit = page.target()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(visiting)
    assert fields_of(archive, "visit", visit)["outcome"] == "11"
    with archive.read() as reader:
        notes, promises = reader.where("visit_note", visit=visit), reader.where("follow_up", visit=visit)
    assert [(note.fields["care_record"], note.fields["condition"]) for note in notes] == [(home.elder, "knee hurts")]
    assert [(one.fields["promised"], one.fields["due_on"]) for one in promises] == [("coal", "2026-12-01")]
    assert drafts_of(archive, USER) == []
    shown = visiting.main.page if visiting.main else None
    assert isinstance(shown, VisitsPage)
    assert shown.pane.list.chosen_id() == visit


def test_a_double_click_and_enter_twice_make_one_visit(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "11")
    press(page, Qt.Key.Key_Return)
    QTest.mouseDClick(page.finish_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.finish_button, Qt.MouseButton.LeftButton)
    page.finish()
    page.finish()
    settle(visiting)
    assert count_of(archive, "visit") == 1
    with archive.read() as reader:
        assert len(reader.log_of([visit.id for visit in reader.all("visit")])) == 1


def test_undo_after_finishing_brings_the_draft_back(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "11")
    press(page, Qt.Key.Key_Return)
    page.finish()
    settle(visiting)
    assert visiting.main is not None
    assert visiting.main.status.undo_line.undo()
    settle(visiting)
    assert count_of(archive, "visit") == 0
    assert page.state is not None
    assert page.state.text(OUTCOME) == "11"
    page.finish()
    settle(visiting)
    assert count_of(archive, "visit") == 1


def test_half_composed_chinese_is_in_the_draft_when_somebody_leaves(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    editor = page.forms[HOME].fields[REMARK].editor
    editor.setFocus()
    QApplication.sendEvent(editor, QInputMethodEvent("冬草", []))
    assert editor.toPlainText() == ""  # type: ignore[union-attr]
    assert visiting.main is not None
    visiting.main.go("visits")
    settle(visiting)
    assert drafts_of(archive, USER)[0].content["visit"]["remark"] == "冬草"


def test_half_composed_chinese_is_in_the_visit_that_is_finished(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "11")
    press(page, Qt.Key.Key_Return)
    editor = page.forms[HOME].fields[NEEDS].editor
    editor.setFocus()
    QApplication.sendEvent(editor, QInputMethodEvent("拐杖", []))
    visit = page.target()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(visiting)
    assert fields_of(archive, "visit", visit)["needs"] == "拐杖"


def test_alt_enter_takes_over_what_stood_there_last_time(visiting: Window, archive: Archive, home: Home) -> None:
    past_visit(archive, home)
    page = open_visit(visiting, home.household)
    page.forms[HOME].fields[NEEDS].setFocus()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert page.forms[HOME].fields[NEEDS].text() == "没有提"
    page.tabs.choose(home.elder)
    page.forms[home.elder].fields[Spot(home.elder, "outcome")].setFocus()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert page.state is not None
    assert page.state.text(Spot(home.elder, "outcome")) == "12"
    assert "膝盖疼" in [word.text() for word in page.last.findChildren(type(page.last.summary))]


def test_an_older_promise_ticked_here_is_done_when_the_visit_is_finished(visiting: Window, archive: Archive, home: Home) -> None:
    past_visit(archive, home)
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "11")
    press(page, Qt.Key.Key_Return)
    page.last.boxes[0].click()
    settle(visiting)
    page.finish()
    settle(visiting)
    with archive.read() as reader:
        assert [one.fields.get("done_on") for one in reader.where("follow_up", household=home.household)] == [TODAY.isoformat()]


def test_a_form_on_which_nobody_wrote_leaves_no_draft(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    page.later.click()
    settle(visiting)
    assert drafts_of(archive, USER) == []


def test_esc_keeps_the_draft_and_it_is_offered_again_where_the_cursor_was(opened: Opened, archive: Archive, home: Home) -> None:
    window = opened(KINDS)
    page = open_visit(window, home.household)
    write(page, Spot(home.child, "needs"), "books")
    press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Escape)
    settle(window)
    window.lock("ui.unlock.locked")
    unlock(window)
    settle(window)
    again = open_visit(window, drafts_of(archive, USER)[0].id)
    assert again.tabs.value() == home.child
    field = again.forms[home.child].fields[Spot(home.child, "needs")]
    assert (field.text(), field.editor.cursorPosition()) == ("books", 4)  # type: ignore[union-attr]
    assert field.editor.hasFocus()


def test_what_others_save_meanwhile_moves_nothing_under_the_hand(
    qtbot: QtBot, visiting: Window, archive: Archive, home: Home
) -> None:
    page = open_visit(visiting, home.household)
    write(page, REMARK, "half a sent")
    editor = page.forms[HOME].fields[REMARK].editor
    place, scroll = editor.textCursor().position(), page.forms[HOME].verticalScrollBar().value()  # type: ignore[union-attr]
    made = records.add(archive, kind="resident", typed={"name": "娜仁花"}, today=TODAY)
    assert isinstance(made, str)
    records.add(archive, kind="membership", typed={"household": home.household, "resident": made}, today=TODAY)
    records.add(archive, kind="care_record", typed={"resident": made, "care_kind": "woman"}, today=TODAY)
    assert visiting.main is not None
    visiting.main.session.feed.look()
    qtbot.waitUntil(lambda: page.tabs.count() == 4, timeout=8000)
    assert QApplication.focusWidget() is editor
    assert editor.toPlainText() == "half a sent"  # type: ignore[union-attr]
    assert editor.textCursor().position() == place  # type: ignore[union-attr]
    assert page.forms[HOME].verticalScrollBar().value() == scroll


def test_a_finished_visit_is_opened_again_to_be_corrected(visiting: Window, archive: Archive, home: Home) -> None:
    visit = past_visit(archive, home)
    page = open_visit(visiting, visit)
    page.tabs.choose(home.elder)
    assert page.forms[home.elder].fields[Spot(home.elder, "condition")].text() == "膝盖疼"
    write(page, Spot(HOME, "promised", 0), " again")
    page.finish()
    settle(visiting)
    with archive.read() as reader:
        assert [one.fields["promised"] for one in reader.where("follow_up", visit=visit)] == ["问冬季燃煤补贴 again"]


@pytest.mark.parametrize("size", SIZES)
def test_the_form_is_whole_named_and_in_order_in_every_size(
    opened: Opened, archive: Archive, home: Home, size: tuple[int, int]
) -> None:
    past_visit(archive, home)
    window = opened(KINDS)
    window.resize(*size)
    page = open_visit(window, home.household)
    come_to_rest()
    assert clipped(page) == []
    assert unnamed(page) == []
    assert order_faults(page) == []


def test_a_home_of_sixteen_in_care_opens_within_a_tenth_of_a_second_of_work(
    visiting: Window, archive: Archive, home: Home
) -> None:
    for number in range(14):
        resident = typed(archive, "resident", name="乌" + "云其木格日图雅那顺巴特尔敖包"[number])
        save(archive, "membership", household=home.household, resident=resident)
        typed(archive, "care_record", resident=resident, care_kind="other")
    page = open_visit(visiting, home.household)
    assert page.tabs.count() == 17
    assert visiting.main is not None
    visiting.main.go("visits")
    settle(visiting)
    before = time.thread_time()
    open_visit(visiting, home.household)
    assert time.thread_time() - before < 0.25  # of this thread alone, with every event of a whole change of page
    before = time.thread_time()
    page.tabs.step(1)
    QApplication.processEvents()
    assert time.thread_time() - before < 0.1


def test_typing_holds_nothing_up(visiting: Window, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, NEEDS, "a")
    before = time.thread_time()
    write(page, NEEDS, "crutch")
    assert (time.thread_time() - before) / 6 < 0.03


def test_down_opens_every_outcome_and_esc_closes_the_list_and_not_the_page(visiting: Window, home: Home) -> None:
    page = open_visit(visiting, home.household)
    field = page.forms[HOME].fields[OUTCOME]
    assert isinstance(field, CodeEntry)
    press(page, Qt.Key.Key_Down)
    assert field._list.isVisible()
    assert field._model.rowCount() == 19
    press(page, Qt.Key.Key_Escape)
    assert not field._list.isVisible()
    assert visiting.main is not None
    assert visiting.main.page is page
    assert page.state is not None
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    assert page.state.text(OUTCOME) == "11"


def test_words_that_are_in_no_list_are_kept_and_said_beside_the_field(visiting: Window, archive: Archive, home: Home) -> None:
    page = open_visit(visiting, home.household)
    write(page, OUTCOME, "qqq")
    page.forms[HOME].fields[REMARK].setFocus()
    settle(visiting)
    assert page.forms[HOME].fields[OUTCOME].is_wrong
    assert page.head.counts.text() == "1 处要改"
    page.keep()
    settle(visiting)
    assert drafts_of(archive, USER)[0].content["visit"]["outcome"] == "qqq"
