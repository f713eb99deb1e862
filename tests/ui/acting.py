"""What tests of record pages do again and again: go to a page and wait until all of it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.page import Page, PageKind
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.widgets.table import Table
from shequ_desktop.ui.window import Window
from tests.ui.walks import settle

RECORD_PAGES = ("today", "decide", "households", "residents", "care")


class Elsewhere(Page):
    """Stands for a page that others lead to; remembers with what it was opened."""

    def __init__(self, session: Any, opened: list[str]) -> None:
        super().__init__(session)
        self._opened = opened

    def open(self, target: str = "") -> None:
        self._opened.append(target)


@dataclass
class Led:
    """{page: targets it was opened with} of pages that others lead to."""

    opened: dict[str, list[str]] = field(default_factory=lambda: {"visit": [], "print": [], "import": [], "conflicts": []})

    def kinds(self) -> list[PageKind]:
        mine = [kind for kind in PAGES if kind.key in RECORD_PAGES]
        return mine + [PageKind(key, "house", "ui.page.today", self._factory(key), hidden=True) for key in self.opened]

    def _factory(self, key: str) -> Callable[[Any], Page]:
        return lambda session: Elsewhere(session, self.opened[key])


def rest(window: Window) -> None:
    """Everything that was begun is done and shown."""
    for _ in range(4):
        assert window.background.wait(10_000)
        settle()


def show(window: Window, page: str, target: str = "") -> Any:
    """The page, shown with all it reads."""
    assert window.main is not None
    window.main.go(page, target)
    rest(window)
    return window.main.page


def main_of(window: Window) -> MainWindow:
    assert window.main is not None
    return window.main


def press(window: Window, keys: str) -> None:
    """What the window does at these keys: `page` keys by their name."""
    main_of(window)._page_key(keys)
    rest(window)


def cells(table: Table) -> list[list[str]]:
    """Texts of a table, row by row."""
    model = table.model()
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


def told(window: Window) -> str:
    """What the status bar says was done."""
    return main_of(window).status.undo_line.sentence.text()


def undo(window: Window) -> None:
    main_of(window).status.undo_line.undo()
    rest(window)


def focused() -> QWidget | None:
    return QApplication.focusWidget()
