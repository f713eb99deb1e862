"""The shapes of risk, painted in 12 px: they can be told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


def paint_shape(painter: QPainter, shape: str, box: QRectF, colour: QColor) -> None:
    """Draw a triangle, diamond or ring into the box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape == "triangle":
        points = [QPointF(box.center().x(), box.top() + 1), QPointF(box.right(), box.bottom() - 1)]
        painter.drawPolygon(QPolygonF([*points, QPointF(box.left(), box.bottom() - 1)]))
    elif shape == "diamond":
        middle = box.center()
        points = [QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()), QPointF(middle.x(), box.bottom())]
        painter.drawPolygon(QPolygonF([*points, QPointF(box.left(), middle.y())]))
    elif shape == "ring":
        width = box.width() / 5
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    painter.restore()
