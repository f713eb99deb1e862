"""One household: overview, members, care, visits, history. Tells its page what somebody wants to do; knows no service."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.services.household_view import HouseholdView
from shequ_desktop.ui.households import household_rows as rows
from shequ_desktop.ui.records import moments
from shequ_desktop.ui.records.detail_pane import CONTENT_MOST, DetailPane, scrolled
from shequ_desktop.ui.records.history_tab import HistoryTab
from shequ_desktop.ui.records.masked import ask
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.facts import FactGrid
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare
from shequ_desktop.ui.widgets.tab_bar import Tab
from shequ_desktop.ui.widgets.timeline import Timeline

TABS = ("overview", "members", "care", "visits", "history")


class HouseholdDetail(DetailPane):
    """`wanted` carries (what, record): edit, record, print, add_member, open_member, relation, move_out, care, visit ..."""

    wanted = Signal(str, str)

    def __init__(self, session: Session, teller: Callable[[], Teller], parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.households.tabs", "ui.households.none", parent)
        self.view: HouseholdView | None = None
        self._teller = teller
        self.edit_button = self.head.add_button("ui.households.edit", icon="pencil-simple", shortcut="F2")
        self.print_button = self.head.add_button("ui.households.print", icon="printer", shortcut="Ctrl+P")
        self.record_button = self.head.add_button("ui.households.record", icon="note-pencil", chief=True, shortcut="Enter")
        self._session = session
        self._reveal = lambda where, reveal: ask(session, where, reveal)
        self.add_part("overview", self._overview, self._fill_overview)
        self.add_part("members", self._members, self._fill_members)
        self.add_part("care", self._care, self._fill_care)
        self.add_part("visits", self._visits, self._fill_visits)
        self.add_part("history", self._history, self._fill_history)
        want = self.wanted.emit
        self.edit_button.clicked.connect(lambda: want("edit", ""))
        self.print_button.clicked.connect(lambda: want("print", ""))
        self.record_button.clicked.connect(lambda: want("record", ""))

    def _overview(self) -> QWidget:
        face, want = self.face, self.wanted.emit
        self.facts = FactGrid(face, ask=self._reveal)
        self.members = LinesTable(face, "ui.households.members", rows.MEMBER_COLUMNS)
        self.last = Word(face).wrapping()
        content = QWidget()
        column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        column.setSpacing(face.px("space.s"))
        inner = QWidget()
        inner.setMaximumWidth(face.scaled(CONTENT_MOST))
        inside = QVBoxLayout(inner)
        bare(inside, face.px("space.s"))
        inside.addWidget(self.facts)
        inside.addSpacing(face.px("space.l"))
        self.add_link = Button(face, "ui.households.add_member", kind="link", icon="plus")
        self.open_last = Button(face, "ui.households.open_visit", kind="link")
        inside.addLayout(self._section("ui.households.members", self.add_link))
        inside.addWidget(self.members)
        inside.addSpacing(face.px("space.l"))
        inside.addLayout(self._section("ui.households.last_visit", self.open_last))
        inside.addWidget(self.last)
        column.addWidget(inner)
        column.addStretch(1)
        self.add_link.clicked.connect(lambda: want("add_member", ""))
        self.open_last.clicked.connect(self._open_last)
        self.members.asked.connect(lambda _row: want("open_member", self.members.chosen_id()))
        for earlier, later in ((self.facts, self.members), (self.members, self.add_link), (self.add_link, self.open_last)):
            QWidget.setTabOrder(earlier, later)
        self._scroll = scrolled(content)
        return self._scroll

    def _section(self, key: str, link: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        bare(row)
        row.addWidget(Word(self.face, "section", key))
        row.addStretch(1)
        row.addWidget(link)
        return row

    def _table_part(self, table: QWidget, none: Word, buttons: Iterable[Button]) -> QWidget:
        face = self.face
        part = QWidget()
        column = QVBoxLayout(part)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.m"), margin, 0)
        column.setSpacing(face.px("space.m"))
        row = QHBoxLayout()
        bare(row, face.px("space.s"))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(none)
        column.addWidget(table, 1)
        return part

    def _members(self) -> QWidget:
        face, want = self.face, self.wanted.emit
        self.all_members = LinesTable(face, "ui.households.members", rows.MEMBER_COLUMNS)
        self.no_members = Word(face, "quiet", "ui.households.no_members")
        self.member_buttons = {
            "add_member": Button(face, "ui.households.add_member", icon="plus"),
            "open_member": Button(face, "ui.households.open_member"),
            "relation": Button(face, "ui.households.relation_edit"),
            "add_care": Button(face, "ui.households.add_care"),
            "move_out": Button(face, "ui.households.move_out"),
        }
        self.all_members.asked.connect(lambda _row: want("open_member", self.all_members.chosen_id()))
        self.all_members.chosen.connect(lambda _line: self._allow_members())
        for what, button in self.member_buttons.items():
            button.clicked.connect(lambda _on=False, what=what: want(what, self.all_members.chosen_id()))
        return self._table_part(self.all_members, self.no_members, self.member_buttons.values())

    def _care(self) -> QWidget:
        face, want = self.face, self.wanted.emit
        self.care = LinesTable(face, "ui.households.care", rows.CARE_COLUMNS)
        self.no_care = Word(face, "quiet", "ui.households.no_care")
        self.open_care = Button(face, "ui.households.open_care")
        self.care.asked.connect(lambda _row: want("care", self.care.chosen_id()))
        self.care.chosen.connect(lambda _line: self._allow_care())
        self.open_care.clicked.connect(lambda: want("care", self.care.chosen_id()))
        return self._table_part(self.care, self.no_care, (self.open_care,))

    def _visits(self) -> QWidget:
        self.visits = Timeline(self.face, "ui.households.tab.visits")
        self.no_visits = Word(self.face, "quiet", "ui.moment.none")
        self.visits.asked.connect(self._open_moment)
        return self._table_part(self.visits, self.no_visits, ())

    def _history(self) -> QWidget:
        self.history = HistoryTab(self._session, self._teller)
        return self.history

    def show_view(self, view: HouseholdView) -> None:
        """Show this household; what is the same is not drawn anew."""
        if self.view is not None and self.view.id != view.id:
            self._scroll.verticalScrollBar().setValue(0)
            self.view = view
            self.tabs.choose(TABS[0])
        self.view, tell = view, self._teller()
        key, values = rows.title(view, tell)
        self.head.title.say(key, **values)
        self.head.line.show_text(rows.line_of(view, tell))
        counts = {"members": len(view.members), "care": len(view.care), "visits": len(view.visits)}
        self.show_tabs(
            [Tab(name, f"ui.households.tab.{name}", beside=str(counts[name]) if counts.get(name) else "") for name in TABS]
        )
        self.show_record()
        self.fill()

    def _fill_overview(self) -> None:
        view, tell = self.view, self._teller()
        if view is None:
            return
        self.facts.show_facts(rows.facts(view, tell))
        self.members.show_lines(view.members, lambda one: rows.member_line(one, tell), lambda one: one.resident)
        self.members.fit_height()
        self.last.show_text(rows.last_visit(view, tell))
        self.open_last.setVisible(bool(view.visits))

    def _fill_members(self) -> None:
        view, tell = self.view, self._teller()
        if view is not None:
            self.all_members.show_lines(view.members, lambda one: rows.member_line(one, tell), lambda one: one.resident)
            self.no_members.setVisible(not view.members)
            self._allow_members()

    def _fill_care(self) -> None:
        view, tell = self.view, self._teller()
        if view is not None:
            self.care.show_lines(view.care, lambda one: rows.care_line(one, tell), lambda one: one.care.id)
            self.no_care.setVisible(not view.care)
            self._allow_care()

    def _fill_visits(self) -> None:
        view = self.view
        if view is not None:
            self.visits.show_rows(moments.rows_of(view.visits, view.promises, self._teller()))
            self.no_visits.setVisible(not view.visits and not view.promises)

    def _fill_history(self) -> None:
        if self.view is not None:
            self.wanted.emit("history", self.view.id)

    def _allow_members(self) -> None:
        for what, button in self.member_buttons.items():
            if what == "add_member" or self.all_members.chosen_id():
                button.allow()
            else:
                button.refuse("ui.households.pick_member")

    def _allow_care(self) -> None:
        if self.care.chosen_id():
            self.open_care.allow()
        else:
            self.open_care.refuse("ui.households.pick_care")

    def _open_last(self) -> None:
        if self.view is not None and self.view.visits:
            self.wanted.emit("visit", self.view.visits[0].id)

    def _open_moment(self, row: str) -> None:
        what, _, record = row.partition(" ")
        if what == "visit":
            self.wanted.emit("visit", record)
