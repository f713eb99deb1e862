"""Sync (同步): what waits, how far it is, earlier exchanges, when it happens by itself, joining a league."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from shequ_desktop.services import preferences, sync_overview
from shequ_desktop.services.sync_overview import Overview
from shequ_desktop.ui import places
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.sync import sync_rows
from shequ_desktop.ui.sync.keeper import SyncKeeper, keeper_of
from shequ_desktop.ui.sync.past_pane import PastPane
from shequ_desktop.ui.sync.sync_state import Wishes, loudness
from shequ_desktop.ui.sync.waits_pane import WaitsPane
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.marks import bare, hairline
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar
from shequ_desktop.ui.window_class import WindowClass

_STOPPED, _BROKEN = "sync_stopped", ("league_broke_off", "league_not_reached")


class SyncPage(Page):
    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.overview: Overview | None = None
        self._keeper: SyncKeeper | None = None
        self._narrow = False
        self.head = PageHead(self.face)
        self.head.title.say("ui.page.sync")
        self.decide = self.head.add_button("ui.sync.now", icon="git-diff")
        self.chief = self.head.add_button("ui.sync.now", icon="arrows-clockwise", chief=True, shortcut="F5")
        self.decide.hide()
        self.decide.clicked.connect(lambda: session.go(places.CONFLICTS, ""))
        self.chief.clicked.connect(self.press)
        self.note = Note(self.face)
        self.waits = WaitsPane(session)
        self.past = PastPane(session)
        self.waits.join.joined.connect(self._joined)
        self.waits.join.busy.connect(self._joining)
        self.past.chosen.connect(self._chosen)
        self.tabs = TabBar(self.face, "ui.sync.panes")
        self.tabs.show_tabs([Tab("waits", key="ui.sync.pane.waits"), Tab("history", key="ui.sync.pane.history")])
        self.tabs.currentChanged.connect(lambda _place: self._show_panes())
        self._lay_out()
        session.feed.exchanged.connect(self.read)

    def _lay_out(self) -> None:
        self.right = QScrollArea()
        self.right.setWidgetResizable(True)
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.right.setWidget(self.past)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        self.both.addWidget(self.waits)
        self.both.addWidget(self.right)
        self.both.setStretchFactor(1, 1)
        self.waits.setMinimumWidth(self.face.px("width.list_min"))
        whole = QVBoxLayout(self)
        bare(whole)
        for widget in (self.head, hairline(), self.note):
            whole.addWidget(widget)
        whole.addLayout(self.tabs.in_margins())
        whole.addWidget(self.both, 1)

    # -- what a page answers

    def open(self, target: str = "") -> None:
        if self._keeper is None and (found := keeper_of(self)) is not None:
            self._keeper = found
            found.changed.connect(self._went_on)
        self.read()

    def panes(self) -> list[QWidget]:
        shown = self.overview
        if shown is not None and not shown.status.enrolled and not shown.practice:
            return [self.waits.join.server, self.past.by_itself]
        first = self.waits.table if self.waits.table.lines.rowCount() else self.chief
        return [first, self.past.table if self.past.table.lines.rowCount() else self.past.by_itself]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        keys: dict[str, Callable[[], Any]] = {"finish": self.press}
        if self._narrow:
            keys |= {"next_tab": lambda: self.tabs.step(1), "last_tab": lambda: self.tabs.step(-1)}
        return keys

    def refresh(self, changed: object) -> None:
        self.read()

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        self._show_panes()
        left = self.face.px("width.empty") if room is WindowClass.WIDE else self.face.px("width.search")
        self.both.setSizes([left, max(self.width() - left, 1)])

    def _show_panes(self) -> None:
        second = self.tabs.currentIndex() == 1
        self.tabs.setVisible(self._narrow)
        self.waits.setVisible(not self._narrow or not second)
        self.right.setVisible(not self._narrow or second)

    # -- doing

    def press(self) -> None:
        """The chief button: join, sync, or stop what is under way."""
        shown = self.overview
        if shown is None or (shown.practice and not shown.status.enrolled):
            return
        if not shown.status.enrolled:
            self.waits.join.join()
        elif self._keeper is not None and self._keeper.under is not None:
            self._keeper.stop()
            self.chief.refuse("ui.sync.stopping")
            self.chief.say("ui.sync.stopping")
        elif self._keeper is not None:
            self._keeper.sync_now()

    def _joined(self) -> None:
        self.read()
        if self._keeper is not None:
            self._keeper.sync_now()

    def _joining(self, busy: bool) -> None:
        if busy:
            self.chief.refuse("ui.sync.joining")
        else:
            self.chief.allow()

    def _chosen(self) -> None:
        self.session.settings_chosen()
        self._show()

    # -- showing

    def read(self) -> None:
        session = self.session
        session.background.read(sync_overview.overview, session.archive, on_done=self._came)

    def _came(self, overview: Overview) -> None:
        self.overview = overview
        self._show()

    def _went_on(self) -> None:
        if self._keeper is not None and self._keeper.under is None:
            self.read()
        self._show()

    def _teller(self) -> Teller:
        return Teller(self.face.say, self.face.language, self.session.today())

    def _show(self) -> None:
        shown = self.overview
        if shown is None:
            return
        teller, keeper = self._teller(), self._keeper
        under = keeper.under if keeper else None
        if self.waits.table.hasFocus() and not (shown.piles or shown.aside):
            self.chief.setFocus()
        self.waits.show_overview(shown, teller)
        self.waits.show_under(under, time.monotonic())
        self.past.show_overview(shown, teller, self._wishes())
        self._show_buttons(shown, busy=under is not None)
        self._say_line(shown, teller, busy=under is not None)
        self._say_note(shown, teller)

    def _wishes(self) -> Wishes:
        if self._keeper is not None:
            return self._keeper.wishes()
        chosen = preferences.load(self.session.archive.folder)
        return Wishes(bool(chosen["sync_by_itself"]), int(chosen["sync_minutes"]), bool(chosen["sync_saves_traffic"]))

    def _show_buttons(self, shown: Overview, *, busy: bool) -> None:
        waits = shown.status.conflicts
        self.decide.setVisible(bool(waits))
        self.decide.say("ui.sync.decide", count=f"{waits:,}")
        if shown.practice and not shown.status.enrolled:
            self.chief.say("ui.sync.now")
            self.chief.refuse("ui.sync.line.practice")
            return
        if not shown.status.enrolled:
            self.chief.say("ui.sync.join_button")
            self.chief.set_icon("check")
            return
        self.chief.set_icon("hand-palm" if busy else "arrows-clockwise")
        self.chief.allow()
        self.chief.say("ui.sync.stop" if busy else "ui.sync.now")

    def _say_line(self, shown: Overview, teller: Teller, *, busy: bool) -> None:
        line, status = self.head.line, shown.status
        since = sync_rows.days_since(status.last_contact_ms, self.session.today())
        line.tone(loudness(since) if status.enrolled and not busy else "")
        if busy:
            line.say("ui.sync.line.under")
        elif not status.enrolled:
            line.say("ui.sync.line.practice" if shown.practice else "ui.sync.line.alone")
        elif not status.last_contact_ms:
            line.say("ui.sync.line.never")
        else:
            self._say_next(sync_rows.moment(teller, status.last_contact_ms))

    def _say_next(self, when: str) -> None:
        keeper = self._keeper
        wait = keeper.seconds_to_next if keeper else None
        if keeper is not None and wait is None:
            self.head.line.say("ui.sync.line.paused", when=when)
        elif keeper is not None and keeper.problem is not None and wait is not None:
            self.head.line.say("ui.sync.line.next", when=when, minutes=max(round(wait / 60), 1))
        else:
            self.head.line.say("ui.sync.line.last", when=when)

    def _say_note(self, shown: Overview, teller: Teller) -> None:
        """The one thing that a person should know now."""
        status, problem = shown.status, self._keeper.problem if self._keeper else None
        since = sync_rows.days_since(status.last_contact_ms, self.session.today())
        if shown.practice and not status.enrolled:
            self.note.say("ui.sync.note.practice", tone="warn")
        elif not status.enrolled:
            self.note.say("")
        elif status.on_hold:
            self.note.say("ui.sync.note.hold", tone="warn")
        elif problem is not None and problem.key == _STOPPED:
            self.note.say("ui.sync.note.stopped", tone="")
        elif problem is not None and problem.key in _BROKEN:
            self.note.say("ui.sync.note.broken", tone="", time=self.session.now().strftime("%H:%M"))
        elif problem is not None:
            self.note.say("ui.sync.note.wrong", tone="warn", sentence=self.session.sentence(problem))
        elif shown.aside:
            self.note.say("ui.sync.note.aside", tone="warn", count=f"{len(shown.aside):,}")
        elif since is not None and loudness(since) == "warn":
            self.note.say("ui.sync.note.late", tone="warn", days=since)
        else:
            self.note.say("")
