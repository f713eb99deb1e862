"""Today (今日): whom to visit, what was promised, what waits for a decision; each row one key from the thing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.services import deciding, promising
from shequ_desktop.services import today as day_service
from shequ_desktop.services.deciding import Decision
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.today import Day
from shequ_desktop.ui import places
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.today import today_rows
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.marks import Word, bare, hairline, put
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar
from shequ_desktop.ui.widgets.thing_rows import ThingList
from shequ_desktop.ui.window_class import WindowClass

LEFT_WIDTH = 744
_PARTS = ("visits", "promises", "decisions")


class TodayPage(Page):
    """Three lists, each with its own words where it is empty."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.day, self.decisions = Day(), list[Decision]()
        self._stale, self._reading = True, False
        self.head = PageHead(face)
        self.head.title.say("ui.page.today")
        self.print_button = self.head.add_button("ui.today.print", icon="printer", shortcut="Ctrl+P", count=0)
        self.open_button = self.head.add_button("ui.today.open", icon="house", shortcut="F2")
        self.record_button = self.head.add_button("ui.today.record", icon="note-pencil", chief=True, shortcut="Enter")
        self.visits = RowList(face, "ui.today.list", grouped=True, risk_first=True)
        self.promises = ThingList(face, "ui.today.promises", ticks=True)
        self.to_decide = ThingList(face, "ui.today.decisions")
        self.tabs = TabBar(face, "ui.today.tabs")
        self._room = WindowClass.WIDE
        self._build()
        self._join()

    def _build(self) -> None:
        face = self.face
        self.nobody_due = Word(face, "quiet", "ui.today.nobody_due").wrapping()
        self.no_promise, self.no_decision = (
            Word(face, "quiet", key).wrapping() for key in ("ui.today.no_promise", "ui.today.no_decision")
        )
        self._left, self._right = QWidget(), QFrame()
        put(self._right, line="left")
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        bare(left)
        bare(right)
        margin = face.px("width.page_margin")
        for word in (self.nobody_due, self.no_promise, self.no_decision):
            word.setContentsMargins(margin, face.px("space.m"), margin, face.px("space.m"))
        left.addWidget(self.nobody_due)
        left.addWidget(self.visits, 1)
        for widget in (self.promises, self.no_promise, self.to_decide, self.no_decision):
            right.addWidget(widget)
        right.addStretch(0)
        self._right_column = right
        lists = QWidget()
        self._lists = QHBoxLayout(lists)
        bare(self._lists)
        self._lists.addWidget(self._left)
        self._lists.addWidget(self._right, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        bare(column)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setContentsMargins(margin, 0, margin, 0)
        row.addWidget(self.tabs, 1)
        column.addLayout(row)
        column.addWidget(hairline())
        column.addWidget(lists, 1)
        self.empty = EmptyPage(
            face, "ui.today.empty_title", "ui.today.empty_text", button="ui.today.import", icon="download-simple",
            other="ui.today.first_household",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        whole = QGridLayout(self)
        bare(whole)
        whole.addWidget(self._stack)

    def _join(self) -> None:
        go = self.session.go
        self.print_button.clicked.connect(self._print)
        self.open_button.clicked.connect(self._open_household)
        self.record_button.clicked.connect(self._record)
        self.visits.asked.connect(lambda _row: self._record())
        self.visits.chosen.connect(lambda _row: self._allow())
        self.promises.asked.connect(self._open_promise)
        self.promises.ticked.connect(self._tick)
        self.to_decide.asked.connect(self._decide)
        self.tabs.currentChanged.connect(lambda _place: self._show_part())
        self.empty.asked.connect(lambda: go(places.IMPORT, ""))
        self.empty.other_asked.connect(lambda: go(places.HOUSEHOLDS, "new"))
        for earlier, later in zip(self._stops(), self._stops()[1:], strict=False):
            QWidget.setTabOrder(earlier, later)

    def _stops(self) -> list[QWidget]:
        return [self.visits, self.promises, self.to_decide, *self.head.buttons]

    # -- what the window asks

    def open(self, target: str = "") -> None:
        if self._stale:
            self._read()

    def target(self) -> str:
        return ""

    def panes(self) -> list[QWidget]:
        if self._stack.currentWidget() is self.empty:
            return [self.empty.button]
        return [pane for pane in (self.visits, self.promises, self.to_decide) if not pane.isHidden()] or [self.head.buttons[-1]]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {"print": self._print, "edit": self._open_household, "new": lambda: self.session.go(places.HOUSEHOLDS, "new")}

    def refresh(self, changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def arrange(self, room: WindowClass) -> None:
        self._room = room
        narrow = room is WindowClass.NARROW
        self.tabs.setVisible(narrow)
        self.open_button.setVisible(not narrow)
        self._left.setMinimumWidth(0)
        self._left.setMaximumWidth(16_777_215)
        self._lists.setStretch(0, 3)
        self._lists.setStretch(1, 2)
        if room is WindowClass.WIDE:
            self._left.setFixedWidth(self.face.scaled(LEFT_WIDTH))
        self._show_part()

    # -- reading

    def _read(self) -> None:
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        session = self.session
        session.background.run(
            _whole_day, session.archive, session.today(), reads=True, on_done=self._show, on_problem=self._failed
        )

    def _failed(self, problems: Any) -> None:
        self._reading = False
        self.session.tell_problems(problems)

    def _show(self, found: tuple[Day, list[Decision]]) -> None:
        self._reading = False
        self.day, self.decisions = found
        tell = self._teller()
        first = not self.visits.chosen_id()
        self.visits.show_rows(today_rows.due_rows(self.day, tell))
        self.promises.show_rows(today_rows.promise_rows(self.day.promises, tell))
        self.to_decide.show_rows(today_rows.decision_rows(self.decisions, tell))
        if first:
            self.visits.choose_first()
        self.head.line.show_text(today_rows.date_line(self.day, tell))
        count = len(self.day.overdue) + len(self.day.due)
        self.print_button.say("ui.today.print", count=f"{count:,}")
        self.print_button.setVisible(count > 0)
        self._turn(0 if self.day.households else 1)
        self._show_part()
        self._allow()
        if self._stale and self.isVisible():
            self._read()

    def _turn(self, place: int) -> None:
        """The lists, or what an empty page says; the focus goes along where it was on what is gone."""
        if place != self._stack.currentIndex():
            here = self.isAncestorOf(QApplication.focusWidget() or self)
            self._stack.setCurrentIndex(place)
            if here:
                self.panes()[0].setFocus()

    def _teller(self) -> Teller:
        return Teller(self.session.say, self.face.language, self.session.today())

    def _show_part(self) -> None:
        """In a narrow window one part at a time; else all, each as high as it needs, the last ones sharing what there is."""
        narrow = self._room is WindowClass.NARROW
        due = len(self.day.overdue) + len(self.day.due) + len(self.day.newly)
        counts = (due, len(self.day.promises), len(self.decisions))
        keys = ("ui.today.list", "ui.today.promises", "ui.today.decisions")
        if [tab.beside for tab in self.tabs.shown()] != [str(count) for count in counts]:
            self.tabs.show_tabs([Tab(p, k, beside=str(c)) for p, k, c in zip(_PARTS, keys, counts, strict=True)])
        part = (self.tabs.value() or _PARTS[0]) if narrow else ""
        self._left.setVisible(part in ("", "visits"))
        self._right.setVisible(part != "visits")
        self.nobody_due.setVisible(not due)
        self._fit(self.promises, self.no_promise, len(self.day.promises), seen=part in ("", "promises"))
        self._fit(self.to_decide, self.no_decision, len(self.decisions), seen=part in ("", "decisions"))

    def _fit(self, rows: RowList, none: Word, count: int, *, seen: bool) -> None:
        rows.setVisible(seen)
        none.setVisible(seen and not count)
        head, row = self.face.px("height.group_row"), self.face.px("height.list_row")
        shown = sum(1 for one in rows.rows.rows if not one.head)
        rows.setMaximumHeight(head + shown * row + 1)
        rows.setMinimumHeight(min(head + 2 * row, head + shown * row))
        self._right_column.setStretchFactor(rows, max(shown, 1))

    def _allow(self) -> None:
        there = bool(self.visits.chosen_id())
        for button in (self.record_button, self.open_button):
            if there:
                button.allow()
            else:
                button.refuse("ui.today.nobody_due")

    # -- acting

    def _record(self) -> None:
        kind, _, record = self.visits.chosen_id().partition(" ")
        if kind == "household":
            self.session.go(places.VISIT, record)
        elif record:
            self.session.go(places.RESIDENTS, record)

    def _open_household(self) -> None:
        kind, _, record = self.visits.chosen_id().partition(" ")
        if record:
            self.session.go(places.HOUSEHOLDS if kind == "household" else places.RESIDENTS, record)

    def _print(self) -> None:
        self.session.go(places.PRINT, places.ALL_DUE)

    def _open_promise(self, promise: str) -> None:
        if found := next((one for one in self.day.promises if one.promise.id == promise), None):
            self.session.go(places.HOUSEHOLDS, found.promise.household)

    def _tick(self, promise: str) -> None:
        found = next((one for one in self.day.promises if one.promise.id == promise), None)
        if found is None:
            return
        session, what = self.session, found.promise.promised

        def undo() -> None:
            session.save(promising.reopen, promise=promise)
            session.status.tell("ui.today.open_again", None, what=what)

        def done(_answer: object) -> None:
            session.status.tell("ui.today.done", undo, what=what)

        session.save(promising.fulfil, promise=promise, today=session.today(), on_done=done)

    def _decide(self, decision: str) -> None:
        if decision == deciding.CONFLICT:
            self.session.go(places.CONFLICTS, "")
            return
        found = next((one for one in self.decisions if one.id == decision), None)
        if found is None:
            return
        if found.what == deciding.QUESTION:
            self.session.go(places.DECIDE, found.id)
        else:
            page = {"household": places.HOUSEHOLDS, "resident": places.RESIDENTS, "care_record": places.CARE}[found.kind]
            self.session.go(page, found.record)


def _whole_day(archive: Any, today: Any) -> tuple[Day, list[Decision]]:
    return day_service.day(archive, on=today), deciding.to_decide(archive, today=today)
