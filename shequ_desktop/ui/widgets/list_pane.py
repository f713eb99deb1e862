"""A list beside its detail: filter chips, a count, rows. Owns that a new list moves neither scroll, choice nor focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.chips import Chip, ChipRow
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline
from shequ_desktop.ui.widgets.person_rows import PersonRowDelegate
from shequ_desktop.ui.widgets.rows import Row, RowModel


class RowList(QListView):
    """Rows of people, households or what waits. Enter and double click ask for the row's chief action."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(
        self, face: Face, key: str, *, grouped: bool = False, risk_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows, self._telling = RowModel(self), True
        self.setModel(self._rows)
        self.setItemDelegate(PersonRowDelegate(face, risk_first=risk_first, parent=self))
        self.setUniformItemSizes(not grouped)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        face.speak(self, key, "name")
        face.theme_changed.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda _index: self._ask())

    @property
    def rows(self) -> RowModel:
        return self._rows

    def chosen_id(self) -> str:
        index = self.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() else ""

    def choose(self, row_id: str, *, seen: bool = True) -> bool:
        """Choose the row that leads to this record; whether there is one."""
        place = self._rows.place_of(row_id)
        if place < 0:
            return False
        index = self._rows.index(place, 0)
        self.setCurrentIndex(index)
        if seen:
            self.scrollTo(index)
        return True

    def choose_first(self) -> None:
        first = next((row.id for row in self._rows.rows if not row.head), "")
        if first:
            self.choose(first)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Put the rows in place of the older ones. Scroll, choice and focus stay where they are."""
        chosen, scroll = self.chosen_id(), self.verticalScrollBar().value()
        top = self.indexAt(self.viewport().rect().topLeft())
        anchor = self._rows.rows[top.row()].id if top.isValid() else ""
        offset = self.visualRect(top).top() if top.isValid() else 0
        self._telling = False
        self._rows.replace(rows)
        found = not chosen or self.choose(chosen, seen=False)
        self._scroll_back(anchor, offset, scroll)
        self._telling = True
        if not found:
            self.chosen.emit("")

    def _scroll_back(self, anchor: str, offset: int, scroll: int) -> None:
        self.executeDelayedItemsLayout()
        place = self._rows.place_of(anchor) if anchor else -1
        if place >= 0:
            self.scrollTo(self._rows.index(place, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            scroll = self.verticalScrollBar().value() - offset
        self.verticalScrollBar().setValue(scroll)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Heads of groups are passed over."""
        index = super().moveCursor(action, modifiers)
        step = -1 if index.row() < self.currentIndex().row() else 1
        while index.isValid() and self._rows.rows[index.row()].head:
            index = self._rows.index(index.row() + step, 0)
        return index if index.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._ask()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        if row_id := self.chosen_id():
            self.asked.emit(row_id)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._telling and now.isValid() and not self._rows.rows[now.row()].head:
            self.chosen.emit(self._rows.rows[now.row()].id)


class ListPane(QWidget):
    """Head of 80 (chips 48, count 32) above the rows. `order` is the word at the right of the count."""

    def __init__(self, face: Face, key: str, *, grouped: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "surface")
        self.chips = ChipRow(face)
        self.count, self.order = Word(face, "small"), Word(face, "small")
        self.list = RowList(face, key, grouped=grouped)
        column = QVBoxLayout(self)
        bare(column)
        margin = face.px("width.list_margin")
        top = QHBoxLayout()
        top.setContentsMargins(margin, 0, margin, 0)
        top.addWidget(self.chips)
        line = QHBoxLayout()
        line.setContentsMargins(margin, 0, margin, 0)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.order)
        self.top, self.line = top, line
        chips, counts = QWidget(), QWidget()
        chips.setLayout(top)
        counts.setLayout(line)
        chips.setFixedHeight(face.scaled(48))
        counts.setFixedHeight(face.px("height.list_head") - face.scaled(48) - 1)
        for widget in (chips, counts, hairline()):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.setMinimumWidth(face.px("width.list_min"))

    def show_chips(self, chips: Sequence[Chip]) -> None:
        self.chips.show_chips(chips)
