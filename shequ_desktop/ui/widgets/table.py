"""A table: no grid, a hairline under each row, a row chosen as a whole. Knows no record: a model is set on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from shequ_desktop.ui.face import Face


class Table(QTableView):
    """Rows of 44, or 36 where dense. `asked`: Enter or a double click on a row. Tab leaves the table."""

    asked = Signal(int)

    def __init__(self, face: Face, key: str, *, dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._dense = face, dense
        face.speak(self, key, "name")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))
        self._measure()
        face.theme_changed.connect(self._measure)

    def fit_height(self) -> None:
        """As high as its rows, where the page around it scrolls."""
        rows = self.model().rowCount() if self.model() else 0
        head = self._face.px("height.table_head")
        self.setFixedHeight(head + rows * self.verticalHeader().defaultSectionSize() + 1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        height = self._face.px("height.table_row_dense" if self._dense else "height.table_row")
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(self._face.px("height.table_head"))
