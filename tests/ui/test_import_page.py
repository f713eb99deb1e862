"""A person takes in a list: by the dialog or dropped, matches columns, looks at every row, imports, answers what is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import answering, questions
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.rosters.dropping import FileDrop
from shequ_desktop.ui.rosters.import_page import ImportPage
from shequ_desktop.ui.rosters.import_state import Step
from shequ_desktop.ui.start import spare_pauses
from shequ_desktop.ui.window import Window
from tests.made import TODAY, id_number
from tests.ui.conftest import wear
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

Listed = Callable[..., Path]
HEADING = ["户编号", "姓名", "身份证号", "与户主关系", "电话", "暗号"]


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """`listed(*rows)`: a workbook with these rows below the usual heading."""

    def write(*rows: list[str], heading: list[str] = HEADING) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (heading, *rows):
            sheet.append(row)
        book.save(tmp_path / "花名册.xlsx")
        return tmp_path / "花名册.xlsx"

    return write


def people(n: int) -> str:
    return f"巴图{'一二三四五六七八九'[n % 9]}"


def rows(count: int = 4) -> list[list[str]]:
    return [[str(n // 2 + 1), people(n), id_number(n), "配偶" if n % 2 else "户主", "", ""] for n in range(count)]


WHOLE = id_number(51)


def damaged(name: str, by: int = 1) -> list[str]:
    """A row whose number has a wrong last digit."""
    return ["9", name, WHOLE[:-1] + str((int(WHOLE[-1]) + by) % 10), "户主", "", ""]


DAMAGED = damaged("乌云")
TOTAL = ["合计", "", "5", "", "", ""]


@pytest.fixture
def page(window: Window) -> ImportPage:
    assert window.main is not None
    window.main.go("import")
    shown = window.main.page
    assert isinstance(shown, ImportPage)
    return shown


def take(window: Window, page: ImportPage, file: Path) -> None:
    page.ask_open = lambda: str(file)
    page.empty.button.click()
    come_in(window)


def come_in(window: Window) -> None:
    for _ in range(3):
        assert window.background.wait(10_000)
        QApplication.processEvents()


def names_in(page: ImportPage) -> list[str]:
    table = page.rows.table.lines
    return [table.line(place).cells[2].text for place in range(table.rowCount())]


def test_every_row_is_shown_beforehand_and_doubtful_ones_first(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows(), DAMAGED, TOTAL))
    assert page.state.step is Step.MATCH
    assert names_in(page)[:2] == ["乌云", "合计"]
    assert page.rows.equation.text() == "6 行 = 新增 4 + 已有 0 + 要问您 1 + 不导入 1"
    assert page.chief.text() == "导入 5 人"
    assert "最后一位" in page.rows.table.lines.line(0).cells[4].text


def test_looking_at_a_list_writes_nothing(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows()))
    with page.session.archive.read() as reader:
        assert reader.count("resident") == 0


def test_a_chip_shows_only_rows_of_its_kind(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows(), DAMAGED, TOTAL))
    page.rows.chips.choose("refused")
    assert names_in(page) == ["合计"]


def test_a_column_matched_by_hand_is_taken_in_and_remembered(window: Window, page: ImportPage, listed: Listed) -> None:
    file = listed(*[[*row[:5], "腿脚不便"] for row in rows(2)])
    take(window, page, file)
    source = page.state.preview.lists[0].source if page.state.preview else ""
    box = page.mapping.boxes[source, 5]
    assert box.currentData() == ""
    place = box.findData("resident.remark")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    come_in(window)
    page.chief.click()
    come_in(window)
    with page.session.archive.read() as reader:
        assert {record.fields.get("remark") for record in reader.all("resident")} == {"腿脚不便"}
    page.go_back()
    take(window, page, file)
    assert page.mapping.boxes[source, 5].currentData() == "resident.remark"


def test_a_meaning_given_to_one_column_is_taken_from_the_other(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows(2)))
    source = page.state.preview.lists[0].source if page.state.preview else ""
    page.mapping.matched.emit(source, 5, "phone.number")
    come_in(window)
    assert page.mapping.boxes[source, 5].currentData() == "phone.number"
    assert page.mapping.boxes[source, 4].currentData() == ""


def test_without_a_name_column_nothing_can_be_imported_and_the_button_says_why(
    window: Window, page: ImportPage, listed: Listed
) -> None:
    take(window, page, listed(*rows(2)))
    source = page.state.preview.lists[0].source if page.state.preview else ""
    page.mapping.matched.emit(source, 1, "")
    come_in(window)
    assert not page.chief.isEnabled()
    assert "姓名" in page.chief.toolTip()
    page.mapping.matched.emit(source, 1, "resident.name")
    come_in(window)
    assert page.chief.isEnabled()


def test_the_import_ends_with_its_equation_and_the_questions(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows(), DAMAGED, TOTAL))
    page.keys()["finish"]()
    come_in(window)
    assert page.state.step is Step.DONE
    assert page.result.equation.text() == "6 行 = 新增 4 + 已有 0 + 要问您 1 + 不导入 1"
    assert page.questions.table.lines.line(0).cells[0].text == "乌云"
    with page.session.archive.read() as reader:
        assert reader.count("resident") == 5


def test_many_questions_are_answered_at_once_and_taken_back_by_undo(window: Window, page: ImportPage, listed: Listed) -> None:
    others = [damaged("其其格", 2), damaged("萨仁", 3)]
    take(window, page, listed(*rows(), DAMAGED, *others))
    page.chief.click()
    come_in(window)
    asked = page.questions.table.lines.rowCount()
    assert asked >= 2
    page.questions.all.click()
    page.questions.keep.click()
    come_in(window)
    assert page.questions.table.lines.rowCount() == 0
    assert questions.open_questions(page.session.archive) == []
    assert window.main is not None
    window.main.status.undo_line.undo()
    come_in(window)
    assert page.questions.table.lines.rowCount() == asked


def test_one_question_is_answered_by_another_value_with_the_keyboard_alone(
    window: Window, page: ImportPage, listed: Listed
) -> None:
    take(window, page, listed(*rows(), DAMAGED))
    page.chief.click()
    come_in(window)
    table = page.questions.table
    table.setFocus()
    table.choose_first()
    QTest.keyClick(table, Qt.Key.Key_Space)
    page.questions.other.set_text("123")
    page.questions.other.entered.emit()
    come_in(window)
    assert page.questions.other.is_wrong
    page.questions.other.set_text(WHOLE)
    QTest.keyClick(page.questions.other.editor, Qt.Key.Key_Return)
    come_in(window)
    assert table.lines.rowCount() == 0
    with page.session.archive.read() as reader:
        assert [one.id for one in reader.where("resident", id_number=WHOLE)]


def test_doubtful_rows_are_saved_with_their_reasons(window: Window, page: ImportPage, listed: Listed, tmp_path: Path) -> None:
    take(window, page, listed(*rows(), DAMAGED, TOTAL))
    page.ask_save = lambda: str(tmp_path / "要看的行")
    page.rows.save.click()
    come_in(window)
    sheet = openpyxl.load_workbook(tmp_path / "要看的行.xlsx").active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["乌云", None]


def test_a_stopped_import_changes_nothing(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows()))
    page.go_on()
    page.progress.stop.click()
    come_in(window)
    with page.session.archive.read() as reader:
        stopped = reader.count("resident") == 0
    assert page.state.step is (Step.MATCH if stopped else Step.DONE)


def test_a_file_dropped_on_the_window_is_looked_at(window: Window, listed: Listed) -> None:
    main = window.main
    assert main is not None
    FileDrop(main)
    main.go("settings")
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(listed(*rows())))])
    kind = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(600, 300), kind, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(main, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(600, 300), kind, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(main, drop)
    come_in(window)
    assert isinstance(main.page, ImportPage)
    assert main.page.state.step is Step.MATCH


def test_what_is_no_list_is_said_in_one_sentence(window: Window, page: ImportPage, tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    take(window, page, tmp_path / "空.xlsx")
    assert page.state.step is Step.CHOOSE
    assert page.note.isVisible()
    assert "空的" in page.note.sentence.text()


def test_the_choice_of_columns_survives_another_text_size(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed(*rows(2)))
    source = page.state.preview.lists[0].source if page.state.preview else ""
    page.mapping.matched.emit(source, 5, "resident.remark")
    come_in(window)
    wear(window, scale=1.25)
    come_in(window)
    assert window.main is not None
    again = window.main.page
    assert isinstance(again, ImportPage)
    assert again.state.step is Step.MATCH
    assert again.mapping.boxes[source, 5].currentData() == "resident.remark"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_step_is_clipped_or_nameless(
    window: Window, page: ImportPage, listed: Listed, size: tuple[int, int], language: str
) -> None:
    wear(window, language=language)
    window.resize(*size)
    main = window.main
    assert main is not None
    main.go("import")
    shown = main.page
    assert isinstance(shown, ImportPage)
    settle()
    for step in ("choose", "match", "done"):
        if step == "match":
            take(window, shown, listed(*rows(), DAMAGED, TOTAL))
        elif step == "done":
            shown.go_on()
            come_in(window)
        for tab in range(2):
            shown.tabs.setCurrentIndex(tab)
            settle()
            assert clipped(shown) == [], (step, tab)
            assert unnamed(shown) == [], (step, tab)
            assert order_faults(shown) == [], (step, tab)


def test_a_long_list_holds_nobody_up(window: Window, page: ImportPage, listed: Listed, watchdog: Watchdog) -> None:
    many = [
        [str(n // 4), people(n), id_number(n % 400, born=TODAY.replace(year=1930 + n // 400)), "子" if n % 4 else "户主", "", ""]
        for n in range(3_000)
    ]
    file = listed(*many)
    spare_pauses()
    watchdog.forgive()
    take(window, page, file)
    assert len(page.state.rows()) == 3_000
    page.go_on()
    come_in(window)
    assert page.state.step is Step.DONE


def test_a_question_about_a_telephone_is_known_by_its_term(window: Window, page: ImportPage, listed: Listed) -> None:
    take(window, page, listed([*rows(1)[0][:4], "123", ""]))
    page.chief.click()
    come_in(window)
    assert page.questions.table.lines.line(0).cells[1].text == "电话"
    told = answering.asked(page.session.archive, today=TODAY)
    assert [one.can_take for one in told] == [False]


def test_pages_know_the_import() -> None:
    assert "import" in {kind.key for kind in PAGES}


def test_a_window_closed_during_an_import_ends_soon_and_keeps_all_or_nothing(
    window: Window, page: ImportPage, listed: Listed, archive: Archive
) -> None:
    take(window, page, listed(*rows(400)))
    page.go_on()
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    with archive.read() as reader:
        assert reader.count("resident") in (0, 400)
