"""Joining a league from here: its address and the one-time code that a person types from paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling
from shequ_desktop.ui.background import Task
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Word, bare

_OF_SERVER = frozenset({"server_not_an_address", "league_not_reached", "no_league_there", "other_league", "league_broke_off"})


class JoinForm(QWidget):
    """`joined`: the archive belongs to a league now. `busy`: whether a try is under way."""

    joined = Signal()
    busy = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        face = session.face
        self._task: Task | None = None
        self.server = Field(face, "ui.sync.join_server", hint="ui.sync.join_server_hint")
        self.code = Field(face, "ui.sync.join_code", enter_moves=False)
        self.code.entered.connect(self.join)
        column = QVBoxLayout(self)
        bare(column, face.px("space.m"))
        column.addWidget(Word(face, "section", "ui.sync.join"))
        column.addWidget(Word(face, "value", "ui.sync.join_text").wrapping())
        column.addWidget(self.server)
        column.addWidget(self.code)
        column.addStretch(1)

    def join(self) -> None:
        """Try with what was typed."""
        server, code = self.server.text().strip(), self.code.text().strip()
        self.server.clear()
        self.code.clear()
        if not server or not code:
            (self.code if server else self.server).show_error("ui.sync.join_needed")
            return
        if "://" not in server:
            server = f"https://{server}"
        self.busy.emit(True)
        session = self._session
        self._task = session.background.run(
            enrolling.enroll,
            session.archive,
            server=server,
            code=code,
            talks=True,
            on_done=lambda _none: self._done(),
            on_problem=self._wrong,
        )

    def _done(self) -> None:
        self.busy.emit(False)
        self.code.set_text("")
        self._session.status.tell("ui.sync.joined")
        self.joined.emit()

    def _wrong(self, problems: list[Problem]) -> None:
        self.busy.emit(False)
        field = self.server if problems[0].key in _OF_SERVER else self.code
        field.show_problem(problems[0])
        field.setFocus()
