"""What is known of a risk: its shape and word, how often to visit, why, who said so; and the way to say it anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Word, bare, put, small
from shequ_desktop.ui.widgets.rows import Risk
from shequ_desktop.ui.widgets.shapes import paint_shape


class RiskShape(QWidget):
    """The painted shape alone; the word beside it says what it means."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._risk = face, Risk.NOT_SET
        face.theme_changed.connect(self.update)

    def show_risk(self, risk: Risk) -> None:
        self._risk = risk
        self.setVisible(bool(risk.shape))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        size = self._face.px("icon.risk")
        return QSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter, size = QPainter(self), self._face.px("icon.risk")
        box = QRectF(0, (self.height() - size) / 2, size, size)
        paint_shape(painter, self._risk.shape, box, self._face.colour(self._risk.token))
        painter.end()


class RiskNote(QFrame):
    """`asked`: the risk shall be said anew."""

    asked = Signal()

    def __init__(self, face: Face, ask_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.shape_mark = RiskShape(face)
        self.level, self.often = Word(face, "strong"), Word(face, "strong")
        self.button = small(Button(face, ask_key, kind="link"))
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(face.px("space.m"), face.px("space.s"), face.px("space.m"), face.px("space.s"))
        column.setSpacing(0)
        row = QHBoxLayout()
        bare(row, face.px("space.xs"))
        row.addWidget(self.shape_mark)
        row.addWidget(self.level)
        row.addSpacing(face.px("space.s"))
        row.addWidget(self.often)
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)
        self._lines = QVBoxLayout()
        bare(self._lines)
        column.addLayout(self._lines)
        self._words: list[Word] = []

    def show_risk(self, risk: Risk, level: str, often: str, lines: Sequence[str]) -> None:
        put(self, role="note", tone="alarm" if risk is Risk.HIGH else "")
        self.shape_mark.show_risk(risk)
        self.level.show_text(level)
        self.level.tone(risk.token if risk.shape else "")
        self.often.show_text(often)
        while len(self._words) < len(lines):
            word = Word(self._face, "small").wrapping()
            self._words.append(word)
            self._lines.addWidget(word)
        for place, word in enumerate(self._words):
            word.setVisible(place < len(lines))
            if place < len(lines):
                word.show_text(lines[place])
