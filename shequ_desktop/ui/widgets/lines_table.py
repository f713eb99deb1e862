"""A table of finished cells: text, tone, icon, tick. Columns are as wide as what stands in them; what gives way is elided.

Measures and paints only. Lines are made when they come into sight, so that a long list costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 2
MEASURED = 60
"""Lines by which a column's width is measured."""
_HEAD_INSET = 3
"""What Qt adds inside a head, so that cells stand below its words."""
LEAST = 120
"""A column that gives way gives no more than down to this."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key`: its head's sentence. `gives`: it is cut before the others are. `leaves`: the first to go where room is short."""

    key: str
    right: bool = False
    gives: bool = False
    leaves: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """`tick`: a check box in place of an icon; None where there is none."""

    text: str = ""
    tone: str = "text"
    icon: str = ""
    strong: bool = False
    small: bool = False
    filled: bool = False
    tick: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    cells: tuple[Cell, ...]

    def spoken(self) -> str:
        return "，".join(cell.text for cell in self.cells if cell.text)


class LineModel(QAbstractTableModel):
    """`made(thing)` makes the line of a thing when it is asked for."""

    def __init__(self, face: Face, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self.columns = face, tuple(columns)
        self._things: Sequence[Any] = ()
        self._made: Callable[[Any], Line] = lambda thing: thing
        self._id_of: Callable[[Any], str] = lambda thing: thing.id
        self._lines: dict[int, Line] = {}

    def replace(self, things: Sequence[Any], made: Callable[[Any], Line], id_of: Callable[[Any], str]) -> None:
        self.beginResetModel()
        self._things, self._made, self._id_of, self._lines = things, made, id_of, {}
        self.endResetModel()

    def id_at(self, place: int) -> str:
        return self._id_of(self._things[place])

    def place_of(self, line_id: str) -> int:
        """Place of the line of this id; -1 where there is none."""
        return next((place for place, thing in enumerate(self._things) if self._id_of(thing) == line_id), -1)

    def again(self) -> None:
        """The same things, said anew."""
        self._lines = {}
        if self._things:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._things) - 1, len(self.columns) - 1))

    def thing(self, place: int) -> Any:
        return self._things[place]

    def line(self, place: int) -> Line:
        if place not in self._lines:
            self._lines[place] = self._made(self._things[place])
        return self._lines[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        if role == LINE:
            return line
        cell = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken() if index.column() == 0 else cell.text
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[index.column()].gives:
            return cell.text
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._face.say(column.key) if column.key else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class CellDelegate(QStyledItemDelegate):
    """Icon or tick, then the text."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face

    def width_of(self, cell: Cell) -> int:
        face = self._face
        width = face.metrics("small" if cell.small else "body", strong=cell.strong).horizontalAdvance(cell.text)
        if cell.icon:
            width += face.px("icon.small") + face.px("space.xs")
        if cell.tick is not None:
            width += face.px("icon.check") + face.px("space.s")
        return width + 2 * self._pad() + 2

    def _pad(self) -> int:
        return self._face.px("space.s") + _HEAD_INSET

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        painter.save()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        self._paint_ground(painter, box, option.state, index)  # type: ignore[attr-defined]
        inside = box.adjusted(self._pad(), 0, -self._pad(), -1)
        self._paint_cell(painter, inside, line.cells[index.column()], right=self._right(index))
        painter.restore()

    @staticmethod
    def _right(index: Index) -> bool:
        model = index.model()
        return isinstance(model, LineModel) and model.columns[index.column()].right

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: Index) -> None:
        face = self._face
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box.adjusted(0, 0, 0, -1), face.colour("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, face.colour("line"))
        view = self.parent()
        focused = chosen and isinstance(view, QWidget) and view.hasFocus()
        if not (focused or (chosen and face.tokens.is_sunlight)):
            return
        width, ring = face.px("line.focus"), face.colour("focus")
        painter.fillRect(box.left(), box.top(), box.width(), width, ring)
        painter.fillRect(box.left(), box.bottom() - width, box.width(), width, ring)
        if index.column() == 0:
            painter.fillRect(box.left(), box.top(), width, box.height() - 1, ring)
        if isinstance(view, LinesTable) and index.column() == view.last_column():
            painter.fillRect(box.right() - width + 1, box.top(), width, box.height() - 1, ring)

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, *, right: bool) -> None:
        face = self._face
        if cell.tick is not None:
            self._paint_tick(painter, box, on=cell.tick)
            box = box.adjusted(face.px("icon.check") + face.px("space.s"), 0, 0, 0)
        if cell.icon:
            size = face.px("icon.small")
            ratio = painter.device().devicePixelRatioF()
            drawn = face.pixmap(cell.icon, cell.tone, "small", ratio=ratio, filled=cell.filled)
            painter.drawPixmap(box.left(), box.top() + (box.height() - size) // 2, drawn)
            box = box.adjusted(size + face.px("space.xs"), 0, 0, 0)
        size_name = "small" if cell.small else "body"
        metrics = face.metrics(size_name, strong=cell.strong)
        painter.setFont(face.font(size_name, strong=cell.strong))
        painter.setPen(face.colour(cell.tone))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() + 2)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_tick(self, painter: QPainter, box: QRect, *, on: bool) -> None:
        view, size = self.parent(), self._face.px("icon.check")
        option = QStyleOptionButton()
        option.rect = QRect(box.left(), box.top() + (box.height() - size) // 2, size, size)  # type: ignore[attr-defined]
        option.state = QStyle.StateFlag.State_Enabled | (  # type: ignore[attr-defined]
            QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        )
        if isinstance(view, LinesTable):
            view.ticks.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter, view.ticks)


class LinesTable(Table):
    """`ticked`: a line's tick was pressed, by Space or the mouse. A new list moves neither scroll, choice nor focus."""

    ticked = Signal(str)
    chosen = Signal(str)

    def __init__(
        self, face: Face, key: str, columns: Sequence[Column], *, dense: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(face, key, dense=dense, parent=parent)
        self.ticks = QCheckBox(self)  # lends its look to the ticks that are painted
        self.ticks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ticks.hide()
        self.lines = LineModel(face, columns, self)
        self.cells = CellDelegate(face, self)
        self.setModel(self.lines)
        self.setItemDelegate(self.cells)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(1)  # a narrow column must not push the last one out
        self.selectionModel().currentRowChanged.connect(self._moved)
        face.theme_changed.connect(self._lay_columns)

    def show_lines(
        self, things: Sequence[Any], made: Callable[[Any], Line], id_of: Callable[[Any], str] = lambda thing: str(thing.id)
    ) -> None:
        """Put these in place of the older ones; the chosen one stays chosen where it is still there."""
        before, scroll = self.chosen_id(), self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.lines.replace(things, made, id_of)
        self.selectionModel().blockSignals(False)
        self._lay_columns()
        if before:
            self.choose(before, seen=False)
        self.verticalScrollBar().setValue(scroll)

    def chosen_id(self) -> str:
        index = self.currentIndex()
        return self.lines.id_at(index.row()) if index.isValid() else ""

    def choose(self, line_id: str, *, seen: bool = True) -> bool:
        place = self.lines.place_of(line_id)
        if place < 0:
            return False
        self.setCurrentIndex(self.lines.index(place, 0))
        if seen:
            self.scrollTo(self.currentIndex())
        return True

    def choose_first(self) -> None:
        if self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))

    def last_column(self) -> int:
        shown = [at for at in range(len(self.lines.columns)) if not self.isColumnHidden(at)]
        return shown[-1] if shown else 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._lay_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.ticked.emit(self.chosen_id())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.lines.line(index.row()).cells[index.column()].tick is not None:
            self.ticked.emit(self.lines.id_at(index.row()))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.lines.id_at(now.row()))

    def _lay_columns(self) -> None:
        """As wide as what stands in them; where that is too much the first to leave go, then those that give way give."""
        columns, room = self.lines.columns, self.viewport().width()
        needed = [self._needed(at) for at in range(len(columns))]
        shown = set(range(len(columns)))
        least = {at: min(needed[at], self._face.scaled(LEAST)) if columns[at].gives else needed[at] for at in shown}
        for at in sorted((at for at in shown if columns[at].leaves), key=lambda at: columns[at].leaves):
            if sum(least[one] for one in shown) <= room:
                break
            shown.discard(at)
        over = sum(needed[at] for at in shown) - room
        giving = [at for at in shown if columns[at].gives] or [max(shown)]
        widths = {at: needed[at] for at in shown}
        for at in sorted(giving, key=lambda at: -needed[at]):
            cut = min(max(over, 0), widths[at] - least[at]) if at != giving[-1] or len(giving) > 1 else max(over, 0)
            widths[at] -= cut
            over -= cut
        if over < 0:
            widths[giving[-1]] -= over
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in shown)
            if at in shown:
                self.setColumnWidth(at, max(widths[at], 1))

    def _needed(self, at: int) -> int:
        head = self._face.metrics("small").horizontalAdvance(str(self.lines.headerData(at, Qt.Orientation.Horizontal)))
        pad = 2 * (self._face.px("space.s") + _HEAD_INSET) + 2
        rows = range(min(MEASURED, self.lines.rowCount()))
        return max([head + pad, *(self.cells.width_of(self.lines.line(place).cells[at]) for place in rows)])
