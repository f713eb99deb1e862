"""One resident: overview, household, care, visits, history. Tells its page what somebody wants to do; knows no service."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.services.household_view import VisitTold
from shequ_desktop.services.resident_view import ResidentView
from shequ_desktop.ui.care.care_rows import said_of
from shequ_desktop.ui.households.household_rows import CARE_COLUMNS, care_line
from shequ_desktop.ui.records import moments
from shequ_desktop.ui.records.detail_pane import DetailPane
from shequ_desktop.ui.records.history_tab import HistoryTab
from shequ_desktop.ui.residents import resident_rows as rows
from shequ_desktop.ui.residents.person_overview import PersonOverview
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare
from shequ_desktop.ui.widgets.tab_bar import Tab
from shequ_desktop.ui.widgets.timeline import Timeline

TABS = ("overview", "homes", "care", "visits", "history")


class ResidentDetail(DetailPane):
    """`wanted` carries (what, record): edit, home, record, add_care, care, visit, add_phone, edit_phone, history."""

    wanted = Signal(str, str)

    def __init__(self, session: Session, teller: Callable[[], Teller], parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.residents.tabs", "ui.residents.none", parent)
        self.view: ResidentView | None = None
        self._teller = teller
        self.edit_button = self.head.add_button("ui.residents.edit", icon="pencil-simple", shortcut="F2")
        self.home_button = self.head.add_button("ui.residents.home", icon="house")
        self.record_button = self.head.add_button("ui.households.record", icon="note-pencil", chief=True, shortcut="Enter")
        self.add_part("overview", self._overview, self._fill_overview)
        self.add_part("homes", self._homes, self._fill_homes)
        self.add_part("care", self._care, self._fill_care)
        self.add_part("visits", self._visits, self._fill_visits)
        self.add_part("history", self._history, self._fill_history)
        for button, what in ((self.edit_button, "edit"), (self.home_button, "home"), (self.record_button, "record")):
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what, ""))

    def _overview(self) -> QWidget:
        self.overview = PersonOverview(self._session)
        self.overview.moment_asked.connect(self._open_moment)
        self.overview.risk_asked.connect(lambda care: self.wanted.emit("assess", care))
        self.overview.arrange(self.width())
        return self.overview

    def _homes(self) -> QWidget:
        face, want = self.face, self.wanted.emit
        self.homes = LinesTable(face, "ui.residents.tab.homes", rows.HOME_COLUMNS)
        self.no_home = Word(face, "quiet", "ui.residents.no_home")
        self.add_phone = Button(face, "ui.residents.add_phone", icon="phone")
        self.edit_phone = Button(face, "ui.residents.edit_phone")
        self.homes.asked.connect(lambda _row: want("open_home", self.homes.chosen_id()))
        self.add_phone.clicked.connect(lambda: want("add_phone", ""))
        self.edit_phone.clicked.connect(lambda: want("edit_phone", ""))
        return self._part(self.homes, self.no_home, (self.add_phone, self.edit_phone))

    def _care(self) -> QWidget:
        face, want = self.face, self.wanted.emit
        self.care = LinesTable(face, "ui.residents.tab.care", CARE_COLUMNS)
        self.no_care = Word(face, "quiet", "ui.residents.no_care")
        self.add_care = Button(face, "ui.residents.add_care", icon="hand-heart")
        self.open_care = Button(face, "ui.households.open_care")
        self.care.asked.connect(lambda _row: want("care", self.care.chosen_id()))
        self.care.chosen.connect(lambda _line: self._allow_care())
        self.add_care.clicked.connect(lambda: want("add_care", ""))
        self.open_care.clicked.connect(lambda: want("care", self.care.chosen_id()))
        return self._part(self.care, self.no_care, (self.add_care, self.open_care))

    def _visits(self) -> QWidget:
        self.visits = Timeline(self.face, "ui.residents.tab.visits")
        self.no_visits = Word(self.face, "quiet", "ui.moment.none")
        self.visits.asked.connect(self._open_moment)
        return self._part(self.visits, self.no_visits, ())

    def _history(self) -> QWidget:
        self.history = HistoryTab(self._session, self._teller)
        return self.history

    def _part(self, table: QWidget, none: Word, buttons: Iterable[Button]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        margin = self.face.px("width.page_margin")
        column.setContentsMargins(margin, self.face.px("space.m"), margin, 0)
        column.setSpacing(self.face.px("space.m"))
        row = QHBoxLayout()
        bare(row, self.face.px("space.s"))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(none)
        column.addWidget(table, 1)
        return part

    def show_view(self, view: ResidentView) -> None:
        """Show this resident; what is the same is not drawn anew."""
        if self.view is not None and self.view.id != view.id:
            self.overview.scroll_up()
            self.view = view
            self.tabs.choose(TABS[0])
        self.view, tell = view, self._teller()
        self.head.title.show_text(view.fields.get("name", ""))
        self.head.line.show_text(rows.line_of(view, tell))
        self.head.line.setToolTip(rows.lacking_words(view.lacking, "resident", tell))
        counts = {"homes": len(view.homes), "care": len(view.care), "visits": len(self._noted(view))}
        self.show_tabs(
            [Tab(name, f"ui.residents.tab.{name}", beside=str(counts[name]) if counts.get(name) else "") for name in TABS]
        )
        for button in (self.record_button, self.home_button):
            if view.household:
                button.allow()
            else:
                button.refuse("ui.residents.no_home_visit")
        self.show_record()
        self.fill()

    @staticmethod
    def _noted(view: ResidentView) -> list[VisitTold]:
        """Visits on which something was noted of this person."""
        return [visit for visit in view.visits if any(note.resident == view.id for note in visit.notes)]

    def _fill_overview(self) -> None:
        view, tell = self.view, self._teller()
        if view is None:
            return
        self.overview.show_person(view.fields.get("name_mn", ""), rows.identity_facts(view, tell), rows.person_facts(view, tell))
        self.overview.show_risks(view.care, tell, [said_of(one, tell) for one in view.care])
        others = moments.care_rows(view, tell)
        self.overview.show_moments(moments.rows_of(view.visits, view.promises, tell, resident=view.id, others=others), tell)

    def _fill_homes(self) -> None:
        view, tell = self.view, self._teller()
        if view is None:
            return
        self.homes.show_lines(view.homes, lambda one: rows.home_line(one, tell), lambda one: one.household)
        self.no_home.setVisible(not view.homes)
        if view.phones:
            self.edit_phone.allow()
        else:
            self.edit_phone.refuse("ui.residents.no_phone")

    def _fill_care(self) -> None:
        view, tell = self.view, self._teller()
        if view is not None:
            self.care.show_lines(view.care, lambda one: care_line(one, tell), lambda one: one.care.id)
            self.no_care.setVisible(not view.care)
            self._allow_care()

    def _fill_visits(self) -> None:
        view = self.view
        if view is not None:
            noted = self._noted(view)
            self.visits.show_rows(moments.rows_of(noted, (), self._teller(), resident=view.id))
            self.no_visits.setVisible(not noted)

    def _fill_history(self) -> None:
        if self.view is not None:
            self.wanted.emit("history", self.view.id)

    def _allow_care(self) -> None:
        if self.care.chosen_id():
            self.open_care.allow()
        else:
            self.open_care.refuse("ui.households.pick_care")

    def _open_moment(self, row: str) -> None:
        what, _, record = row.partition(" ")
        if what in ("visit", "care"):
            self.wanted.emit(what, record)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self.is_made(TABS[0]):
            self.overview.arrange(self.width())
