"""The list of visits: three clear states, each row one key away from the thing itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shequ_desktop.services import visits
from shequ_desktop.services.visit_forms import VisitDraft
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.visits.visit_page import VisitPage
from shequ_desktop.ui.visits.visits_page import VisitsPage
from shequ_desktop.ui.widgets.marks import Word
from shequ_desktop.ui.window import Window
from tests.ui.conftest import Opened, wear
from tests.ui.visiting import Home, drafts_of, make_home, past_visit, settle
from tests.ui.walks import SIZES, clipped, order_faults, unnamed
from tests.ui.walks import settle as come_to_rest

KINDS = tuple(kind for kind in PAGES if kind.key in ("visits", "visit"))


@pytest.fixture
def home(archive: Archive) -> Home:
    """A home with a finished visit and a draft of another."""
    home = make_home(archive)
    past_visit(archive, home)
    draft = visits.start(archive, household=home.household)
    assert isinstance(draft, VisitDraft)
    visits.keep(archive, draft=draft, content={"visit": {"visited_on": "2026-11-25"}, "notes": [], "promises": [], "seen": 0})
    return home


def listed(window: Window) -> VisitsPage:
    assert window.main is not None
    window.main.go("visits")
    settle(window)
    page = window.main.page
    assert isinstance(page, VisitsPage)
    return page


def test_drafts_stand_first_and_each_state_is_counted(opened: Opened, home: Home) -> None:
    page = listed(opened(KINDS))
    rows = page.pane.list.rows.rows
    assert [(row.name, row.icon, row.due) for row in rows] == [
        ("巴特尔", "note-pencil", "草稿，还差 1 项"),
        ("巴特尔", "check", "已存本机"),
    ]
    assert [button.text() for button in page.pane.chips._buttons] == ["全部 2", "草稿 1", "写完，等上传 1"]
    page.pane.chips.choose("waiting")
    assert [row.due for row in page.pane.list.rows.rows] == ["已存本机"]


def test_enter_goes_on_with_the_draft(opened: Opened, home: Home, archive: Archive) -> None:
    window = opened(KINDS)
    page = listed(window)
    QTest.keyClick(page.pane.list, Qt.Key.Key_Return)
    settle(window)
    assert window.main is not None
    assert isinstance(window.main.page, VisitPage)
    assert window.main.page.target() == drafts_of(archive, archive.user)[0].id


def test_a_finished_visit_is_shown_with_its_pages_and_promises(opened: Opened, home: Home) -> None:
    window = opened(KINDS)
    page = listed(window)
    page.pane.list.setCurrentIndex(page.pane.list.rows.index(1, 0))
    settle(window)
    texts = [word.text() for word in page.detail.findChildren(Word)]
    assert {"巴特尔，老人", "膝盖疼", "没有提", "问冬季燃煤补贴"} <= set(texts)
    assert page.head.line.text() == "42 天前（10月14日 周三） 走访，已完成，等着上传。"


def test_a_draft_that_was_taken_away_comes_back_by_undo(opened: Opened, home: Home, archive: Archive) -> None:
    window = opened(KINDS)
    page = listed(window)
    page.discard.click()
    settle(window)
    assert drafts_of(archive, archive.user) == []
    assert window.main is not None
    assert window.main.status.undo_line.undo()
    settle(window)
    assert [draft.content["visit"] for draft in drafts_of(archive, archive.user)] == [{"visited_on": "2026-11-25"}]
    assert len(page.pane.list.rows.rows) == 2


def test_nobody_sees_anothers_draft(opened: Opened, home: Home, archive: Archive) -> None:
    with archive.write(author="李燕") as work:
        assert work.author == "李燕"
    archive.user = "李燕"
    draft = visits.start(archive, household=home.household)
    assert isinstance(draft, VisitDraft)
    assert draft.owner == "李燕"
    page = listed(opened(KINDS))
    assert sum(1 for row in page.pane.list.rows.rows if row.icon == "note-pencil") == 1


def test_a_new_visit_moves_neither_choice_nor_scroll(opened: Opened, archive: Archive) -> None:
    for number in range(30):
        past_visit(archive, make_home(archive, head="乌云", number=f"{number:03}"), on="2026-10-01")
    window = opened(KINDS)
    page = listed(window)
    page.pane.list.setCurrentIndex(page.pane.list.rows.index(20, 0))
    page.pane.list.verticalScrollBar().setValue(700)
    chosen, scroll = page.pane.list.chosen_id(), page.pane.list.verticalScrollBar().value()
    past_visit(archive, make_home(archive, number="999"), on="2026-11-01")
    assert window.main is not None
    window.main.session.feed.look()
    settle(window)
    settle(window)
    assert len(page.pane.list.rows.rows) == 31
    assert page.pane.list.chosen_id() == chosen
    assert abs(page.pane.list.verticalScrollBar().value() - scroll) <= 56


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", [{}, {"scale": 1.5, "language": "en"}])
def test_the_list_is_whole_in_every_size(opened: Opened, home: Home, size: tuple[int, int], look: dict[str, object]) -> None:
    window = opened(KINDS)
    window.resize(*size)
    wear(window, **look)
    page = listed(window)
    come_to_rest()
    assert clipped(page) == []
    assert unnamed(page) == []
    assert order_faults(page) == []
