"""Listens to every key of the window for a scanned form, wherever the focus is, and opens its visit."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.visits.wedge import MARK, Wedge
from shequ_desktop.ui.widgets.lines import Line, Paragraph

REST_MS = 120
"""A scanner that has sent nothing for so long has sent all."""


def now_ms() -> float:
    return time.monotonic_ns() / 1_000_000


class ScanWatch(QObject):
    """Lives as long as the session. `clock` answers milliseconds that only go forward."""

    def __init__(self, main: MainWindow, *, clock: Callable[[], float] = now_ms) -> None:
        super().__init__(main)
        self._main, self._clock, self._wedge = main, clock, Wedge()
        self._rest = QTimer(self)  # some scanners send no Enter
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._open)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        window = self._main.window()
        if not self._main.isVisible() or watched is not (window.focusWidget() or window):
            return False  # of another window, or the same key again on its way up to the parents
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._open()
        if not event.text() or not event.text().isprintable():
            return False
        began = self._wedge.is_reading
        mine = self._wedge.feed(event.text(), self._clock())
        if mine and not began:
            take_back(QApplication.focusWidget(), MARK[:-1])
        if mine:
            self._rest.start()
        return mine

    def _open(self) -> bool:
        """Go to the visit of the code that was read, if one was."""
        self._rest.stop()
        code = self._wedge.end()
        if code:
            self._main.go("visit", code)
        return bool(code)


def take_back(widget: QWidget | None, typed: str) -> None:
    """Take out of a field what the scanner typed into it before it could be known."""
    if isinstance(widget, Line):
        if widget.text()[: widget.cursorPosition()].upper().endswith(typed):
            for _ in typed:
                widget.backspace()
    elif isinstance(widget, Paragraph):
        cursor = widget.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        if cursor.selectedText().upper() == typed:
            cursor.removeSelectedText()
