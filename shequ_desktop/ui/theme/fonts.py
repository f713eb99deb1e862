"""The program's own letters: registers the faces that printing ships too, so that window and paper read alike."""

from __future__ import annotations

import lzma

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from shequ_desktop import paths
from shequ_desktop.ui.theme.tokens import Tokens, font_family, weights


def register_fonts() -> None:
    """Make the shipped faces known to Qt. Called once, before the first widget."""
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


RARE = "Shequ Rare Han"
"""Characters beyond Noto Sans SC; 30 MB of outlines, so they come when the window already stands."""


FIRST_RARE = chr(0x20000)


def has_all(text: str, metrics: QFontMetrics) -> bool:
    """Whether the face can draw the characters beyond U+FFFF; it has some of them."""
    return all(metrics.inFontUcs4(ord(character)) for character in text if character >= FIRST_RARE)


def load_rare_font() -> bytes:
    """The outlines, unpacked. Takes half a second: called beside the window."""
    return lzma.decompress((paths.resources() / "fonts" / "ShequRareHan.ttf.xz").read_bytes())


def take_rare_font(outlines: bytes) -> None:
    """Make them known to Qt; texts on show are drawn again by themselves."""
    QFontDatabase.addApplicationFontFromData(outlines)


def font(tokens: Tokens, size: str = "body", *, strong: bool = False) -> QFont:
    """The face at `small`, `body` or `title`; rare characters come from the face behind it."""
    made = QFont([font_family(), RARE])
    made.setPointSizeF(tokens.points[size])
    made.setWeight(QFont.Weight(weights()[1] if strong else weights()[0]))
    return made
