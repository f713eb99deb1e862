"""One resident: overview, household, care, visits, history. Tells its page what somebody wants to do; knows no service."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
        face = self.face
        self.view: ResidentView | None = None
        self._teller = teller
        self.edit_button = self.head.add_button("ui.residents.edit", icon="pencil-simple", shortcut="F2")
        self.home_button = self.head.add_button("ui.residents.home", icon="house")
        self.record_button = self.head.add_button("ui.households.record", icon="note-pencil", chief=True, shortcut="Enter")
        self.overview = PersonOverview(session)
        self.homes = LinesTable(face, "ui.residents.tab.homes", rows.HOME_COLUMNS)
        self.care = LinesTable(face, "ui.residents.tab.care", CARE_COLUMNS)
        self.visits = Timeline(face, "ui.residents.tab.visits")
        self.history = HistoryTab(session, teller)
        self.no_home, self.no_care, self.no_visits = (
            Word(face, "quiet", key) for key in ("ui.residents.no_home", "ui.households.no_care", "ui.moment.none")
        )
        self.add_phone = Button(face, "ui.residents.add_phone", icon="phone")
        self.edit_phone = Button(face, "ui.residents.edit_phone")
        self.add_care = Button(face, "ui.residents.add_care", icon="hand-heart")
        self.open_care = Button(face, "ui.households.open_care")
        self.add_part("overview", self.overview)
        self.add_part("homes", self._part(self.homes, self.no_home, (self.add_phone, self.edit_phone)))
        self.add_part("care", self._part(self.care, self.no_care, (self.add_care, self.open_care)))
        self.add_part("visits", self._part(self.visits, self.no_visits, ()))
        self.add_part("history", self.history)
        self._join()

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

    def _join(self) -> None:
        want = self.wanted.emit
        for button, what in (
            (self.edit_button, "edit"),
            (self.home_button, "home"),
            (self.record_button, "record"),
            (self.add_phone, "add_phone"),
            (self.edit_phone, "edit_phone"),
            (self.add_care, "add_care"),
        ):
            button.clicked.connect(lambda _on=False, what=what: want(what, ""))
        self.open_care.clicked.connect(lambda: want("care", self.care.chosen_id()))
        self.care.asked.connect(lambda _row: want("care", self.care.chosen_id()))
        self.care.chosen.connect(lambda _line: self._allow())
        self.homes.asked.connect(lambda _row: want("open_home", self.homes.chosen_id()))
        self.visits.asked.connect(self._open_moment)
        self.overview.moment_asked.connect(self._open_moment)
        self.overview.risk_asked.connect(lambda care: want("assess", care))
        self.tab_shown.connect(lambda _tab: self._show_history())

    def show_view(self, view: ResidentView) -> None:
        """Show this resident; what is the same is not drawn anew."""
        if self.view is not None and self.view.id != view.id:
            self.tabs.choose(TABS[0])
            self.overview.scroll_up()
        self.view, tell = view, self._teller()
        self.head.title.show_text(view.fields.get("name", ""))
        self.head.line.show_text(rows.line_of(view, tell))
        self.head.line.setToolTip(rows.lacking_words(view.lacking, "resident", tell))
        visits = [visit for visit in view.visits if any(note.resident == view.id for note in visit.notes)]
        counts = {"homes": len(view.homes), "care": len(view.care), "visits": len(visits)}
        self.show_tabs(
            [Tab(name, f"ui.residents.tab.{name}", beside=str(counts[name]) if counts.get(name) else "") for name in TABS]
        )
        self.overview.show_person(view.fields.get("name_mn", ""), rows.identity_facts(view, tell), rows.person_facts(view, tell))
        self.overview.show_risks(view.care, tell, [said_of(one, tell) for one in view.care])
        others = moments.care_rows(view, tell)
        self.overview.show_moments(moments.rows_of(view.visits, view.promises, tell, resident=view.id, others=others), tell)
        self.homes.show_lines(view.homes, lambda one: rows.home_line(one, tell))
        self.care.show_lines(view.care, lambda one: care_line(one, tell))
        self.visits.show_rows(moments.rows_of(visits, (), tell, resident=view.id))
        self.no_home.setVisible(not view.homes)
        self.no_care.setVisible(not view.care)
        self.no_visits.setVisible(not visits)
        self.show_record()
        self._allow()
        self._show_history()

    def _allow(self) -> None:
        view = self.view
        for button in (self.record_button, self.home_button):
            if view is not None and view.household:
                button.allow()
            else:
                button.refuse("ui.residents.no_home_visit")
        if self.care.chosen_id():
            self.open_care.allow()
        else:
            self.open_care.refuse("ui.households.pick_care")
        if view is not None and view.phones:
            self.edit_phone.allow()
        else:
            self.edit_phone.refuse("ui.residents.no_phone")

    def _show_history(self) -> None:
        if self.view is not None and self.tabs.value() == "history":
            self.wanted.emit("history", self.view.id)

    def _open_moment(self, row: str) -> None:
        what, _, record = row.partition(" ")
        if what in ("visit", "care"):
            self.wanted.emit(what, record)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.overview.arrange(self.width())
