"""A home with people in care, and ways to write on its visit as a person does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import visits
from shequ_desktop.services.visit_forms import VisitDraft
from shequ_desktop.storage import drafts
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.visits.visit_page import VisitPage
from shequ_desktop.ui.visits.visit_state import Spot
from shequ_desktop.ui.window import Window
from tests.made import TODAY, save, typed


@dataclass(frozen=True)
class Home:
    household: str
    elder: str  # care records
    child: str


def make_home(archive: Archive, *, head: str = "巴特尔", number: str = "012") -> Home:
    """An elder and a child who live together, both in care."""
    household = typed(archive, "household", number=number, landmark="蓝顶房")
    records = []
    for name, kind, relation in ((head, "elder", "02"), ("苏和", "child", "40")):
        resident = typed(archive, "resident", name=name)
        save(archive, "membership", household=household, resident=resident, relation=relation)
        records.append(typed(archive, "care_record", resident=resident, care_kind=kind))
    return Home(household, *records)


def past_visit(archive: Archive, home: Home, *, on: str = "2026-10-14") -> str:
    """A visit that was finished, with a page for the elder and a promise."""
    draft = visits.start(archive, household=home.household)
    assert isinstance(draft, VisitDraft)
    content = {
        "visit": {"visited_on": on, "means": "10", "visitors": "乌云其木格", "outcome": "11", "needs": "没有提"},
        "notes": [{"care_record": home.elder, "outcome": "12", "condition": "膝盖疼"}],
        "promises": [{"promised": "问冬季燃煤补贴", "due_on": "2026-12-01"}],
        "seen": 0,
    }
    done = visits.finish(archive, draft=visits.keep(archive, draft=draft, content=content), today=TODAY)
    assert isinstance(done, str), done
    return done


def drafts_of(archive: Archive, user: str) -> list[VisitDraft]:
    with archive.read() as reader:
        return drafts.of_owner(reader.connection, user)


def settle(window: Window) -> None:
    """Wait until everything that was begun is done."""
    for _ in range(4):
        assert window.background.wait(10_000)
        QApplication.processEvents()


def open_visit(window: Window, target: str) -> VisitPage:
    main = window.main
    assert isinstance(main, MainWindow)
    main.go("visit", target)
    settle(window)
    page = main.page
    assert isinstance(page, VisitPage)
    return page


def write(page: VisitPage, spot: Spot, text: str) -> None:
    """Type into a field, letter by letter."""
    page.tabs.choose(spot.page)
    editor = page.forms[spot.page].fields[spot].editor
    editor.setFocus()
    QTest.keyClicks(editor, text)


def count_of(archive: Archive, kind: str) -> int:
    with archive.read() as reader:
        return reader.count(kind)


def folder_of(archive: Archive) -> Path:
    return archive.folder
