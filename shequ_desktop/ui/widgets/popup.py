"""A list that opens under a line edit, which keeps the focus. Owns where it opens and which keys go to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

_MINE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PopupList(QListView):
    """Opens below `owner`, as wide as it. Up, Down, Enter and Esc typed in the owner go here while it is open."""

    taken = Signal(QModelIndex)

    def __init__(self, owner: QWidget, below: QWidget | None = None) -> None:
        super().__init__(owner)
        self.owner, self._below = owner, below or owner
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._take)
        owner.installEventFilter(self)

    def open_with(self, rows_shown: int, row_height: int) -> None:
        """Open, or stay open, high enough for these rows; the first selectable row is chosen."""
        if not self.model() or not self.model().rowCount():
            self.hide()
            return
        where = self._below.mapToGlobal(QPoint(0, self._below.height() + 2))
        self.setGeometry(where.x(), where.y(), self._below.width(), rows_shown * row_height + 2)
        self.choose_first()
        self.show()

    def choose_first(self) -> None:
        for row in range(self.model().rowCount()):
            index = self.model().index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.owner and self.isVisible():
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
                if event.key() in (*_MOVES, *_MINE):
                    event.accept()  # while the list is open, Esc and Enter are its own, not the page's
                    return True
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
                self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVES:
            self.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._take(self.currentIndex())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _take(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.hide()
            self.taken.emit(index)
