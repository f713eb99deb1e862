"""How everything looks and speaks now: theme, text size, language. Every widget is given the one face.

Owns the style sheet's place in the application and the words' change of language; knows no page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from shequ_desktop.ui.theme import fonts, icons
from shequ_desktop.ui.theme.palette import palette
from shequ_desktop.ui.theme.style_sheet import style_sheet
from shequ_desktop.ui.theme.tokens import THEMES, Tokens, scales, tokens
from shequ_desktop.wording import LANGUAGES, catalogue

_SPOKEN = "spoken"
_SETTERS = {
    "text": "setText",
    "tip": "setToolTip",
    "placeholder": "setPlaceholderText",
    "name": "setAccessibleName",
    "description": "setAccessibleDescription",
    "title": "setWindowTitle",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a person chose."""

    theme: str = "light"
    scale: float = 1.0
    language: str = "zh_CN"

    def valid(self) -> Look:
        """The same, with the usual in place of what there is not."""
        return Look(
            self.theme if self.theme in THEMES else "light",
            self.scale if self.scale in scales() else 1.0,
            self.language if self.language in LANGUAGES else "zh_CN",
        )


class Face(QObject):
    """Tokens, letters, icons and words of the chosen look."""

    theme_changed = Signal()
    language_changed = Signal()
    rare_met = Signal()
    """A character is to be shown that only the rare face has; its 30 MB are not read before that."""

    def __init__(self, application: QApplication, look: Look) -> None:
        super().__init__(application)
        self._application = application
        self._drawn = tempfile.TemporaryDirectory(prefix="shequ-icons-")
        self.look = look.valid()
        self._rare_asked = False
        application.setStyle("Fusion")
        fonts.register_fonts()
        self._wear()

    @property
    def tokens(self) -> Tokens:
        return tokens(self.look.theme, self.look.scale)

    @property
    def language(self) -> str:
        return self.look.language

    def choose(self, look: Look) -> None:
        """Put on another look, everywhere at once."""
        before, self.look = self.look, look.valid()
        if (before.theme, before.scale) != (self.look.theme, self.look.scale):
            self._wear()
            self.theme_changed.emit()
        if before.language != self.look.language:
            for widget in self._application.allWidgets():
                self._say_again(widget)
            self.language_changed.emit()

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of a key in the language of now."""
        return catalogue(self.look.language)[key].format(**values)

    def speak(self, widget: QWidget, key: str, slot: str = "text", /, **values: object) -> None:
        """Let a widget say a sentence, now and after each change of language. `slot`: text, tip, placeholder, name ..."""
        spoken = dict(widget.property(_SPOKEN) or {})
        spoken[slot] = [key, {name: str(value) for name, value in values.items()}]
        widget.setProperty(_SPOKEN, spoken)
        self._set(widget, slot, key, values)

    def mute(self, widget: QWidget, text: str = "", slot: str = "text") -> None:
        """Let a widget show plain text (a name, a number) in place of a sentence."""
        spoken = dict(widget.property(_SPOKEN) or {})
        if spoken.pop(slot, None):
            widget.setProperty(_SPOKEN, spoken)
        getattr(widget, _SETTERS[slot])(text)

    def meet(self, text: str) -> None:
        """A name or other text of the archive is about to be shown: ask for the rare face where it needs it."""
        if not self._rare_asked and text and max(text) >= fonts.FIRST_RARE and not fonts.has_all(text, self.metrics()):
            self._rare_asked = True
            self.rare_met.emit()

    def _set(self, widget: QWidget, slot: str, key: str, values: Mapping[str, object]) -> None:
        getattr(widget, _SETTERS[slot])(self.say(key, **values))

    def _say_again(self, widget: QWidget) -> None:
        spoken: Mapping[str, Any] = widget.property(_SPOKEN) or {}
        for slot, (key, values) in spoken.items():
            self._set(widget, slot, key, values)

    def _wear(self) -> None:
        folder = Path(self._drawn.name)
        now = self.tokens
        for name, colour in (("check", "on_accent"), ("caret-down", "text")):
            (folder / f"{name}.svg").write_bytes(icons.svg(name, now.colour(colour)))
        self._application.setPalette(palette(now))
        self._application.setFont(fonts.font(now))
        self._application.setStyleSheet(style_sheet(now, folder))

    def colour(self, token: str) -> QColor:
        return QColor(self.tokens.colour(token))

    def px(self, name: str) -> int:
        return self.tokens.px(name)

    def scaled(self, pixels: int) -> int:
        return self.tokens.scaled(pixels)

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        return fonts.font(self.tokens, size, strong=strong)

    def metrics(self, size: str = "body", *, strong: bool = False) -> QFontMetrics:
        return QFontMetrics(self.font(size, strong=strong))

    def pixmap(
        self, name: str, colour: str = "text", size: str = "normal", *, ratio: float = 1.0, filled: bool = False
    ) -> QPixmap:
        return icons.pixmap(name, self.tokens.colour(colour), self.px(f"icon.{size}"), ratio, filled=filled)

    def icon(self, name: str, colour: str = "text", size: str = "normal", *, gap: int = 0, filled: bool = False) -> QIcon:
        return icons.icon(
            name,
            self.tokens.colour(colour),
            self.tokens.colour("disabled"),
            self.px(f"icon.{size}"),
            gap=gap,
            filled=filled,
        )

    def icon_size(self, size: str = "normal") -> QSize:
        return QSize(self.px(f"icon.{size}"), self.px(f"icon.{size}"))
