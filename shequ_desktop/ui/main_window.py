"""The frame round all pages: navigation only. What pages do they do themselves; what keys mean is looked up in tables."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QWidget

from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.change_feed import ChangeFeed
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.history import History, Place
from shequ_desktop.ui.keys import NUMBERED, PAGE_KEYS, WINDOW_KEYS
from shequ_desktop.ui.navigation import Navigation
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.page import Page, PageKind
from shequ_desktop.ui.search_box import SearchBox
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.standing import Standing, read_standing
from shequ_desktop.ui.status_bar import StatusBar
from shequ_desktop.ui.theme.tokens import scales
from shequ_desktop.ui.top_bar import TopBar
from shequ_desktop.ui.widgets.lines import settle_focused
from shequ_desktop.ui.widgets.marks import bare, ground
from shequ_desktop.ui.window_class import WindowClass, window_class

LEADS_TO = {"household": "households", "resident": "residents"}
"""Kind of a record that a search found -> the page that shows it."""


class MainWindow(QWidget):
    """Top bar, navigation, pages and status of one session."""

    lock_asked = Signal()
    change_asked = Signal()
    sync_asked = Signal()
    help_asked = Signal(str)
    look_chosen = Signal()
    settings_chosen = Signal()
    swap_asked = Signal(object)

    def __init__(
        self,
        face: Face,
        archive: OpenArchive,
        background: Background,
        outside: Outside,
        kinds: Sequence[PageKind],
        *,
        safe: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.face, self.kinds = face, {kind.key: kind for kind in kinds}
        self._unforeseen = outside.unforeseen
        self.history = History()
        self._pages: dict[str, Page] = {}
        self.status = StatusBar(face, outside.today)
        self.session = Session(
            archive=archive,
            face=face,
            background=background,
            feed=ChangeFeed(archive, background, self),
            status=self.status,
            go=self.go,
            today=outside.today,
            now=outside.now,
            lock=self.lock_asked.emit,
            keep_look=self.look_chosen.emit,
            settings_chosen=self.settings_chosen.emit,
            swap=self.swap_asked.emit,
            safe=safe,
        )
        self.top = TopBar(face, SearchBox(face, archive, background), archive.user)
        self.navigation = Navigation(face, kinds)
        self.stack = QStackedWidget()
        ground(self, "window")
        self._lay_out()
        self._join()
        self.read_standing()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        bare(grid)
        grid.addWidget(self.top, 0, 0, 1, 2)
        grid.addWidget(self.navigation, 1, 0)
        grid.addWidget(self.stack, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    def _join(self) -> None:
        self.navigation.asked.connect(lambda key: self.go(key))
        self.top.search.found.connect(self._go_found)
        self.top.lock_asked.connect(self.lock_asked)
        self.top.change_asked.connect(self.change_asked)
        self.session.feed.records_changed.connect(lambda _changed: self.read_standing())
        self.session.feed.exchanged.connect(self.read_standing)
        self.face.theme_changed.connect(self._arrange)
        self.face.language_changed.connect(self._arrange)
        acts: dict[str, Callable[[], Any]] = {
            "search": self.top.search.begin,
            "lock": self.lock_asked.emit,
            "undo": self._undo,
            "sync": self.sync_asked.emit,
            "pane": lambda: self._next_pane(1),
            "pane_back": lambda: self._next_pane(-1),
            "sunlight": self._sunlight,
            "help": lambda: self.help_asked.emit(self.history.here.page if self.history.here else ""),
            "larger": lambda: self._resize_text(1),
            "larger_too": lambda: self._resize_text(1),
            "smaller": lambda: self._resize_text(-1),
            "went_back": lambda: self._return_to(self.history.back),
            "went_forward": lambda: self._return_to(self.history.forward),
        }
        for name, keys in WINDOW_KEYS.items():
            self._on(keys, acts[name])
        for number, keys in enumerate(NUMBERED, start=1):
            self._on(keys, functools.partial(self._go_numbered, number))
        for name, keys in PAGE_KEYS.items():
            self._on(keys, functools.partial(self._page_key, name))

    def _on(self, keys: str, act: Callable[[], Any]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def pages(self) -> list[Page]:
        """Pages that were made so far."""
        return list(self._pages.values())

    def go(self, key: str, target: str = "") -> None:
        """Open a page; what is half written on the one in sight is kept. A page that there is not is not gone to."""
        if key in self.kinds:
            self._note_here()
            self.history.go(Place(key, target))
            self.show_place(Place(key, target))

    def _go_found(self, kind: str, record: str) -> None:
        self.go(LEADS_TO.get(kind, kind), record)

    def _go_numbered(self, number: int) -> None:
        self.go(self.navigation.numbered(number))

    def _return_to(self, step: Callable[[], Place | None]) -> None:
        self._note_here()
        if place := step():
            self.show_place(place)

    def _note_here(self) -> None:
        settle_focused()
        if page := self.page:
            page.keep()
            self.history.note(page.target())

    def show_place(self, place: Place) -> None:
        """Bring a page into sight, as history says."""
        kind = self.kinds[place.page]
        page = self._pages.get(place.page) or self._made(kind)
        if page is None:
            self._stay()
            return
        self.stack.setCurrentWidget(page)
        self.navigation.mark(kind.under or kind.key)
        page.arrange(self.window_class)
        page.open(place.target)
        if page.panes():
            page.panes()[0].setFocus()

    def _stay(self) -> None:
        """Somebody wanted to go to a page that could not be made: history and navigation say where they are."""
        here = self.history.back()
        self.history.ahead.clear()
        if here is not None:
            self.navigation.mark(self.kinds[here.page].under or here.page)

    def _made(self, kind: PageKind) -> Page | None:
        """The page, made now. One that cannot be made is told and logged; the other pages go on."""
        try:
            page = kind.factory(self.session)
        except Exception as error:  # whatever nobody foresaw in one page must not take the window along
            self._unforeseen(error, self.face.language)
            self.status.tell("ui.frame.page_failed", what=type(error).__name__)
            return None
        self._pages[kind.key] = page
        self.stack.addWidget(page)
        return page

    def take_over(self, before: MainWindow) -> None:
        """Stand where another frame of the same session stood."""
        self.history = before.history
        self.status.take_over(before.status)
        if self.history.here:
            self.show_place(self.history.here)

    def keep_all(self) -> None:
        """Everything half written on every page goes into drafts."""
        settle_focused()
        if page := self.page:
            self.history.note(page.target())
        for made in self._pages.values():
            made.keep()

    def read_standing(self) -> None:
        """Read beside the window what the frame says of the archive, and the numbers in navigation."""
        counted = {kind.key: kind.count for kind in self.kinds.values() if kind.count is not None}
        session = self.session
        session.background.read(read_standing, session.archive, counted, session.today(), on_done=self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        self.navigation.show_counts(standing.counts)
        self.status.show_sync(standing.sync)
        self.top.show_place(standing.place, practice=standing.practice)

    def _undo(self) -> None:
        if not self.status.undo_line.undo():
            self._page_key("undo")

    def _page_key(self, name: str) -> None:
        settle_focused()
        if (page := self.page) and (act := page.keys().get(name)):
            act()
        elif name == "back" and self.history.behind:
            self._return_to(self.history.back)

    def _next_pane(self, step: int) -> None:
        """Search, navigation, then the panes of the page, round and round."""
        panes = [self.navigation.main, *(self.page.panes() if self.page else [])]
        focused = QApplication.focusWidget()
        here = next(
            (place for place, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))), -1
        )
        panes[(here + step) % len(panes)].setFocus()

    def _sunlight(self) -> None:
        look = self.face.look
        self.face.choose(replace(look, theme="light" if look.theme == "sunlight" else "sunlight"))
        self.look_chosen.emit()

    def _resize_text(self, step: int) -> None:
        sizes = scales()
        place = sizes.index(self.face.look.scale) + step
        if 0 <= place < len(sizes):
            self.face.choose(replace(self.face.look, scale=sizes[place]))
            self.look_chosen.emit()

    @property
    def window_class(self) -> WindowClass:
        return window_class(self.width(), self.face.look.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.window_class
        narrow = room is WindowClass.NARROW
        self.navigation.arrange(narrow=narrow)
        self.top.arrange(self.navigation.width_now(), narrow=narrow)
        self.status.arrange(narrow=narrow)
        if page := self.page:
            page.arrange(room)
