"""What happened, the newest first: an icon on a line, what it is, a title, a day; below a small line and a state. Paints only."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.person_rows import PersonRowDelegate
from shequ_desktop.ui.widgets.rows import ROW, Row

Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(PersonRowDelegate):
    """Of a `Row`: `icon`; `risk_word` what it is; `name` the title; `due` the day; `below`; `due_below` the state."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(face, parent=parent)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(100, self._face.px("height.timeline_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_MouseOver or state & QStyle.StateFlag.State_Selected:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(box, self._face.colour("accent_soft" if chosen else "surface_alt"))
            if chosen and state & QStyle.StateFlag.State_HasFocus:
                for edge in self._edges(box, self._face.px("line.focus")):
                    painter.fillRect(edge, self._face.colour("focus"))
        self._paint_mark_and_line(painter, box, row, last=index.row() + 1 == index.model().rowCount())
        self._paint_texts(painter, box, row)
        painter.restore()

    def _paint_mark_and_line(self, painter: QPainter, box: QRect, row: Row, *, last: bool) -> None:
        face, size = self._face, self._face.px("icon.normal")
        left, top = box.left() + face.px("space.xs"), box.top() + face.px("space.s")
        tone = row.due_colour if row.due_strong else "text_2"
        drawn = face.pixmap(row.icon, tone, ratio=painter.device().devicePixelRatioF())
        painter.drawPixmap(left, top, drawn)
        if not last:
            middle, start = left + size // 2, top + size + 2
            painter.fillRect(middle, start, 1, box.bottom() + face.px("space.s") - 2 - start, face.colour("line_strong"))

    def _paint_texts(self, painter: QPainter, box: QRect, row: Row) -> None:
        face = self._face
        half = self._metrics["body", False].height() + 2
        kind = face.px("space.xs") + face.px("icon.normal") + face.px("space.l")
        upper = QRect(box.left() + kind, box.top() + face.px("space.xs"), box.width() - kind - face.px("space.s"), half)
        lower = upper.translated(0, half)
        self._ends(painter, upper, row.due, "small", row.due_colour, strong=row.due_strong)
        upper.setWidth(upper.width() - self._width(row.due, "small", strong=row.due_strong) - self._gap)
        self._ends(painter, lower, row.due_below, "small", "text_2")
        lower.setWidth(lower.width() - self._width(row.due_below, "small") - self._gap)
        used = self._text(painter, upper, row.risk_word, "body", "text_2")
        step = max(used, face.scaled(40)) + self._gap
        self._text(painter, upper.adjusted(step, 0, 0, 0), row.name, "body", "text", strong=True)
        self._text(painter, lower.adjusted(step, 0, 0, 0), row.below, "small", "text_2")


class Timeline(RowList):
    """`asked`: Enter or a double click leads to what happened."""

    def __init__(self, face: Face, key: str, parent: QWidget | None = None) -> None:
        super().__init__(face, key, parent=parent)
        self.setItemDelegate(TimelineDelegate(face, self))
