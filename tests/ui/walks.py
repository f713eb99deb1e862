"""Walks over a widget tree: each answers what is wrong, so that a page's test says `assert clipped(page) == []`."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

SIZES = ((1366, 768), (1280, 720), (853, 480))
SLACK = 2
"""A label may be given two pixels less than it would like; no letter is cut by that."""

_ACTIVE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar, QTabBar,
)  # fmt: skip
_INSIDE = ("qt_scrollarea_viewport", "qt_spinbox_lineedit", "ScrollLeftButton", "ScrollRightButton")


WAITING = 5
"""How many times longer the event loop may wait than work."""


class Watchdog(QObject):
    """Measures how long a page holds the event loop: the work of the window's thread between two beats of a timer of no delay.

    Work is counted in processor time, so that a machine busy with others blames no page; what only waits, for a lock, a
    disk or another thread, is allowed five times as long on the clock. Where many want the processors the limit grows:
    they share what is beside the processors too.
    """

    def __init__(self, limit_ms: float = 100.0) -> None:
        super().__init__()
        self.limit_ms, self.longest_ms = limit_ms * crowd(), 0.0
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        QApplication.processEvents()
        self._last, self.longest_ms = self._now(), 0.0
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def forgive(self) -> None:
        """What the test itself did since the last beat does not count."""
        self._last = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.thread_time(), time.perf_counter()

    def _beat(self) -> None:
        now = self._now()
        worked, passed = ((after - before) * 1000 for after, before in zip(now, self._last, strict=True))
        self.longest_ms = max(self.longest_ms, worked, passed / WAITING)
        self._last = now


def crowd() -> float:
    """How many want each processor, at least one."""
    wanting = os.getloadavg()[0] if hasattr(os, "getloadavg") else 1.0
    return max(1.0, wanting / (os.cpu_count() or 1))


class Flashes(QObject):
    """Notes widgets that were shown as windows of their own: made visible before they stood in a layout."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() in (Qt.WindowType.Window, Qt.WindowType.Widget)
            if plain and watched.parentWidget() is None and not isinstance(watched, QMainWindow):
                self.seen.append(path(watched))
        return False


def seen(root: QWidget) -> Iterator[QWidget]:
    """Widgets in sight, parents before children."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and widget.window().windowType() != Qt.WindowType.ToolTip:
            yield widget


def path(widget: QWidget) -> str:
    """Where a widget is, for a failing test."""
    names: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(names) < 4:
        names.append(here.objectName() or type(here).__name__)
        here = here.parentWidget()
    text = getattr(widget, "text", lambda: "")()
    return f"{'/'.join(reversed(names))} {text!r}" if text else "/".join(reversed(names))


def unnamed(root: QWidget) -> list[str]:
    """What can be pressed, typed into or read, without a name or a role for a screen reader."""
    wrong = []
    for widget in seen(root):
        if not isinstance(widget, _ACTIVE) or isinstance(widget, QScrollBar | QHeaderView) or widget.objectName() in _INSIDE:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told else ""
        if not name.strip():
            wrong.append(f"no name: {path(widget)}")
        if told is None or told.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            wrong.append(f"no role: {path(widget)}")
    return wrong


def clipped(root: QWidget) -> list[str]:
    """Texts and buttons that are smaller than they need to be, and parts outside of what holds them."""
    wrong = []
    for widget in seen(root):
        if isinstance(widget, QLabel) and widget.text():
            wrong += _cut_label(widget)
        elif isinstance(widget, QAbstractButton) and _is_cut(widget):
            wrong.append(f"cut: {path(widget)} has {widget.size().toTuple()}, needs {widget.minimumSizeHint().toTuple()}")
        if not _in_scrolled(widget) and _sticks_out(widget):
            wrong.append(f"outside: {path(widget)} {widget.geometry().getRect()}")
    return wrong


def _is_cut(button: QAbstractButton) -> bool:
    needed, has = button.minimumSizeHint(), button.size()
    words = button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&"))
    return has.height() + SLACK < needed.height() or has.width() + SLACK < words


def _cut_label(label: QLabel) -> list[str]:
    metrics = QFontMetrics(label.font())
    room = label.contentsRect()
    if label.sizePolicy().horizontalPolicy() == label.sizePolicy().Policy.Ignored:
        needed_width = 0  # a line that may give way
    elif label.wordWrap():
        words = label.text().split() if label.text().isascii() else [label.text()[:2]]
        needed_width = max(metrics.horizontalAdvance(word) for word in words)
    else:
        needed_width = max(metrics.horizontalAdvance(line) for line in label.text().split("\n"))
    flags = int(Qt.TextFlag.TextWordWrap.value) if label.wordWrap() else 0
    needed_height = metrics.boundingRect(QRect(0, 0, max(room.width(), 1), 10_000), flags, label.text()).height()
    wrong = []
    if room.width() + SLACK < needed_width:
        wrong.append(f"cut: {path(label)} has width {room.width()}, needs {needed_width}")
    if room.height() + SLACK < min(
        needed_height, metrics.tightBoundingRect(label.text()).height() + needed_height - metrics.height()
    ):
        wrong.append(f"cut: {path(label)} has height {room.height()}, needs {needed_height}")
    return wrong


def _in_scrolled(widget: QWidget) -> bool:
    """Whether it lies in something that scrolls, where parts may be out of sight."""
    here = widget.parentWidget()
    while here is not None:
        if isinstance(here, QScrollArea | QAbstractItemView):
            return True
        here = here.parentWidget()
    return False


def _sticks_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QAbstractScrollArea | QTabBar):
        return False
    return not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()) and not widget.size().isEmpty()


def order_faults(root: QWidget) -> list[str]:
    """Steps of the Tab key that go up by more than a row, or back along a row: the focus should move as the eye does."""
    stops = focus_chain(root)
    wrong = []
    for before, after in itertools.pairwise(stops):
        a, b = _place(before, root), _place(after, root)
        beside = abs(a.y() - b.y()) < max(before.height(), after.height())
        if beside and b.x() < a.x() and _same_column(before, after):
            wrong.append(f"back: {path(before)} -> {path(after)}")
        if not beside and b.y() < a.y() and _same_column(before, after):
            wrong.append(f"up: {path(before)} -> {path(after)}")
    return wrong


def _same_column(one: QWidget, other: QWidget) -> bool:
    """Only widgets of one parent are compared: panes beside each other are each gone through from the top."""
    return one.parentWidget() is other.parentWidget()


def _place(widget: QWidget, root: QWidget) -> QPoint:
    return widget.mapTo(root.window(), QPoint(0, 0))


def focus_chain(root: QWidget) -> list[QWidget]:
    """What the Tab key stops at, in its order, beginning with the first within `root`."""
    stops: list[QWidget] = []
    start = root.window()
    here: QWidget | None = start.nextInFocusChain()
    while here is not None and here is not start:
        takes = here.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus and here.focusProxy() is None
        if takes and here.isVisible() and here.isEnabled() and (root is start or root.isAncestorOf(here)):
            stops.append(here)
        here = here.nextInFocusChain()
    return stops


def settle(rounds: int = 3) -> None:
    """Let layouts and queued events come to rest."""
    for _ in range(rounds):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
