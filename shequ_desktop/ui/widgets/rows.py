"""The rows of a list as finished texts and tokens, and the model that holds them. The delegate only measures and paints."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1


class Risk(enum.Enum):
    """Shape and token of a risk; its word stands in the row."""

    HIGH = ("triangle", "alarm")
    MEDIUM = ("diamond", "warn")
    LOW = ("ring", "ok")
    NOT_SET = ("", "text_2")

    @property
    def shape(self) -> str:
        return self.value[0]

    @property
    def token(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Row:
    """`id`: of what the row leads to. `head`: a group's head, whose count stands in `facts`. `icon`: in place of the risk."""

    id: str
    name: str
    facts: str = ""
    below: str = ""
    risk: Risk | None = None
    risk_word: str = ""
    due: str = ""
    due_colour: str = "text_2"
    due_strong: bool = False
    due_below: str = ""
    icon: str = ""
    head: bool = False

    def spoken(self) -> str:
        """What a screen reader says."""
        return "，".join(filter(None, (self.name, self.facts, self.risk_word, self.due, self.below, self.due_below)))


class RowModel(QStringListModel):
    """Rows in their order; the view asks only for the rows it paints.

    Its count is Qt's own (a list of empty texts): a view lays out 100,000 rows by asking for it twice a row, which in
    Python takes a quarter of a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def replace(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.setStringList([""] * len(rows))

    def change(self, place: int, row: Row) -> None:
        """One row says something else; nothing moves."""
        self.rows = [*self.rows[:place], row, *self.rows[place + 1 :]]
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)

    def place_of(self, row_id: str) -> int:
        """Place of the row that leads to this record; -1 where none does. A window of a long list knows it without its rows."""
        if (find := getattr(self.rows, "place_of", None)) is not None:
            return int(find(row_id))
        return next((place for place, row in enumerate(self.rows) if row.id == row_id and not row.head), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
