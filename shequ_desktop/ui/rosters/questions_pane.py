"""Doubtful values from paper: answered one by one or many at once, by keyboard, and taken back again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import answering
from shequ_desktop.services.answering import Answered
from shequ_desktop.ui.rosters.import_rows import QUESTION_COLUMNS, question_line
from shequ_desktop.ui.rosters.import_state import ImportState
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline


class QuestionsPane(QWidget):
    """`answered`: something was answered or opened again; the list is to be read anew."""

    answered = Signal()

    def __init__(self, session: Session, state: ImportState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._state = session, state
        face = session.face
        ground(self, "surface")
        self.count = Word(face, "section")
        self.all = Button(face, "ui.rosters.tick_all", shortcut="Ctrl+A")
        self.table = LinesTable(face, "ui.rosters.questions", QUESTION_COLUMNS)
        self.take = Button(face, "ui.rosters.take")
        self.keep = Button(face, "ui.rosters.keep")
        self.other = Field(face, "ui.rosters.other", enter_moves=False)
        self.write = Button(face, "ui.rosters.write")
        self.all.clicked.connect(self._tick_all)
        self.table.ticked.connect(self._tick)
        self.table.asked.connect(lambda place: self._tick(self.table.lines.id_at(place)))
        self.take.clicked.connect(lambda: self._answer(answering.take_all))
        self.keep.clicked.connect(lambda: self._answer(answering.keep_all))
        self.write.clicked.connect(self._write)
        self.other.entered.connect(self._write)
        QShortcut(QKeySequence("Ctrl+A"), self.table).activated.connect(self._tick_all)
        self._lay_out()
        self.show_questions()

    def _lay_out(self) -> None:
        face = self._session.face
        margin = face.px("width.list_margin")
        head = QHBoxLayout()
        head.setContentsMargins(margin, face.px("space.s"), margin, face.px("space.s"))
        head.addWidget(self.count)
        head.addStretch(1)
        foot = QGridLayout()
        foot.setContentsMargins(margin, face.px("space.s"), margin, face.px("space.m"))
        foot.setHorizontalSpacing(face.px("space.s"))
        foot.setVerticalSpacing(face.px("space.s"))
        for at, button in enumerate((self.take, self.keep, self.all)):
            foot.addWidget(button, 0, at)
        foot.setColumnStretch(3, 1)
        line = QHBoxLayout()
        bare(line, face.px("space.s"))
        line.addWidget(self.other, 1)
        low = QVBoxLayout()
        bare(low)
        low.addStretch(1)
        low.addWidget(self.write)
        line.addLayout(low)
        foot.addLayout(line, 1, 0, 1, 4)
        column = QVBoxLayout(self)
        bare(column)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def show_questions(self) -> None:
        session = self._session
        teller = Teller(session.face.say, session.face.language, session.today())
        self.table.show_lines(self._state.questions, question_line(teller, self._state.ticked))
        self._show_ticks()

    def _show_ticks(self) -> None:
        state, ticked = self._state, len(self._state.ticked)
        if state.questions:
            self.count.say("ui.rosters.questions_count", count=f"{len(state.questions):,}", ticked=f"{ticked:,}")
        else:
            self.count.say("ui.rosters.questions_none")
        self.all.setEnabled(bool(state.questions))
        for button in (self.take, self.keep):
            if ticked:
                button.allow()
            else:
                button.refuse("ui.rosters.tick_first")
        if ticked and not state.can_take():
            self.take.refuse("ui.rosters.cannot_take")
        self.other.setEnabled(ticked == 1)
        if ticked == 1:
            self.write.allow()
        else:
            self.write.refuse("ui.rosters.one_only")

    def _tick(self, question: str) -> None:
        self._state.tick(question)
        self.table.lines.again()
        self._show_ticks()

    def _tick_all(self) -> None:
        self._state.tick_all()
        self.table.lines.again()
        self._show_ticks()

    def _answer(self, answer: object, *, value: str = "") -> None:
        session = self._session
        named = {"chosen": self._state.chosen(), "today": session.today()} | ({"value": value} if value else {})
        session.save(answer, on_done=self._done, on_problem=self._wrong, **named)  # type: ignore[arg-type]

    def _write(self) -> None:
        if typed := self.other.text().strip():
            self._answer(answering.write_one, value=typed)

    def _wrong(self, problems: list[Problem]) -> None:
        self.other.show_problem(problems[0])

    def _done(self, result: object) -> None:
        if not isinstance(result, Answered):
            return
        session, done = self._session, result.done
        self._state.ticked.clear()
        self.other.set_text("")
        self.other.clear()

        def undo() -> None:
            session.save(answering.open_again, answered=done, on_done=lambda _none: self.answered.emit())
            session.status.tell("ui.rosters.opened_again", None, count=f"{len(done):,}")

        if result.problems:
            session.status.tell("ui.rosters.answered_some", undo, count=f"{len(done):,}", left=f"{len(result.problems):,}")
        else:
            session.status.tell("ui.rosters.answered", undo, count=f"{len(done):,}")
        self.answered.emit()
