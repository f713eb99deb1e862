"""Two hands on a keyboard: every key goes to what has the focus, is counted, and everything it began is waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.window import Window

CTRL, ALT, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
MOST_TABS = 60


@dataclass
class Hands:
    """`strokes`: keys pressed so far; a Chinese character counts as one, however it is composed."""

    window: Window
    strokes: int = 0

    @property
    def main(self) -> MainWindow:
        assert self.window.main is not None
        return self.window.main

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.focused(), key, modifier)
        self.strokes += 1
        self.rest()

    def write(self, text: str) -> None:
        """Letters and figures one by one; what an input method composes comes as a whole."""
        if text.isascii():
            QTest.keyClicks(self.focused(), text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(self.focused(), event)
        self.strokes += len(text)
        self.rest()

    def to(self, widget: QWidget) -> None:
        """Tab until it has the focus."""
        for _ in range(MOST_TABS):
            if widget.hasFocus() or widget.isAncestorOf(self.focused()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {type(widget).__name__}")

    def rest(self) -> None:
        for _ in range(4):
            assert self.window.background.wait(20_000)
            QApplication.processEvents()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        for _ in range(200):
            if holds():
                return
            QTest.qWait(50)
            self.rest()
        raise AssertionError(what)

    def count(self, act: Callable[[], None]) -> int:
        """How many keys something took."""
        before = self.strokes
        act()
        return self.strokes - before
