"""One of the values between which somebody decides: who wrote it, when, where, why. Several stand side by side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Word, put


@dataclass(frozen=True, slots=True)
class Choice:
    """`key`: whose value it is. `lines`: who; when and where; why."""

    value: str
    key: str
    text: str
    lines: tuple[str, ...] = ()


class ChoicePanel(QFrame):
    """With a radio button, or without one for what stood before."""

    chosen = Signal(str)

    def __init__(self, face: Face, choice: Choice, *, choosable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        put(self, role="choice", chosen="false")
        column = QVBoxLayout(self)
        pad = face.px("space.l")
        column.setContentsMargins(pad, face.px("space.s"), pad, face.px("space.s"))
        column.setSpacing(0)
        self.radio = QRadioButton()
        face.speak(self.radio, choice.key)
        self.radio.setAccessibleDescription(choice.text)
        self.radio.toggled.connect(self._toggled)
        head = QHBoxLayout()
        whose = self.radio if choosable else Word(face, "quiet", choice.key)
        whose.setFixedHeight(face.px("height.check_row"))
        head.addWidget(whose)
        if not choosable:
            self.radio.setParent(self)
            self.radio.hide()
        column.addLayout(head)
        value = Word(face, "figure" if choosable else "figure_quiet").wrapping()
        value.show_text(choice.text or face.say("ui.empty_value"))
        column.addWidget(value)
        for place, line in enumerate(choice.lines):
            word = Word(face, "plain_small" if place == len(choice.lines) - 1 else "small").wrapping()
            word.show_text(line)
            column.addWidget(word)
        column.addStretch(1)
        self._choosable = choosable

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._choosable and event.button() == Qt.MouseButton.LeftButton:
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.setChecked(True)
        super().mousePressEvent(event)

    def _toggled(self, on: bool) -> None:
        put(self, chosen="true" if on else "false")
        if on:
            self.chosen.emit(self.choice.value)
