"""One care record: risk, who is responsible, what happened, history. Tells its page what somebody wants to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shequ_desktop.services.household_view import VisitTold
from shequ_desktop.services.resident_view import CareView
from shequ_desktop.ui.care import care_rows as rows
from shequ_desktop.ui.records import moments
from shequ_desktop.ui.records.detail_pane import DetailPane
from shequ_desktop.ui.records.history_tab import HistoryTab
from shequ_desktop.ui.residents.person_overview import PersonOverview
from shequ_desktop.ui.residents.resident_rows import lacking_words
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.marks import Word
from shequ_desktop.ui.widgets.tab_bar import Tab
from shequ_desktop.ui.widgets.timeline import Timeline

TABS = ("overview", "visits", "history")


class CareDetail(DetailPane):
    """`wanted` carries (what, record): edit, assess, close, person, record, visit, history."""

    wanted = Signal(str, str)

    def __init__(self, session: Session, teller: Callable[[], Teller], parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.care.tabs", "ui.care.none", parent)
        self.view: CareView | None = None
        self._teller = teller
        self.close_button = self.head.add_button("ui.care.close")
        self.person_button = self.head.add_button("ui.care.person", icon="user")
        self.edit_button = self.head.add_button("ui.care.edit", icon="pencil-simple", shortcut="F2")
        self.record_button = self.head.add_button("ui.households.record", icon="note-pencil", chief=True, shortcut="Enter")
        self.add_part("overview", self._overview, self._fill_overview)
        self.add_part("visits", self._visits_part, self._fill_visits)
        self.add_part("history", self._history, self._fill_history)
        for button, what in (
            (self.close_button, "close"),
            (self.person_button, "person"),
            (self.edit_button, "edit"),
            (self.record_button, "record"),
        ):
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what, ""))

    def _overview(self) -> QWidget:
        self.overview = PersonOverview(self._session)
        self.overview.moment_asked.connect(self._open_moment)
        self.overview.risk_asked.connect(lambda _care: self.wanted.emit("edit", ""))
        self.overview.arrange(self.width())
        return self.overview

    def _history(self) -> QWidget:
        self.history = HistoryTab(self._session, self._teller)
        return self.history

    def _visits_part(self) -> QWidget:
        self.visits = Timeline(self.face, "ui.care.tab.visits")
        self.no_visits = Word(self.face, "quiet", "ui.moment.none")
        self.visits.asked.connect(self._open_moment)
        part = QWidget()
        column = QVBoxLayout(part)
        margin = self.face.px("width.page_margin")
        column.setContentsMargins(margin, self.face.px("space.m"), margin, 0)
        column.addWidget(self.no_visits)
        column.addWidget(self.visits, 1)
        return part

    def show_view(self, view: CareView) -> None:
        """Show this care record; what is the same is not drawn anew."""
        if self.view is not None and self.view.id != view.id:
            self.overview.scroll_up()
            self.view = view
            self.tabs.choose(TABS[0])
        self.view, tell, person = view, self._teller(), view.person
        self.head.title.show_text(person.fields.get("name", ""))
        self.head.line.show_text(rows.line_of(view, tell))
        self.head.line.setToolTip(lacking_words(view.lacking, "care_record", tell))
        counts = {"visits": len(self._noted(view))}
        self.show_tabs([Tab(name, f"ui.care.tab.{name}", beside=str(counts[name]) if counts.get(name) else "") for name in TABS])
        if person.household:
            self.record_button.allow()
        else:
            self.record_button.refuse("ui.residents.no_home_visit")
        self.close_button.setEnabled(view.told is not None)
        self.show_record()
        self.fill()

    @staticmethod
    def _noted(view: CareView) -> list[VisitTold]:
        """Visits on which this care record has a page."""
        return [visit for visit in view.person.visits if any(note.care_record == view.id for note in visit.notes)]

    def _fill_overview(self) -> None:
        view, tell = self.view, self._teller()
        if view is None:
            return
        person = view.person
        self.overview.show_person(person.fields.get("name_mn", ""), rows.identity(view, tell), rows.facts(view, tell))
        told = [view.told] if view.told else []
        self.overview.show_risks(told, tell, [[*rows.said_of(one, tell)[:1], rows.confirmed(view, tell)] for one in told])
        others = moments.care_rows(person, tell)
        self.overview.show_moments(moments.rows_of(person.visits, person.promises, tell, resident=person.id, others=others), tell)

    def _fill_visits(self) -> None:
        view = self.view
        if view is not None:
            noted = self._noted(view)
            self.visits.show_rows(moments.rows_of(noted, (), self._teller(), resident=view.person.id))
            self.no_visits.setVisible(not noted)

    def _fill_history(self) -> None:
        if self.view is not None:
            self.wanted.emit("history", self.view.id)

    def _open_moment(self, row: str) -> None:
        what, _, record = row.partition(" ")
        if what == "visit":
            self.wanted.emit("visit", record)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self.is_made(TABS[0]):
            self.overview.arrange(self.width())
