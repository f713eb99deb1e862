"""Earlier exchanges, when the next ones come by themselves, and what this computer is to the league."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shequ_desktop.domain.areas import areas
from shequ_desktop.services import preferences
from shequ_desktop.services.sync_overview import Overview
from shequ_desktop.ui import places
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.sync.sync_rows import PAST_COLUMNS, past_id, past_line, size
from shequ_desktop.ui.sync.sync_state import Wishes
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.choices import KeyedCheck
from shequ_desktop.ui.widgets.facts import Fact, FactGrid
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, ground, hairline, small

SHOWN = 12
_SHORT_ID = 6


class PastPane(QWidget):
    """`chosen`: somebody chose when to sync."""

    chosen = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        face = session.face
        ground(self, "surface")
        self.table = LinesTable(face, "ui.sync.history", PAST_COLUMNS, dense=True)
        self.none = Word(face, "small", "ui.sync.history_none")
        self.by_itself = KeyedCheck(face, "ui.sync.sparing")
        self.sparing = KeyedCheck(face, "ui.sync.sparing")
        self.more = small(Button(face, "ui.sync.more_settings", kind="link"))
        self.facts = FactGrid(face, columns=2)
        self.by_itself.clicked.connect(lambda on: self._keep(sync_by_itself=on))
        self.sparing.clicked.connect(lambda on: self._keep(sync_saves_traffic=on))
        self.more.clicked.connect(lambda: session.go(places.SETTINGS, "sync"))
        column = QVBoxLayout(self)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, face.px("space.l"))
        column.setSpacing(face.px("space.s"))
        for widget in (
            Word(face, "section", "ui.sync.history"),
            self.none,
            self.table,
            Word(face, "section", "ui.sync.when"),
            self.by_itself,
            self.sparing,
        ):
            column.addWidget(widget)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hairline())
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_overview(self, shown: Overview, teller: Teller, wishes: Wishes) -> None:
        exchanges = shown.exchanges[:SHOWN]
        self.table.show_lines(exchanges, past_line(teller, shown.exchanges), past_id)
        self.table.fit_height()
        self.table.setVisible(bool(exchanges))
        self.none.setVisible(not exchanges)
        self._session.face.speak(self.by_itself, "ui.sync.by_itself", minutes=wishes.minutes)
        self.by_itself.setChecked(wishes.by_itself)
        self.sparing.setChecked(wishes.spares)
        self.sparing.setEnabled(wishes.by_itself)
        status = shown.status
        place = areas().name(status.area) if status.area and areas().is_area(status.area) else status.area
        facts = [Fact(status.device[:_SHORT_ID].upper(), "ui.sync.this_computer")]
        if status.enrolled:
            facts += [
                Fact(size(teller, shown.carried), "ui.sync.carried"),
                Fact(status.server, "ui.sync.league"),
                Fact(place or teller.say("ui.sync.area_all"), "ui.sync.area"),
            ]
        self.facts.show_facts(facts)

    def _keep(self, **chosen: bool) -> None:
        problem = preferences.keep(self._session.archive.folder, **chosen)
        if problem:
            self._session.tell_problems([problem])
        self.chosen.emit()
