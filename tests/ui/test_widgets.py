"""What pages are built of, used as a person uses it: typed, chosen, read, refused, shown for a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.history import History, Place
from shequ_desktop.ui.theme.fonts import RARE, load_rare_font, take_rare_font
from shequ_desktop.ui.widgets.chips import Chip, ChipRow
from shequ_desktop.ui.widgets.choices import CodeField, Segments
from shequ_desktop.ui.widgets.date_field import DateField
from shequ_desktop.ui.widgets.facts import Fact, FactGrid, MaskedValue
from shequ_desktop.ui.widgets.field import Field, text_area
from shequ_desktop.ui.widgets.lines import settle_focused
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.marks import ground
from shequ_desktop.ui.widgets.options import Option, matching
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.progress_line import ProgressLine
from shequ_desktop.ui.widgets.rows import Risk, Row
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar
from shequ_desktop.ui.window_class import WindowClass, window_class
from tests.ui.walks import Watchdog, clipped, settle, unnamed

TODAY = date(2026, 11, 24)
KEY = "ui.first.name"
OPTIONS = [Option("10", "老伴"), Option("11", "儿子"), Option("12", "儿媳"), Option("20", "邻居")]


@pytest.fixture
def sheet(face: Face) -> Iterator[QWidget]:
    """A page to put widgets on."""
    made = QWidget()
    ground(made, "surface")
    made.setLayout(QVBoxLayout())
    made.resize(800, 600)
    made.show()
    yield made
    made.close()


def put(sheet: QWidget, *widgets: QWidget) -> None:
    layout = sheet.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    settle()


def test_a_field_shows_its_state_and_forgets_an_error_when_somebody_types(face: Face, sheet: QWidget) -> None:
    field = Field(face, KEY)
    put(sheet, field)
    field.setFocus()
    assert field.control.property("state") == "focus"
    height = field.control.height()
    field.show_problem(Problem("needed", "name", (("term", "姓名"),)))
    settle()
    assert field.control.property("state") == "error"
    assert field.message.isVisible()
    assert field.control.height() == height == face.px("height.control")
    QTest.keyClicks(field.editor, "a")
    assert not field.is_wrong
    assert not field.message.isVisible()
    field.setEnabled(False)
    assert field.control.property("state") == "disabled"


def test_enter_goes_to_the_next_field(face: Face, sheet: QWidget) -> None:
    first, second = Field(face, KEY), Field(face, KEY)
    put(sheet, first, second)
    first.setFocus()
    QTest.keyClick(first.editor, Qt.Key.Key_Return)
    assert second.editor.hasFocus()


@pytest.mark.parametrize("area", [False, True])
def test_what_is_half_composed_is_written_when_the_focus_leaves(face: Face, sheet: QWidget, area: bool) -> None:
    field = text_area(face, KEY) if area else Field(face, KEY)
    other = Field(face, KEY)
    put(sheet, field, other)
    field.setFocus()
    QApplication.sendEvent(field.editor, QInputMethodEvent("巴特尔", []))
    assert field.text() == ""
    other.setFocus()
    assert field.text() == "巴特尔"


def test_what_is_half_composed_is_written_before_a_save(face: Face, sheet: QWidget) -> None:
    field = Field(face, KEY)
    put(sheet, field)
    field.setFocus()
    QTest.keyClicks(field.editor, "ab")
    QApplication.sendEvent(field.editor, QInputMethodEvent("乌云", []))
    settle_focused()
    settle_focused()
    assert field.text() == "ab乌云"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", ["10", "11", "12", "20"]), ("1", ["10", "11", "12"]), ("12", ["12"]), ("ez", ["11"]), ("e", ["11", "12"]),
     ("居", ["20"]), ("x", [])],
)  # fmt: skip
def test_codes_are_found_by_number_initials_or_part(typed: str, found: list[str]) -> None:
    assert [option.value for option in matching(OPTIONS, typed)] == found


def test_a_code_is_chosen_by_initials_and_enter(face: Face, sheet: QWidget) -> None:
    field = CodeField(face, KEY, OPTIONS)
    put(sheet, field, Field(face, KEY))
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    field.setFocus()
    QTest.keyClicks(field.editor, "e")
    QTest.keyClick(field.editor, Qt.Key.Key_Down)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert (field.value(), field.text(), chosen) == ("12", "儿媳", ["12"])
    assert not field.editor.hasFocus()


def test_leaving_a_code_field_takes_what_is_certain_and_says_what_is_not_in_the_table(face: Face, sheet: QWidget) -> None:
    field, other = CodeField(face, KEY, OPTIONS), Field(face, KEY)
    put(sheet, field, other)
    for typed, value, wrong in (("lj", "20", False), ("火星", "", True), ("", "", False)):
        field.setFocus()
        field.editor.selectAll()
        field.set_text(typed)
        field.edited.emit()
        other.setFocus()
        assert (field.value(), field.is_wrong) == (value, wrong), typed
        field.clear()


def test_a_day_shows_how_it_was_understood_and_complains_when_left(face: Face, sheet: QWidget) -> None:
    field, other = DateField(face, KEY, today=lambda: TODAY), Field(face, KEY)
    put(sheet, field, other)
    field.setFocus()
    QTest.keyClicks(field.editor, "11.24")
    assert (field.day(), field.trailing.text()) == (TODAY, "11月24日 周二，今天")
    QTest.keyClicks(field.editor, "9")
    assert field.trailing.text() == ""
    assert not field.is_wrong
    other.setFocus()
    assert field.is_wrong


def test_segments_keep_their_width_when_another_is_chosen(face: Face, sheet: QWidget) -> None:
    segments = Segments(face, KEY, OPTIONS[:3])
    put(sheet, segments)
    before = [button.width() for button in segments.buttons]
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    QTest.mouseClick(segments.buttons[1], Qt.MouseButton.LeftButton)
    settle()
    assert (segments.value(), chosen) == ("11", ["11"])
    assert [button.width() for button in segments.buttons] == before


def row(number: int) -> Row:
    return Row(str(number), f"人{number}", "4人 留守老人", "1 组", Risk.MEDIUM, "中", "逾期 6 天", "warn", True)


def test_a_refresh_moves_neither_scroll_nor_choice_nor_focus(face: Face, sheet: QWidget) -> None:
    rows = RowList(face, KEY)
    put(sheet, rows)
    rows.show_rows([row(number) for number in range(500)])
    rows.choose("200")
    rows.setFocus()
    settle()
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().value() + 17)
    place = rows.visualRect(rows.currentIndex()).top()
    heard: list[str] = []
    rows.chosen.connect(heard.append)
    rows.show_rows([row(number) for number in range(-20, 500)])
    settle()
    assert rows.chosen_id() == "200"
    assert rows.visualRect(rows.currentIndex()).top() == place
    assert rows.hasFocus()
    assert heard == []


def test_a_chosen_row_that_is_gone_is_told(face: Face, sheet: QWidget) -> None:
    rows = RowList(face, KEY)
    put(sheet, rows)
    rows.show_rows([row(1), row(2)])
    rows.choose("2")
    heard: list[str] = []
    rows.chosen.connect(heard.append)
    rows.show_rows([row(1)])
    assert heard == [""]


def test_heads_of_groups_are_passed_over_and_enter_asks_for_the_rows_action(face: Face, sheet: QWidget) -> None:
    rows = RowList(face, KEY, grouped=True)
    put(sheet, rows)
    rows.show_rows([Row("", "逾期", "1", head=True), row(1), Row("", "今天", "1", head=True), row(2)])
    rows.choose_first()
    asked: list[str] = []
    rows.asked.connect(asked.append)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert asked == ["2"]


def test_a_hundred_thousand_rows_scroll_without_holding_the_event_loop(face: Face, sheet: QWidget, watchdog: Watchdog) -> None:
    rows = RowList(face, KEY)
    put(sheet, rows)
    many = [row(number) for number in range(100_000)]
    watchdog.forgive()
    rows.show_rows(many)
    settle()
    bar = rows.verticalScrollBar()
    for step in range(0, bar.maximum(), bar.maximum() // 50):
        bar.setValue(step)
        QApplication.processEvents()


def test_chips_that_do_not_fit_go_into_more_and_the_chosen_one_stays_in_sight(face: Face, sheet: QWidget) -> None:
    chips = ChipRow(face)
    put(sheet, chips)
    chips.setFixedWidth(300)
    chips.show_chips([Chip(str(number), "ui.frame.waiting", number) for number in range(6)])
    settle()
    assert chips._more.isVisible()
    chips.choose("5")
    settle()
    assert chips._buttons[5].isVisible()
    assert chips._buttons[5].isChecked()
    assert clipped(chips) == []


def test_a_masked_value_is_shown_when_asked_for_and_hides_again(face: Face, sheet: QWidget, qtbot: QtBot) -> None:
    value = MaskedValue(face, "138****2206")
    put(sheet, value)
    value.asked.connect(lambda: value.reveal("13800002206", for_ms=100))
    QTest.mouseClick(value.button, Qt.MouseButton.LeftButton)
    assert value.value.text() == "13800002206"
    qtbot.waitUntil(lambda: value.value.text() == "138****2206", timeout=2_000)
    QTest.mouseClick(value.button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(value.button, Qt.MouseButton.LeftButton)
    assert value.value.text() == "138****2206"


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [820, 500])
def test_facts_are_whole_in_three_columns_and_in_two(face: Face, sheet: QWidget, scale: float, width: int) -> None:
    face.choose(type(face.look)(scale=scale))
    asked: list[str] = []
    grid = FactGrid(face, ask=lambda field, reveal: asked.append(field))
    facts = [
        Fact("阿日嘎拉图，嘎查办公室东北 14 公里", term="冬营地"),
        Fact("138****2206", term="电话", masked="number"),
        Fact("", term="牲畜"),
    ]
    grid.show_facts(facts * 2)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(grid)
    put(sheet, area)
    sheet.resize(width, 600)
    settle()
    assert clipped(grid) == []
    assert unnamed(grid) == []
    button = grid.findChildren(MaskedValue)[0].button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["number"]


def test_tabs_say_their_count_and_go_round(face: Face, sheet: QWidget) -> None:
    tabs = TabBar(face, KEY)
    put(sheet, tabs)
    tabs.show_tabs([Tab("a", text="概况"), Tab("b", text="成员", beside="4")])
    assert tabs.accessibleTabName(1) == "成员 4"
    tabs.step(1)
    tabs.show_tabs([Tab("a", text="概况"), Tab("b", text="成员", beside="5"), Tab("c", text="历史")])
    assert tabs.value() == "b"
    tabs.step(2)
    assert tabs.value() == "a"


def test_a_head_has_one_filled_button_and_it_is_the_last(face: Face, sheet: QWidget) -> None:
    head = PageHead(face)
    put(sheet, head)
    head.add_button(KEY)
    head.add_button(KEY, chief=True, shortcut="Enter")
    with pytest.raises(ValueError, match="filled"):
        head.add_button(KEY)
    settle()
    assert head.buttons[-1].geometry().right() == head.width() - face.px("width.page_margin") - 1
    assert "Enter" in head.buttons[-1].toolTip()


def test_progress_shows_only_what_lasts_and_can_be_stopped_once(face: Face, sheet: QWidget, qtbot: QtBot) -> None:
    line = ProgressLine(face)
    put(sheet, line)
    line.begin("ui.progress.busy")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=3_000)
    line.advance(3, 10)
    assert line.count.text() == "3 / 10"
    stopped: list[int] = []
    line.stop_asked.connect(lambda: stopped.append(1))
    QTest.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    QTest.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    assert stopped == [1]
    line.end()
    assert not line.isVisible()


def test_words_change_with_the_language_and_names_do_not(face: Face, sheet: QWidget) -> None:
    field = Field(face, "ui.unlock.passphrase")
    other = Field(face, KEY)
    other.label.show_text("巴特尔")
    put(sheet, field, other)
    face.choose(type(face.look)(language="en"))
    assert field.label.text() == "Passphrase"
    assert field.editor.accessibleName() == "Passphrase"
    assert other.label.text() == "巴特尔"


def test_history_leads_back_and_forgets_what_lay_ahead() -> None:
    history = History()
    for page in ("a", "b", "c"):
        history.go(Place(page))
    history.note("x")
    assert history.back() == Place("b")
    assert history.forward() == Place("c", "x")
    history.back()
    history.go(Place("d"))
    assert history.forward() is None
    assert [history.back(), history.back(), history.back()] == [Place("b"), Place("a"), None]


def test_room_is_counted_in_the_persons_text_size() -> None:
    assert window_class(1366, 1.0) is WindowClass.WIDE
    assert window_class(1100, 1.0) is WindowClass.MEDIUM
    assert window_class(1366, 1.5) is WindowClass.NARROW


def test_the_rare_face_is_asked_for_once_and_only_by_a_character_that_needs_it(face: Face, sheet: QWidget, qtbot: QtBot) -> None:
    asked: list[int] = []
    face.rare_met.connect(lambda: asked.append(1))
    face.meet("䶮㛃𫖮𬭎 Bataar")
    assert asked == []
    face.meet("李\U00020000")
    face.meet("李\U00020000")
    assert asked == [1]
    take_rare_font(load_rare_font())
    settle()
    assert QFontDatabase.hasFamily(RARE)
