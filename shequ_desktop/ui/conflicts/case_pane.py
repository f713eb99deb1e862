"""A case with all its conflicts and the household around it; or people who may be the same. Scrolls as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services.conflict_cases import TWINS, Around, Case
from shequ_desktop.ui.conflicts.conflict_part import ConflictPart
from shequ_desktop.ui.conflicts.conflict_state import ConflictState
from shequ_desktop.ui.conflicts.conflict_words import Words
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Picture, Word, bare, hairline, put


class CasePane(QScrollArea):
    """`person_asked`: one of several people who may be the same. `reveal_asked`: a conflict whose numbers are wanted whole."""

    changed = Signal()
    person_asked = Signal(str)
    reveal_asked = Signal(object)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._narrow = face, False
        self._case: Case | None = None
        self.parts: list[ConflictPart] = []
        self.openers: list[Button] = []
        self.home: list[Word] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_case(None, ConflictState(), None)

    def first(self) -> QWidget | None:
        """Where the keyboard begins in the case."""
        if self.parts:
            return self.parts[0].first
        return self.openers[0] if self.openers else None

    def stack(self, *, narrow: bool) -> None:
        self._narrow = narrow
        for part in self.parts:
            part.stack(narrow=narrow)

    def show_case(self, case: Case | None, state: ConflictState, words: Words | None) -> None:
        """Show this; where it is what is shown already, or somebody is at work in it, nothing moves."""
        same = case is not None and self._case is not None and case.id == self._case.id
        if self.widget() is not None and (case == self._case or (same and self._is_at_work())):
            return
        self._case, self.parts, self.openers, self.home = case, [], [], []
        content = QWidget()
        put(content, ground="surface")
        column = QVBoxLayout(content)
        margin = self._face.px("width.page_margin")
        column.setContentsMargins(margin, self._face.px("space.l"), margin, margin)
        column.setSpacing(self._face.px("space.l"))
        if case is None or words is None:
            column.addWidget(Word(self._face, "quiet", "ui.conflicts.choose_row"))
        elif case.state == TWINS:
            self._twins(column, case, words)
        else:
            self._conflicts(column, case, state, words)
        column.addStretch(1)
        self.setWidget(content)
        self.stack(narrow=self._narrow)

    def forget(self) -> None:
        """What is shown was decided: show the next as it is."""
        self._case = None

    def _is_at_work(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _conflicts(self, column: QVBoxLayout, case: Case, state: ConflictState, words: Words) -> None:
        for conflict in case.conflicts:
            part = ConflictPart(self._face, conflict, state, words, case_state=case.state)
            part.changed.connect(self.changed)
            part.reveal_asked.connect(lambda shown=part: self.reveal_asked.emit(shown))
            column.addWidget(part)
            self.parts.append(part)
        column.addWidget(hairline())
        self._home = QVBoxLayout()
        bare(self._home)
        column.addLayout(self._home)
        line = QHBoxLayout()
        bare(line, self._face.px("space.s"))
        line.addWidget(Picture(self._face, "clock-counter-clockwise", "text_2", "small"))
        line.addWidget(Word(self._face, "small", "ui.conflicts.kept_in_history").wrapping(), 1)
        column.addLayout(line)

    def _twins(self, column: QVBoxLayout, case: Case, words: Words) -> None:
        column.addWidget(Word(self._face, "value", "ui.conflicts.twin_text").wrapping())
        for person in case.twins:
            line = QHBoxLayout()
            bare(line, self._face.px("space.m"))
            name, facts = Word(self._face, "strong"), Word(self._face, "small")
            name.show_text(person.name)
            facts.show_text(words.teller.age_and_sex(person.birth, person.sex))
            opener = Button(self._face, icon="user")
            opener.say("ui.conflicts.twin_open", name=person.name)
            opener.clicked.connect(lambda _on=False, who=person.id: self.person_asked.emit(who))
            line.addWidget(name)
            line.addWidget(facts)
            line.addStretch(1)
            line.addWidget(opener)
            column.addLayout(line)
            column.addWidget(hairline())
            self.openers.append(opener)

    def show_around(self, around: Around, words: Words) -> None:
        """Who else lives there."""
        if not self.parts or self.home:
            return
        for text in words.around(around):
            word = Word(self._face, "small").wrapping()
            word.show_text(text)
            self._home.addWidget(word)
            self.home.append(word)

    def show_problems(self, problems: Mapping[str, Problem]) -> None:
        """Beside the field that each concerns."""
        for part in self.parts:
            if part.conflict.id in problems:
                part.show_problem(problems[part.conflict.id])
