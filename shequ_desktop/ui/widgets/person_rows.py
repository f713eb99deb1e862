"""Paints the two lines of a list row: name, facts and risk; place, last visit and the due word.

Measures and paints only. Names are never cut: facts are elided first, then the second line.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.rows import ROW, Row
from shequ_desktop.ui.widgets.shapes import paint_shape

Index = QModelIndex | QPersistentModelIndex
LEFT, RIGHT = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
)


class PersonRowDelegate(QStyledItemDelegate):
    """`risk_first`: as on Today, risk in a column at the left and the due word in the first line."""

    def __init__(self, face: Face, *, risk_first: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._risk_first = face, risk_first
        self._measure()
        face.theme_changed.connect(self._measure)

    def _measure(self) -> None:
        face = self._face
        self._fonts = {(size, strong): face.font(size, strong=strong) for size in ("small", "body") for strong in (False, True)}
        self._metrics = {key: QFontMetrics(font) for key, font in self._fonts.items()}
        self._row, self._head = QSize(100, face.px("height.list_row")), QSize(100, face.px("height.group_row"))
        self._gap, self._pad = face.px("space.s"), face.px("space.l" if not self._risk_first else "space.xl")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        row = index.data(ROW)
        return self._head if isinstance(row, Row) and row.head else self._row

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        if row.head:
            self._paint_head(painter, box, row)
        else:
            self._paint_ground(painter, box, option.state)  # type: ignore[attr-defined]
            self._paint_row(painter, box, row)
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.fillRect(box, self._face.colour("surface_alt"))
        self._paint_line(painter, box)
        inside = box.adjusted(self._pad, 0, -self._pad, -1)
        used = self._text(painter, inside, row.name, "small", "text", strong=True)
        self._text(painter, inside.adjusted(used + self._gap, 0, 0, 0), row.facts, "small", "text_2")

    def _paint_line(self, painter: QPainter, box: QRect) -> None:
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self._face.colour("line"))

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        face = self._face
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box.adjusted(0, 0, 0, -1), face.colour("accent_soft"))
            painter.fillRect(box.left(), box.top(), face.px("line.mark"), box.height() - 1, face.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box.adjusted(0, 0, 0, -1), face.colour("surface_alt"))
        self._paint_line(painter, box)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or (chosen and face.tokens.is_sunlight):
            width = face.px("line.focus")
            for edge in self._edges(box.adjusted(0, 0, 0, -1), width):
                painter.fillRect(edge, face.colour("focus"))

    @staticmethod
    def _edges(box: QRect, width: int) -> list[QRect]:
        """The four sides of a ring inside the box."""
        return [
            QRect(box.left(), box.top(), box.width(), width),
            QRect(box.left(), box.bottom() - width + 1, box.width(), width),
            QRect(box.left(), box.top(), width, box.height()),
            QRect(box.right() - width + 1, box.top(), width, box.height()),
        ]

    def _paint_row(self, painter: QPainter, box: QRect, row: Row) -> None:
        half = self._metrics["body", False].height() + 2
        upper = QRect(box.left() + self._pad, box.top() + (box.height() - 2 * half) // 2, box.width() - 2 * self._pad, half)
        lower = upper.translated(0, half)
        if self._risk_first:
            column = self._face.scaled(56)
            self._paint_mark(painter, upper, row, first=True)
            upper, lower = upper.adjusted(column, 0, 0, 0), lower.adjusted(column, 0, 0, 0)
            self._ends(painter, upper, row.due, "body", row.due_colour, strong=row.due_strong)
            upper.setWidth(upper.width() - self._width(row.due, "body", strong=row.due_strong) - self._gap)
            self._ends(painter, lower, row.due_below, "small", "text_2")
            lower.setWidth(lower.width() - self._width(row.due_below, "small") - self._gap)
        else:
            if row.icon:
                upper, lower = self._paint_icon(painter, box, upper, lower, row.icon)
            upper.setWidth(upper.width() - self._paint_mark(painter, upper, row, first=False) - self._gap)
            self._ends(painter, lower, row.due, "small", row.due_colour, strong=row.due_strong)
            lower.setWidth(lower.width() - self._width(row.due, "small", strong=row.due_strong) - self._gap)
        used = self._text(painter, upper, row.name, "body", "text", strong=True, cut=False)
        self._text(painter, upper.adjusted(used + self._gap, 0, 0, 0), row.facts, "body", "text_2")
        self._text(painter, lower, row.below, "small", "text_2")

    def _paint_icon(self, painter: QPainter, box: QRect, upper: QRect, lower: QRect, name: str) -> tuple[QRect, QRect]:
        size = self._face.px("icon.normal")
        drawn = self._face.pixmap(name, "text_2", ratio=painter.device().devicePixelRatioF())
        painter.drawPixmap(upper.left(), box.top() + (box.height() - size) // 2, drawn)
        step = size + self._face.px("space.m")
        return upper.adjusted(step, 0, 0, 0), lower.adjusted(step, 0, 0, 0)

    def _paint_mark(self, painter: QPainter, line: QRect, row: Row, *, first: bool) -> int:
        """Shape and word of the risk, at the left or the right of the line; the width used."""
        if row.risk is None:
            return 0
        size = self._face.px("icon.risk") if row.risk.shape else 0
        word = self._width(row.risk_word, "small", strong=bool(row.risk.shape))
        used = size + (self._face.px("space.xs") if size else 0) + word
        left = line.left() if first else line.right() - used + 1
        top = line.top() + (line.height() - size) / 2
        if size:
            paint_shape(painter, row.risk.shape, QRectF(left, top, size, size), self._face.colour(row.risk.token))
        beside = QRect(left + used - word, line.top(), word + 1, line.height())
        self._text(painter, beside, row.risk_word, "small", row.risk.token, strong=bool(row.risk.shape), cut=False)
        return used

    def _width(self, text: str, size: str, *, strong: bool = False) -> int:
        return self._metrics[size, strong].horizontalAdvance(text) if text else 0

    def _font(self, size: str, *, strong: bool) -> QFont:
        return self._fonts[size, strong]

    def _text(
        self, painter: QPainter, box: QRect, text: str, size: str, token: str, *, strong: bool = False, cut: bool = True
    ) -> int:
        """Write at the left; the width used."""
        if not text or box.width() <= 0:
            return 0
        self._face.meet(text)
        metrics = self._metrics[size, strong]
        width = metrics.horizontalAdvance(text)
        if cut and width > box.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(self._font(size, strong=strong))
        painter.setPen(self._face.colour(token))
        painter.drawText(box if cut else box.adjusted(0, 0, max(0, width - box.width()), 0), LEFT, text)
        return width

    def _ends(self, painter: QPainter, box: QRect, text: str, size: str, token: str, *, strong: bool = False) -> None:
        """Write at the right."""
        if text:
            painter.setFont(self._font(size, strong=strong))
            painter.setPen(self._face.colour(token))
            painter.drawText(box, RIGHT, text)
