"""Printing as a person does it: choose, look, leave one out, save, send to a printer, stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.page import PageKind
from shequ_desktop.ui.printing import paper
from shequ_desktop.ui.printing.print_page import PrintPage
from shequ_desktop.ui.printing.print_state import opened_with, read_copies
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.window import Window
from tests.made import TODAY, save
from tests.ui.conftest import Opened, wear
from tests.ui.visiting import settle
from tests.ui.walks import SIZES, clipped, order_faults, unnamed
from tests.ui.walks import settle as come_to_rest

PRINTER = "办公室激光打印机"
NO_GLYPH = "\U00032345"


def make_homes(archive: Archive, count: int, *, name: str = "乌云") -> list[str]:
    """Households with an elder in care who was never visited, in one save."""
    with archive.write() as work:
        homes = []
        for number in range(count):
            household = work.create("household", {"number": f"{number:03}"})
            resident = work.create("resident", {"name": name})
            work.create("membership", {"household": household, "resident": resident, "relation": "02"})
            work.create("care_record", {"resident": resident, "care_kind": "elder", "opened_on": TODAY.isoformat()})
            homes.append(household)
    return homes


def audited(archive: Archive) -> list[str]:
    with archive.read() as reader:
        return [detail for _, _, act, detail in audit.lines(reader.connection) if act == "printed"]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """Where the paper of the test's printer lies."""
    return tmp_path / "paper.pdf"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "forms.pdf"


@pytest.fixture
def kind(printed: Path, saved: Path) -> PageKind:
    """The page with one printer, which writes onto a file."""

    def on_a_file(_name: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        return printer

    def made(session: Session) -> PrintPage:
        return PrintPage(session, make_printer=on_a_file, printers=lambda: (PRINTER,), ask_file=lambda _name: str(saved))

    return PageKind("print", "footprints", "ui.page.print", made)


@pytest.fixture
def show(opened: Opened, kind: PageKind) -> Callable[..., PrintPage]:
    def open_page(target: str = "", *, wait: bool = True, window: Window | None = None) -> PrintPage:
        window = window or opened([kind])
        assert window.main is not None
        window.main.go("print", target)
        if wait:
            settle(window)
        page = window.main.page
        assert isinstance(page, PrintPage)
        return page

    return open_page


def window_of(page: PrintPage) -> Window:
    window = page.window()
    assert isinstance(window, Window)
    return window


def test_those_due_are_seen_page_by_page(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 3)
    page = show()
    assert page.print_button.text() == "打印 3 份"
    assert page.head.line.text() == "3 份 · 共 3 页"
    page.preview.setFocus()
    QTest.keyClick(page.preview, Qt.Key.Key_PageDown)
    settle(window_of(page))
    assert page.page_word.text() == "第 2 页，共 3 页"
    assert page.parts.currentIndex().row() == 1
    assert page.large.get(1, round(page.preview._box().width())) is not None


def test_a_name_in_the_list_leads_to_its_page(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 3)
    page = show()
    page.parts.setCurrentIndex(page.parts.model().index(2, 0))
    assert page.preview.page == 2


def test_one_household_is_printed_alone(show: Callable[..., PrintPage], archive: Archive) -> None:
    homes = make_homes(archive, 3)
    page = show(homes[1])
    assert page.prepared is not None
    assert [part.record for part in page.prepared.parts] == [homes[1]]
    assert page.options.whom.box.currentText() == "选好的 1 份"


def test_delete_leaves_one_out_and_undo_brings_it_back(show: Callable[..., PrintPage], archive: Archive) -> None:
    homes = make_homes(archive, 3)
    page = show()
    page.parts.setFocus()
    page.parts.setCurrentIndex(page.parts.model().index(0, 0))
    QTest.keyClick(page.parts, Qt.Key.Key_Delete)
    settle(window_of(page))
    assert page.prepared is not None
    assert page.prepared.job.forms == 2
    window = window_of(page)
    assert window.main is not None
    assert window.main.status.undo_line.undo()
    settle(window)
    assert page.prepared is not None
    assert {part.record for part in page.prepared.parts} == set(homes)


def test_ctrl_s_saves_what_was_seen_and_the_audit_says_so(show: Callable[..., PrintPage], archive: Archive, saved: Path) -> None:
    make_homes(archive, 2)
    page = show()
    assert page.prepared is not None
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(window_of(page))
    assert saved.read_bytes() == page.prepared.pdf
    assert audited(archive) == ["home-visit 2"]


def test_the_printer_gets_every_page_on_a4(show: Callable[..., PrintPage], archive: Archive, printed: Path) -> None:
    make_homes(archive, 2)
    page = show()
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(window_of(page))
    document = pypdfium2.PdfDocument(printed)
    assert len(document) == 2
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert audited(archive) == ["home-visit 2"]
    window = window_of(page)
    assert window.main is not None
    assert window.main.status.undo_line.sentence.text() == "已打印 2 份，2 页。"


def test_a_printer_that_is_stopped_prints_nothing_more_and_is_not_noted(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 12)
    page = show()
    page.print_now()
    page._stop()
    settle(window_of(page))
    assert audited(archive) == []
    assert page.print_button.isEnabled()


def test_without_a_printer_the_button_says_why_and_saving_works(opened: Opened, archive: Archive, saved: Path) -> None:
    make_homes(archive, 1)

    def made(session: Session) -> PrintPage:
        return PrintPage(session, printers=tuple, ask_file=lambda _name: str(saved))

    window = opened([PageKind("print", "footprints", "ui.page.print", made)])
    settle(window)
    page = window.main.page if window.main else None
    assert isinstance(page, PrintPage)
    assert not page.print_button.isEnabled()
    assert page.print_button.toolTip().startswith("这台电脑没有装打印机")
    page.save_button.click()
    settle(window)
    assert saved.exists()


def test_drawing_many_is_stopped_and_the_window_lives(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 100)
    page = show()
    page.options.script.buttons[1].click()
    page.progress.stop.click()
    settle(window_of(page))
    assert page.prepared is None
    assert page.head.line.text() == "打印停下了，没有写出文件。"
    assert not page.save_button.isEnabled()
    page.options.script.buttons[0].click()
    settle(window_of(page))
    assert page.prepared is not None
    assert page.prepared.job.forms == 100


def test_another_choice_gives_up_what_was_being_drawn(show: Callable[..., PrintPage], archive: Archive) -> None:
    homes = make_homes(archive, 60)
    page = show(wait=False)
    window = window_of(page)
    show(homes[5], window=window)
    assert page.prepared is not None
    assert [part.record for part in page.prepared.parts] == [homes[5]]


def test_a_character_without_glyph_is_named_beforehand(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 1, name=f"乌{NO_GLYPH}")
    page = show()
    assert page.options.note.isVisible()
    assert NO_GLYPH in page.options.note.sentence.text()


def test_another_form_is_drawn_for_the_same_people(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 2)
    page = show()
    box = page.options.form.box
    box.setFocus()
    box.activated.emit(box.findText("家庭登记卡"))
    settle(window_of(page))
    assert page.head.title.text() == "打印：家庭登记卡"
    assert page.prepared is not None
    assert page.prepared.job.forms == 2


def test_nobody_due_is_said_where_the_count_stands(show: Callable[..., PrintPage]) -> None:
    page = show()
    assert page.head.line.text().startswith("没有要打印的")
    assert not page.save_button.isEnabled()


def test_copies_are_a_number_and_a_wrong_one_is_said_beside_the_field(show: Callable[..., PrintPage], archive: Archive) -> None:
    make_homes(archive, 2)
    page = show()
    editor = page.options.copies.editor
    editor.setFocus()
    QTest.keyClicks(editor, "x")
    assert page.options.copies.is_wrong
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    QTest.keyClicks(editor, "3")
    assert page.state.copies == 3
    assert page.head.line.text() == "2 份 · 共 2 页 · 每份印 3 张，一共 6 页"


def test_a_target_names_people_and_copies_are_read_strictly() -> None:
    assert opened_with("a,b").records == ("a", "b")
    assert opened_with("").records == ()
    assert [read_copies(text) for text in ("1", " 20 ", "21", "0", "1.5", "")] == [1, 20, None, None, None, None]


def test_a_wanted_paper_reaches_the_printer(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    paper._set_up(printer, paper.Paper(PRINTER, copies=3, both_sides=True))
    assert printer.pageLayout().pageSize().id() == printer.pageLayout().pageSize().PageSizeId.A4
    assert printer.fullPage()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", [{}, {"scale": 1.5, "language": "en"}])
def test_the_page_is_whole_in_every_size(
    opened: Opened, kind: PageKind, archive: Archive, size: tuple[int, int], look: dict[str, object]
) -> None:
    make_homes(archive, 2)
    save(archive, "household", number="x")
    window = opened([kind])
    window.resize(*size)
    wear(window, **look)
    settle(window)
    come_to_rest()
    page = window.main.page if window.main else None
    assert isinstance(page, PrintPage)
    assert clipped(page) == []
    assert unnamed(page) == []
    assert order_faults(page) == []
