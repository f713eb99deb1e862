"""Editors of one line and of many, which never lose what an input method has half composed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


class Line(QLineEdit):
    """One line. What is half composed is written when the focus leaves or somebody saves."""

    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setTextMargins(-2, 0, -2, 0)  # Qt keeps 2 px of its own
        self._composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def settle(self) -> None:
        """Write what is half composed."""
        QGuiApplication.inputMethod().commit()
        if self._composed:
            left, self._composed = self._composed, ""
            event = QInputMethodEvent("", [])
            event.setCommitString(left)
            super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.settle()
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


class Paragraph(QPlainTextEdit):
    """Several lines; Tab goes on, Enter begins a line."""

    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def settle(self) -> None:
        """Write what is half composed."""
        QGuiApplication.inputMethod().commit()
        if self._composed:
            left, self._composed = self._composed, ""
            event = QInputMethodEvent("", [])
            event.setCommitString(left)
            super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.settle()
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Ctrl+Enter finishes the page
            return
        super().keyPressEvent(event)


def settle_focused() -> None:
    """Write what is half composed in the field that has the focus. Called before anything is saved or closed."""
    focused = QApplication.focusWidget()
    if isinstance(focused, Line | Paragraph):
        focused.settle()
