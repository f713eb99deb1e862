"""Facts as label above value, in columns; what is masked is shown when asked for and hides again by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Word, bare, small

SHOWN_MS = 30_000
EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Fact:
    """`key`: the label's sentence, or `term` where the declaration gives the label. `masked`: name the field to ask for."""

    text: str
    key: str = ""
    term: str = ""
    masked: str = ""
    tone: str = ""


class MaskedValue(QWidget):
    """A value shown in part. `asked` tells the page, which has the asking written down and then calls `reveal`."""

    asked = Signal()

    def __init__(self, face: Face, shown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._shown = face, shown
        row = QHBoxLayout(self)
        bare(row, face.px("space.s"))
        self.value = Word(face)
        self.value.show_text(shown)
        self.button = small(Button(face, "ui.masked.show", kind="link", icon="eye"))
        self.button.clicked.connect(self._pressed)
        row.addWidget(self.value)
        row.addWidget(self.button)
        row.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_again)

    def reveal(self, whole: str, *, for_ms: int = SHOWN_MS) -> None:
        """Show the whole value for half a minute."""
        self.value.show_text(whole)
        self.button.say("ui.masked.hide")
        self.button.set_icon("eye-slash")
        self._timer.start(for_ms)

    def hide_again(self) -> None:
        self._timer.stop()
        self.value.show_text(self._shown)
        self.button.say("ui.masked.show")
        self.button.set_icon("eye")

    def _pressed(self) -> None:
        if self._timer.isActive():
            self.hide_again()
        else:
            self.asked.emit()


class FactGrid(QWidget):
    """Three columns, two where there are less than 700 px. `ask(field, reveal)` is called when a masked value is asked for."""

    def __init__(
        self,
        face: Face,
        *,
        columns: int = 3,
        two_from: int = 400,
        ask: Callable[[str, Callable[[str], None]], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._most, self._ask, self._two_from = face, columns, ask, two_from
        self._facts: tuple[Fact, ...] = ()
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        bare(self._grid)
        self._grid.setHorizontalSpacing(face.px("space.xl"))
        self._grid.setVerticalSpacing(face.px("space.m"))
        self._columns = 0

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; nothing is drawn anew where they are the same."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = [self._cell(fact) for fact in self._facts]
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width()
        columns = min(self._most, 1 if room < self._face.scaled(self._two_from) else 2 if room < self._face.scaled(700) else 3)
        if columns == self._columns:
            return
        self._columns = columns
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _cell(self, fact: Fact) -> QWidget:
        cell = QWidget()
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # all columns are equally wide
        column = QVBoxLayout(cell)
        bare(column)
        label = Word(self._face, "label")
        if fact.key:
            label.say(fact.key)
        else:
            label.show_text(fact.term)
        column.addWidget(label)
        column.addWidget(self._value(fact, label.text()))
        column.addStretch(1)
        return cell

    def _value(self, fact: Fact, name: str) -> QWidget:
        if fact.masked and fact.text:
            masked = MaskedValue(self._face, fact.text)
            masked.button.setAccessibleDescription(name)
            if self._ask:
                masked.asked.connect(lambda ask=self._ask: ask(fact.masked, masked.reveal))
            return masked
        value = Word(self._face).wrapping()
        value.show_text(fact.text or EMPTY)
        value.tone(fact.tone)
        return value
