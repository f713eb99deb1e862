"""Icons of the one family, drawn in a token's colour. Kept once drawn: per name, colour, size and device ratio."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from shequ_desktop import paths

SUNK = QIcon.Mode.Disabled


def icon_folder() -> Path:
    return paths.resources() / "icons"


@functools.cache
def svg(name: str, colour: str, *, filled: bool = False) -> bytes:
    """The drawing with its colour put in. A name that is not shipped raises FileNotFoundError."""
    file = icon_folder() / ("fill" if filled else "regular") / f"{name}.svg"
    return file.read_bytes().replace(b"currentColor", colour.encode("ascii"))


@functools.lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: int, ratio: float, *, filled: bool = False) -> QPixmap:
    """The icon as a picture of `size` logical pixels."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg(name, colour, filled=filled))).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@functools.lru_cache(maxsize=512)
def icon(name: str, colour: str, disabled: str, size: int, *, gap: int = 0, filled: bool = False) -> QIcon:
    """The icon of a button: at rest and disabled, sharp on screens of ratio 1, 1.5 and 2. `gap`: room before its word."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(_with_gap(pixmap(name, colour, size, ratio, filled=filled), gap))
        made.addPixmap(_with_gap(pixmap(name, disabled, size, ratio, filled=filled), gap), SUNK)
    return made


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wider.fill(Qt.GlobalColor.transparent)
    wider.setDevicePixelRatio(ratio)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wider


@functools.lru_cache(maxsize=16)
def drawing(name: str, colour: str) -> bytes:
    """One of the program's own line drawings in a colour."""
    return (icon_folder() / "drawn" / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
