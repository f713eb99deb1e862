"""Households and their forms, used as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shequ_desktop.services import form_drafts
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.widgets.facts import MaskedValue
from tests.made import edit, fields_of, reopen
from tests.ui.acting import Led, cells, focused, press, rest, show, told, undo
from tests.ui.conftest import Opened, unlock, wear
from tests.ui.gacha import LONGEST, Gacha, household, make_gacha


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


@pytest.fixture
def led() -> Led:
    return Led()


def test_the_first_household_of_the_list_stands_beside_it(gacha: Gacha, opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "households")
    assert page.pane.count.text() == "4 户"
    assert page.shown.head.title.text() == "斯琴高娃 的家庭"
    assert page.shown.head.line.text() == "户号 2501047 · 在家 2 人 · 逾期 6 天"
    assert [line[0] for line in cells(page.shown.members)] == ["斯琴高娃", "苏和"]
    assert cells(page.shown.members)[0][5] == "1525**********014X"


def test_a_chip_filters_and_the_order_is_chosen(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "households")
    page.pane.chips.choose("woman")
    rest(window)
    assert [row.name for row in page.pane.list.rows.rows] == [LONGEST]
    page.pane.chips.choose("all")
    page.entries.sort_by("name")
    rest(window)
    assert page.pane.list.rows.rows[0].name == "敖登格日勒"
    assert page.entries.order.text() == "按姓名"


def test_words_filter_the_list_and_esc_shows_all_again(gacha: Gacha, opened: Opened, led: Led, qtbot: QtBot) -> None:
    window = opened(led.kinds())
    page = show(window, "households")
    press(window, "filter")
    assert page.entries.words.hasFocus()
    QTest.keyClicks(page.entries.words, "landing")
    page.entries.words.setText("苏和")
    qtbot.wait(250)
    rest(window)
    assert [row.name for row in page.pane.list.rows.rows] == ["斯琴高娃"]
    press(window, "back")
    assert len(page.pane.list.rows.rows) == 4
    assert focused() is page.pane.list


def test_enter_records_a_visit_and_ctrl_p_prints_this_household(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.due)
    page.pane.list.setFocus()
    QTest.keyClick(page.pane.list, Qt.Key.Key_Return)
    show(window, "households", gacha.due)
    press(window, "print")
    assert (led.opened["visit"], led.opened["print"]) == ([gacha.due], [gacha.due])


def test_a_telephone_is_shown_when_asked_for_and_that_is_written_down(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    value = page.shown.facts.findChild(MaskedValue)
    assert value.value.text() == "138****1234"
    QTest.mouseClick(value.button, Qt.MouseButton.LeftButton)
    rest(window)
    assert value.value.text() == "13847901234"
    with archive.read() as reader:
        assert audit.lines(reader.connection)[-1][2:] == ("looked", f"phone.number {gacha.phone}")


def test_the_landmark_is_changed_and_undone(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "edit")
    form = page.shown.form.form
    assert form.inputs["household.landmark"].typed() == "井房往西第二户，蓝顶"
    form.inputs["household.landmark"].put("水井东边")
    press(window, "save")
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "水井东边"
    assert told(window) == "家庭 斯琴高娃 已改"
    assert not page.shown.is_writing
    undo(window)
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "井房往西第二户，蓝顶"


def test_what_is_wrong_stands_beside_its_field_and_is_counted(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "households", "new")
    form = page.shown.form.form
    form.inputs["phone.number"].put("12")
    form.inputs["resident.id_number"].put("152501194402190141")
    press(window, "save")
    assert page.shown.form.head.counts.text() == "2 处要改"
    wrong = [name for name, one in form.inputs.items() if getattr(one.widget, "is_wrong", False)]
    assert wrong == ["resident.id_number", "phone.number"]
    with archive.read() as reader:
        assert reader.count("household") == 4


def test_a_new_household_is_saved_with_its_head_and_stands_in_the_list(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "households", "new")
    form = page.shown.form.form
    for name, text in (("resident.name", "宝音德力格尔"), ("household.landmark", "敖包南坡"), ("phone.number", "13847901111")):
        form.inputs[name].put(text)
    press(window, "save")
    press(window, "save")
    with archive.read() as reader:
        assert reader.count("household") == 5
    assert page.shown.head.title.text() == "宝音德力格尔 的家庭"
    assert page.pane.list.chosen_id() == page.target()
    undo(window)
    with archive.read() as reader:
        assert reader.count("household") == 4


def test_a_half_written_form_comes_back_after_leaving_locking_and_killing(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "households", "new")
    page.shown.form.form.inputs["resident.name"].put("朝鲁")
    page.shown.form.form.edited.emit()
    page.shown.form._timer.timeout.emit()
    rest(window)
    assert form_drafts.kept(archive, form="form.household.new", about="")["typed"] == {"resident.name": "朝鲁"}
    press(window, "back")
    assert told(window) == "写到一半的已留住，再打开时接着写。"
    show(window, "today")
    page = show(window, "households", "new")
    assert page.shown.form.form.inputs["resident.name"].typed() == "朝鲁"
    assert window.main is not None
    window.main.lock_asked.emit()
    unlock(window)
    page = show(window, "households", "new")
    assert page.shown.form.form.inputs["resident.name"].typed() == "朝鲁"
    page.shown.form.throw_away()
    rest(window)
    assert form_drafts.kept(archive, form="form.household.new", about="") == {}


def test_what_is_typed_survives_another_language(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "edit")
    page.shown.form.form.inputs["household.landmark"].put("敖包南坡")
    wear(window, language="en")
    page = show(window, "households", gacha.overdue)
    press(window, "edit")
    assert page.shown.form.form.inputs["household.landmark"].typed() == "敖包南坡"
    assert page.shown.head.title.text() == "Household of 斯琴高娃"


def test_somebody_known_is_found_while_their_name_is_typed_and_only_joins(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive, qtbot: QtBot
) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.quiet)
    page.shown.wanted.emit("add_member", "")
    rest(window)
    form = page.shown.form.form
    name = form.inputs["resident.name"].widget
    name.setFocus()
    QTest.keyClicks(name.editor, "sh")
    name.editor.setText("苏和")
    name.edited.emit()
    qtbot.wait(400)
    rest(window)
    QTest.keyClick(name.editor, Qt.Key.Key_Down)
    QTest.keyClick(name.editor, Qt.Key.Key_Return)
    rest(window)
    assert form.inputs["resident.id_number"].widget.isHidden()
    form.inputs["membership.relation"].put("41")
    press(window, "save")
    with archive.read() as reader:
        assert reader.count("resident") == 5
    assert [line[:2] for line in cells(page.shown.members)] == [["巴特尔", "户主"], ["苏和", "孙子"]]


def test_a_member_is_taken_out_and_back(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "next_tab")
    assert not page.shown.member_buttons["move_out"].isEnabled()
    page.shown.all_members.choose(gacha.grandson)
    page.shown.member_buttons["move_out"].click()
    rest(window)
    assert [line[0] for line in cells(page.shown.all_members)] == ["斯琴高娃"]
    undo(window)
    assert len(cells(page.shown.all_members)) == 2


def test_a_relation_is_changed(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "next_tab")
    page.shown.all_members.choose(gacha.grandson)
    page.shown.member_buttons["relation"].click()
    rest(window)
    page.shown.form.form.inputs["membership.relation"].put("42")
    press(window, "save")
    assert cells(page.shown.all_members)[1][1] == "孙女"


def test_an_older_value_is_restored_from_the_history(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    edit(archive, "household", gacha.overdue, landmark="水井东边")
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "last_tab")
    history = page.shown.history
    values = [line[1:3] for line in cells(history.table)]
    assert ["斯琴高娃 的怎么找", "水井东边"] in values
    old = next(line for line in history._lines if line.value == "井房往西第二户，蓝顶")
    history.table.choose(old.id)
    history.restore_button.click()
    rest(window)
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "井房往西第二户，蓝顶"
    undo(window)
    assert fields_of(archive, "household", gacha.overdue)["landmark"] == "水井东边"


def test_a_newer_value_from_elsewhere_stands_beside_the_field_and_typed_text_stays(
    gacha: Gacha, opened: Opened, led: Led
) -> None:
    window = opened(led.kinds())
    page = show(window, "households", gacha.overdue)
    press(window, "edit")
    landmark = page.shown.form.form.inputs["household.landmark"]
    landmark.put("我写的")
    other = reopen(page.session.archive.folder)
    edit(other, "household", gacha.overdue, landmark="别人写的")
    other.close()
    assert window.main is not None
    window.main.session.feed.look()
    rest(window)
    assert landmark.typed() == "我写的"
    assert landmark.field.message.sentence.text() == "别处刚写成：别人写的"


def test_a_narrow_window_shows_one_pane_with_a_way_back(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    window.resize(853, 480)
    page = show(window, "households")
    assert (page.pane.isVisible(), page.shown.isVisible()) == (True, False)
    page.pane.list.setFocus()
    QTest.keyClick(page.pane.list, Qt.Key.Key_Return)
    rest(window)
    assert (page.pane.isVisible(), page.shown.isVisible()) == (False, True)
    assert led.opened["visit"] == []
    QTest.mouseClick(page.shown.head.back_button, Qt.MouseButton.LeftButton)
    assert page.pane.isVisible()


def test_a_change_elsewhere_moves_neither_scroll_nor_choice(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    for number in range(60):
        household(archive, f"额尔敦{number}")
    window = opened(led.kinds())
    page = show(window, "households")
    page.pane.list.choose(gacha.quiet)
    page.pane.list.verticalScrollBar().setValue(700)
    rest(window)
    before = page.pane.list.verticalScrollBar().value()
    top = page.pane.list.indexAt(page.pane.list.viewport().rect().topLeft()).row()
    shown = page.pane.list.rows.rows[top].id
    edit(archive, "household", gacha.overdue, landmark="新的")
    assert window.main is not None
    window.main.session.feed.look()
    rest(window)
    assert page.pane.list.verticalScrollBar().value() == before
    assert page.pane.list.rows.rows[top].id == shown
    assert page.pane.list.chosen_id() == gacha.quiet


def test_an_empty_archive_teaches_and_the_first_household_can_be_written(opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "households")
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.other, Qt.MouseButton.LeftButton)
    rest(window)
    page.shown.form.form.inputs["resident.name"].put("巴特尔")
    press(window, "save")
    assert page.shown.head.title.text() == "巴特尔 的家庭"
