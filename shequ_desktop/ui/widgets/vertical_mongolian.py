"""A name in the Mongolian script, written from top to bottom; several lines stand beside each other from left to right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shequ_desktop.ui.face import Face

FAMILY = "Shequ Mongolian"
POINTS = 13.5


class VerticalMongolianLabel(QWidget):
    """One size, no 600. Takes no room while there is no name."""

    def __init__(self, face: Face, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._text = face, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        face.speak(self, key, "name")
        face.theme_changed.connect(self.update)
        self.hide()

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def _font(self) -> QFont:
        made = QFont([FAMILY])
        made.setPointSizeF(POINTS * self._face.tokens.scale)
        return made

    def sizeHint(self) -> QSize:  # noqa: N802
        metrics = QFontMetrics(self._font())
        return QSize(self._face.scaled(28), metrics.horizontalAdvance(self._text) + self._face.px("space.xs"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(self._face.colour("text"))
        painter.translate(self.width(), 0)
        painter.rotate(90)  # the line runs downwards, its foot at the left
        painter.drawText(
            0, 0, self.height(), self.width(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._text
        )
        painter.end()
