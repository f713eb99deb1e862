"""A page of a list beside the detail of what is chosen in it; one pane at a time where the window is narrow.

Owns the list, the way between list and detail, and the empty page. What the detail shows is its own matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSplitter, QStackedWidget, QWidget

from shequ_desktop.services.listing import Source
from shequ_desktop.services.noticing import Changed
from shequ_desktop.ui.entry_list import EntryList
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.list_pane import ListPane
from shequ_desktop.ui.widgets.marks import ground
from shequ_desktop.ui.widgets.rows import Row
from shequ_desktop.ui.window_class import WindowClass

NEW = "new"
"""Target that opens the form of a new record."""


class ListPage(Page):
    """Subclasses give `detail` and say what a chosen row opens."""

    concerned: frozenset[str] = frozenset()
    """Kinds of records that the list tells of."""

    def __init__(
        self,
        session: Session,
        *,
        stem: str,
        source: Source,
        row_of: Callable[[Any, Teller], Row],
        groups: Sequence[str],
        empty: EmptyPage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._stem, self._row_of = stem, row_of
        self.pane = ListPane(self.face, f"{stem}.list")
        self.entries = EntryList(
            session, self.pane, source, lambda told: row_of(told, self.teller()), stem=stem, groups=groups, parent=self
        )
        self.empty = empty
        self._target, self._open_first = "", True
        self._room = WindowClass.WIDE
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.pane)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(empty)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.pane.list.chosen.connect(self._chosen)
        self.pane.list.asked.connect(lambda row: self.act(row))
        self.entries.listed.connect(self._listed)

    def put_detail(self, detail: QWidget) -> None:
        """Put the detail in its place; called once by the subclass."""
        self.detail = detail
        ground(detail, "surface")
        self.splitter.addWidget(detail)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)

    def teller(self) -> Teller:
        return Teller(self.session.say, self.face.language, self.session.today())

    # -- for subclasses

    def show_record(self, record: str) -> None:
        """Show this record in the detail; an empty one: nothing is chosen."""

    def begin_new(self) -> None:
        """Open the form of a new record."""

    def act(self, record: str) -> None:
        """Enter or a double click on a row: in a narrow window the row is opened, else its chief action is done."""

    def is_writing(self) -> bool:
        """Whether a form is open, so that choosing another row keeps what is typed first."""
        return False

    # -- what the window asks

    def open(self, target: str = "") -> None:
        self.entries.read_if_stale()
        if target == NEW:
            self._stack.setCurrentIndex(0)
            self.begin_new()
            self.show_pane("detail")
        elif target:
            self._target, self._open_first = target, False
            self._stack.setCurrentIndex(0)
            self.pane.list.choose(target)
            self.show_record(target)
            self.show_pane("detail")

    def target(self) -> str:
        return self._target

    def refresh(self, changed: Changed) -> None:
        if not changed.kinds & self.concerned:
            return
        self.entries.mark_stale()
        if self.isVisible():
            self.entries.read()
            if self._target:
                self.show_record(self._target)

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {"filter": self._filter, "new": self.begin_new, "back": self.back}

    def _filter(self) -> None:
        self.show_pane("list")
        self.entries.filter()

    def back(self) -> None:
        """Esc: out of the filter, then from the detail to the list."""
        if self.entries.is_filtering:
            self.entries.stop_filtering()
        else:
            self.show_pane("list")
            self.pane.list.setFocus()

    def arrange(self, room: WindowClass) -> None:
        was, self._room = self._room, room
        wide = self.face.px("width.list" if room is WindowClass.WIDE else "width.list_min")
        self.pane.setMinimumWidth(min(wide, self.face.px("width.list_min")) if room is not WindowClass.NARROW else 0)
        if room is WindowClass.NARROW:
            self.show_pane("detail" if self._target and was is WindowClass.NARROW and self.pane.isHidden() else "list")
        else:
            self.pane.show()
            self.detail.show()
            self.splitter.setSizes([wide, max(self.width() - wide - 1, 1)])
        self.arranged(room)

    def arranged(self, room: WindowClass) -> None:
        """For subclasses: what else depends on the room."""

    def show_pane(self, which: str) -> None:
        """In a narrow window bring one of the two into sight."""
        narrow = self._room is WindowClass.NARROW
        self.pane.setVisible(not narrow or which == "list")
        self.detail.setVisible(not narrow or which == "detail")

    @property
    def is_narrow(self) -> bool:
        return self._room is WindowClass.NARROW

    # -- the list speaks

    def _chosen(self, record: str) -> None:
        if record and record != self._target:
            self._target = record
            self.show_record(record)

    def _listed(self) -> None:
        there = bool(self.entries.entries)
        if not there and not self.is_writing():
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        if self._target and not self.pane.list.chosen_id():
            self.pane.list.choose(self._target)
        if self._open_first and not self._target and not self.is_writing():
            self._open_first = False
            self.pane.list.choose_first()
