"""Small things that every widget uses: dynamic properties, hairlines, labels and icons that follow the face."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face


def put(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the sheet look again, only where something differs."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def bare(layout: QLayout, spacing: int = 0) -> None:
    """No margins, this spacing."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)


def ground(widget: QWidget, token: str) -> None:
    """Let a plain widget paint a ground of the sheet."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    put(widget, ground=token)


def hairline(parent: QWidget | None = None) -> QFrame:
    line = QFrame(parent)
    put(line, role="hairline")
    return line


def on_first_line(face: Face, mark: QWidget) -> QVBoxLayout:
    """A small mark beside small text of several lines: in the middle of the first."""
    column = QVBoxLayout()
    bare(column)
    column.setContentsMargins(0, (face.px("text_box.small") - face.px("icon.small")) // 2, 0, 0)
    column.addWidget(mark)
    column.addStretch(1)
    return column


class Word(QLabel):
    """A text of one of the sheet's roles; `say` for a sentence, `show_text` for a name or a number."""

    def __init__(self, face: Face, role: str = "value", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.setTextFormat(Qt.TextFormat.PlainText)
        put(self, role=role)
        if key:
            self.say(key)

    def say(self, key: str, /, **values: object) -> None:
        self._face.speak(self, key, **values)

    def show_text(self, text: str) -> None:
        if text != self.text() or self.property("spoken"):
            self._face.meet(text)
            self._face.mute(self, text)

    def tone(self, tone: str) -> None:
        put(self, tone=tone)

    def wrapping(self) -> Word:
        """The same label, broken into lines where it must be."""
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        return self


class Picture(QLabel):
    """An icon in a token's colour; decoration only, so it has no accessible name of its own."""

    def __init__(
        self,
        face: Face,
        name: str,
        colour: str = "text",
        size: str = "normal",
        *,
        filled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._size = face, size
        self._drawn = (name, colour, filled)
        self.draw(name, colour, filled=filled)
        face.theme_changed.connect(self._draw_again)

    def draw(self, name: str, colour: str = "text", *, filled: bool = False) -> None:
        self._drawn = (name, colour, filled)
        drawn = self._face.pixmap(name, colour, self._size, ratio=self.devicePixelRatioF(), filled=filled)
        self.setPixmap(drawn)
        self.setFixedSize(self._face.icon_size(self._size))

    def _draw_again(self) -> None:
        name, colour, filled = self._drawn
        self.draw(name, colour, filled=filled)


class Button(QPushButton):
    """A button of the sheet's kinds: chief, plain, link, flat, chip. Says its shortcut in its tip."""

    def __init__(
        self, face: Face, key: str = "", *, kind: str = "plain", icon: str = "", shortcut: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._face, self._icon, self._kind = face, icon, kind
        self._shortcut = shortcut
        put(self, kind=kind)
        self.setAutoDefault(False)
        if key:
            self.say(key)
        self._dress()
        face.theme_changed.connect(self._dress)

    def say(self, key: str, /, **values: object) -> None:
        had_words = bool(self.text())
        self._face.speak(self, key, **values)
        if not had_words:
            self._dress()
        if self._shortcut:
            self._face.speak(self, "ui.tip.shortcut", "tip", what=self.text(), keys=self._shortcut)

    def show_text(self, text: str) -> None:
        self._face.mute(self, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def refuse(self, key: str, /, **values: object) -> None:
        """Disabled, with the reason as its tip."""
        self.setEnabled(False)
        self._face.speak(self, key, "tip", **values)

    def allow(self) -> None:
        self.setEnabled(True)
        self._face.mute(self, "", "tip")

    def set_icon(self, name: str) -> None:
        self._icon = name
        self._dress()

    def _dress(self) -> None:
        if self._icon:
            colour = {"chief": "on_accent", "link": "accent"}.get(self._kind, "text")
            size = "small" if self.property("small") or self._kind == "chip" else "normal"
            gap = self._face.px("space.xs") if self.text() else 0
            self.setIcon(self._face.icon(self._icon, colour, size, gap=gap))
            self.setIconSize(self._face.icon_size(size) + QSize(gap, 0))


def small(button: Button) -> Button:
    """The same link in small letters."""
    put(button, small="true")
    button._dress()
    return button
