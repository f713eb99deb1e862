"""One conflict: what stood before, each value with its writer, and the way to write another. Knows no service."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from shequ_desktop.domain.changes import Conflict
from shequ_desktop.domain.fields import Field as Declared
from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.conflicts.conflict_state import OTHER, ConflictState, is_existence
from shequ_desktop.ui.conflicts.conflict_words import Words
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.choice_panel import ChoicePanel
from shequ_desktop.ui.widgets.choices import CodeField
from shequ_desktop.ui.widgets.facts import SHOWN_MS
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Button, Word, bare, small


class ConflictPart(QWidget):
    """`changed`: somebody chose or typed. `reveal_asked`: whole numbers are wanted, which is written down first."""

    changed = Signal()
    reveal_asked = Signal()

    def __init__(
        self,
        face: Face,
        conflict: Conflict,
        state: ConflictState,
        words: Words,
        *,
        case_state: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self.conflict, self._state, self._words, self._case_state = face, conflict, state, words, case_state
        self._group = QButtonGroup(self)
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hide_numbers)
        self.panels: list[ChoicePanel] = []
        self.fields: dict[str, Field] = {}
        self.other = QRadioButton()
        self._column = QVBoxLayout(self)
        bare(self._column, face.px("space.s"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        bare(self._row, face.px("space.m"))
        self._head()
        self._column.addLayout(self._row)
        self._fill(mask=True)
        self._make_other()

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins: what is chosen, else the first value."""
        checked = self._group.checkedButton()
        return checked or (self.panels[1].radio if len(self.panels) > 1 else self.panels[0].radio)

    def stack(self, *, narrow: bool) -> None:
        """Values below each other where there is no room beside."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def show_problem(self, problem: Problem) -> None:
        field = self.fields.get(problem.field) or next(iter(self.fields.values()), None)
        if field is not None:
            field.show_problem(problem)
            field.setFocus()

    def reveal(self) -> None:
        """Whole numbers, for half a minute."""
        self._fill(mask=False)
        self.eye.say("ui.conflicts.hide")
        self.eye.set_icon("eye-slash")
        self._hiding.start(SHOWN_MS)

    def hide_numbers(self) -> None:
        self._hiding.stop()
        self._fill(mask=True)
        self.eye.say("ui.conflicts.reveal")
        self.eye.set_icon("eye")

    def _head(self) -> None:
        face, line = self._face, QHBoxLayout()
        bare(line, face.px("space.m"))
        title = Word(face, "section")
        title.show_text(self._words.title(self.conflict))
        self.eye = small(Button(face, "ui.conflicts.reveal", kind="link", icon="eye"))
        self.eye.setAccessibleDescription(title.text())
        self.eye.clicked.connect(self._eye)
        self.now = Word(face, "small").wrapping()
        line.addWidget(title)
        line.addWidget(self.eye)
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addWidget(self.now)
        self.eye.setVisible(self._words.has_masked(self.conflict))

    def _eye(self) -> None:
        if self._hiding.isActive():
            self.hide_numbers()
        else:
            self.reveal_asked.emit()

    def _fill(self, *, mask: bool) -> None:
        """The panels, with numbers whole or in part; what is chosen stays chosen, and so does the focus."""
        focused = next((panel.choice.value for panel in self.panels if panel.radio.hasFocus()), "")
        for panel in self.panels:
            self._group.removeButton(panel.radio)
            self._row.removeWidget(panel)
            panel.deleteLater()
        words, conflict = self._words, self.conflict
        self.now.show_text(words.standing(conflict, self._case_state, mask=mask))
        self.panels = []
        if not is_existence(conflict):
            self.panels.append(ChoicePanel(self._face, words.base(conflict, mask=mask), choosable=False))
        self.panels += [ChoicePanel(self._face, words.side(conflict, side, mask=mask)) for side in conflict.sides]
        for panel in self.panels:
            self._row.addWidget(panel, 1)
            if panel.choice.value:
                self._group.addButton(panel.radio)
                panel.radio.setChecked(self._state.picked.get(conflict.id) == panel.choice.value)
                panel.chosen.connect(self._pick)
            if focused and panel.choice.value == focused:
                panel.radio.setFocus()

    def _make_other(self) -> None:
        """都不对，另写一个: a field for each of the group, as it is typed elsewhere."""
        face = self._face
        self.typing = QWidget()
        inside = QVBoxLayout(self.typing)
        bare(inside, face.px("space.m"))
        if not is_existence(self.conflict):
            face.speak(self.other, "ui.conflicts.other")
            self.other.setAccessibleDescription(self._words.title(self.conflict))
            self._group.addButton(self.other)
            self._column.addWidget(self.other)
            typed = self._state.typed.get(self.conflict.id, {})
            for declared in self._words.disputed(self.conflict):
                field = self._field(declared, typed.get(declared.name, ""))
                inside.addWidget(field)
                self.fields[declared.name] = field
            self.other.setChecked(self._state.picked.get(self.conflict.id) == OTHER)
            self.other.toggled.connect(self._other)
        self._column.addWidget(self.typing)
        self.typing.setVisible(self.other.isChecked())

    def _field(self, declared: Declared, typed: str) -> Field:
        """As it is typed elsewhere: from the code table where there is one."""
        key = f"term.{self.conflict.kind}.{declared.name}"
        if declared.type is Type.CODE and declared.codes:
            made = CodeField(self._face, key, self._words.options(declared))
            made.set_value(typed)
            made.chosen.connect(lambda value: self._typed(declared.name, value))
            return made
        field = Field(self._face, key)
        field.set_text(typed)
        field.edited.connect(lambda: self._typed(declared.name, field.text()))
        return field

    def _pick(self, choice: str) -> None:
        self._state.pick(self.conflict.id, choice)
        self.changed.emit()

    def _other(self, on: bool) -> None:
        self.typing.setVisible(on)
        if on:
            self._state.pick(self.conflict.id, OTHER)
            next(iter(self.fields.values())).setFocus()
            self.changed.emit()

    def _typed(self, name: str, text: str) -> None:
        self._state.type_over(self.conflict.id, name, text)
        self.changed.emit()
