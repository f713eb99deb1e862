"""A person at a glance: at the left name in Mongolian, facts, risk; at the right what happened. Knows no service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.services.household_view import CareTold
from shequ_desktop.ui.records.detail_pane import scrolled
from shequ_desktop.ui.records.masked import ask
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.facts import Fact, FactGrid
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline, put
from shequ_desktop.ui.widgets.risk_note import RiskNote
from shequ_desktop.ui.widgets.rows import Row
from shequ_desktop.ui.widgets.timeline import Timeline
from shequ_desktop.ui.widgets.vertical_mongolian import VerticalMongolianLabel

LEFT_WIDTH = 408
BESIDE_FROM = 720
"""Where there is less room than this the timeline is left to its own tab."""


class PersonOverview(QWidget):
    """`risk_asked` carries the care record whose risk shall be said anew; `moment_asked` a row of the timeline."""

    risk_asked = Signal(str)
    moment_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = session.face
        self.face = face
        ground(self, "surface")
        reveal = lambda where, show: ask(session, where, show)  # noqa: E731 (an argument of two grids)
        self.mongolian = VerticalMongolianLabel(face, "term.resident.name_mn")
        self.identity = FactGrid(face, columns=1, ask=reveal)
        self.rest = FactGrid(face, columns=2, two_from=300, ask=reveal)
        self.notes: list[RiskNote] = []
        self._care: list[str] = []
        self.timeline = Timeline(face, "ui.moment.list")
        self.timeline.asked.connect(self.moment_asked)
        self.count = Word(face, "small")
        self.nothing = Word(face, "quiet", "ui.moment.none")
        self._build()

    def _build(self) -> None:
        face = self.face
        margin = face.px("width.page_margin")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        column.setSpacing(face.px("space.l"))
        top = QHBoxLayout()
        bare(top, face.px("space.l"))
        top.addWidget(self.mongolian)
        top.addWidget(self.identity, 1)
        column.addLayout(top)
        self._notes = QVBoxLayout()
        bare(self._notes, face.px("space.s"))
        column.addLayout(self._notes)
        self._line = hairline()
        column.addWidget(self._line)
        column.addWidget(self.rest)
        column.addStretch(1)
        self.left = scrolled(content)
        self.right = QFrame()
        put(self.right, line="left")
        side = QVBoxLayout(self.right)
        side.setContentsMargins(margin, face.px("space.l"), margin, 0)
        side.setSpacing(face.px("space.s"))
        head = QHBoxLayout()
        bare(head)
        head.addWidget(Word(face, "section", "ui.moment.list"))
        head.addStretch(1)
        head.addWidget(self.count)
        side.addLayout(head)
        side.addWidget(self.nothing)
        side.addWidget(self.timeline, 1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        bare(row)
        row.addWidget(self.left)
        row.addWidget(self.right, 1)

    def show_person(self, mongolian: str, identity: Sequence[Fact], rest: Sequence[Fact]) -> None:
        self.mongolian.show_text(mongolian)
        self.identity.show_facts(identity)
        self.rest.show_facts(rest)
        self._line.setVisible(bool(rest))

    def show_risks(self, care: Sequence[CareTold], tell: Teller, said: Sequence[Sequence[str]]) -> None:
        """One note for each care record; `said`: the lines of each."""
        while len(self.notes) < len(care):
            note = RiskNote(self.face, "ui.care.assess")
            place = len(self.notes)
            note.asked.connect(lambda place=place: self.risk_asked.emit(self._care[place]))
            self.notes.append(note)
            self._notes.addWidget(note)
        self._care = [one.care.id for one in care]
        for place, note in enumerate(self.notes):
            note.setVisible(place < len(care))
            if place < len(care):
                one = care[place]
                risk, word = tell.risk(one.care.risk)
                level = tell.say("ui.care.risk_level", level=word)
                note.show_risk(risk, level, tell.say("ui.care.every", days=one.interval), said[place])

    def show_moments(self, rows: Sequence[Row], tell: Teller) -> None:
        self.timeline.show_rows(rows)
        self.count.show_text(tell.say("ui.moment.all", count=len(rows)))
        self.nothing.setVisible(not rows)

    def scroll_up(self) -> None:
        self.left.verticalScrollBar().setValue(0)

    def arrange(self, width: int) -> None:
        """Two columns where there is room for them."""
        beside = width >= self.face.scaled(BESIDE_FROM)
        self.right.setVisible(beside)
        if beside:
            self.left.setFixedWidth(min(self.face.scaled(LEFT_WIDTH), width // 2 + self.face.px("space.xxl")))
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
