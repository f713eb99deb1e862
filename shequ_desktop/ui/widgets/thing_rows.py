"""Rows of things to do or decide: a tick or an icon, what it is, a small line, and at the right the word that leads on.

Paints only; the same `Row` as lists of people. A tick box is pressed with the mouse or with the space bar.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.person_rows import PersonRowDelegate
from shequ_desktop.ui.widgets.rows import Row


class ThingRowDelegate(PersonRowDelegate):
    """`facts`: the word at the right, in accent. `due` stands before `below` in the second line, in its colour."""

    def __init__(self, face: Face, *, ticks: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(face, parent=parent)
        self._ticks = ticks

    def tick_box(self, box: QRect) -> QRect:
        """Where the tick of a row is."""
        size = self._face.px("icon.check")
        return QRect(box.left() + self._pad, box.top() + (box.height() - size) // 2, size, size)

    def width_of(self, word: str) -> int:
        """Room at the right that belongs to the word."""
        return self._width(word, "body") + self._pad + self._gap

    def _paint_row(self, painter: QPainter, box: QRect, row: Row) -> None:
        half = self._metrics["body", False].height() + 2
        upper = QRect(box.left() + self._pad, box.top() + (box.height() - 2 * half) // 2, box.width() - 2 * self._pad, half)
        lower = upper.translated(0, half)
        if self._ticks:
            self._paint_tick(painter, self.tick_box(box))
            step = self._face.px("icon.check") + self._face.px("space.m")
            upper, lower = upper.adjusted(step, 0, 0, 0), lower.adjusted(step, 0, 0, 0)
        elif row.icon:
            upper, lower = self._paint_icon(painter, box, upper, lower, row.icon)
        if row.facts:
            middle = box.adjusted(0, 0, -self._pad, 0)
            self._ends(painter, middle, row.facts, "body", "accent")
            used = self._width(row.facts, "body") + self._face.px("space.l")
            upper.setWidth(upper.width() - used)
            lower.setWidth(lower.width() - used)
        self._text(painter, upper, row.name, "body", "text")
        used = self._text(painter, lower, row.due, "small", row.due_colour, strong=row.due_strong)
        if used:
            lower = lower.adjusted(used + self._gap, 0, 0, 0)
        self._text(painter, lower, row.below, "small", "text_2")

    def _paint_tick(self, painter: QPainter, box: QRect) -> None:
        face = self._face
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = face.px("line.control")
        painter.setPen(QPen(face.colour("line_strong"), width))
        painter.setBrush(face.colour("surface"))
        edge = QRectF(box).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(edge, face.px("radius.check"), face.px("radius.check"))
        painter.restore()


class ThingList(RowList):
    """A list of things. `ticked`: the box of a row was pressed, or the space bar on it."""

    ticked = Signal(str)

    def __init__(self, face: Face, key: str, *, ticks: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(face, key, grouped=True, parent=parent)
        self._ticks = ticks
        self._drawn = ThingRowDelegate(face, ticks=ticks, parent=self)
        self.setItemDelegate(self._drawn)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and self._ticks:
            if row_id := self.chosen_id():
                self.ticked.emit(row_id)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self.rows.rows[index.row()]
        if row.head:
            return
        where, box = event.position().toPoint(), self.visualRect(index)
        if self._ticks and self._drawn.tick_box(box).adjusted(-8, -8, 8, 8).contains(where):
            self.ticked.emit(row.id)
        elif row.facts and where.x() > box.right() - self._drawn.width_of(row.facts):
            self.asked.emit(row.id)
