"""A window that is told to end by the system (Ctrl+C in its terminal, a shutdown) closes as if somebody had closed it."""

from __future__ import annotations

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget


class EndingSignals(QObject):
    """Python's handlers run only when Python does; a byte in a socket wakes it while Qt waits."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._written, self._read = socket.socketpair()
        for end in (self._written, self._read):
            end.setblocking(False)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._close)

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._read.recv(64)

    def _close(self, _number: int, _frame: object) -> None:
        self._window.close()
