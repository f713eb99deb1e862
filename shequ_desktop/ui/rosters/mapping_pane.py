"""The columns of a list beside what they fill: every choice stands open and can be changed. Knows no service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.services.roster_columns import ColumnSeen, ListSeen
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline, put
from shequ_desktop.ui.widgets.page_head import Cut

ROWS_AT_ONCE = 3
_TONES = {"open": "warn", "chosen": "accent"}


class TargetBox(QComboBox):
    """What a column fills. The wheel scrolls the page, it chooses nothing by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class MappingPane(QWidget):
    """`matched(source, column, target)`: somebody chose; an empty target passes the column over."""

    matched = Signal(str, int, str)

    def __init__(self, face: Face, targets: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._targets = face, ("", *targets)
        self._words = QStandardItemModel(self)
        for target in self._targets:
            word = QStandardItem(target_word(face, target))
            word.setData(target, Qt.ItemDataRole.UserRole)
            self._words.appendRow(word)
        self._waiting: list[tuple[ListSeen, ColumnSeen]] = []
        self._grid = QGridLayout()
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._build_some)
        self._shown: tuple[tuple[str, int, str], ...] = ()
        self._now: dict[tuple[str, int], ColumnSeen] = {}
        self._several = False
        self.boxes: dict[tuple[str, int], TargetBox] = {}
        self._certain: dict[tuple[str, int], Word] = {}
        ground(self, "surface")
        column = QVBoxLayout(self)
        bare(column)
        margin = face.px("width.page_margin")
        head = QHBoxLayout()
        head.setContentsMargins(margin, face.px("space.s"), face.px("space.l"), face.px("space.s"))
        self.title, self.count = Word(face, "section", "ui.rosters.mapping"), Word(face, "small")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(hairline())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)

    def focus_first(self) -> None:
        """The first column that nobody has matched, else the first."""
        waiting = [box for key, box in self.boxes.items() if self._certain[key].property("tone") == "warn"]
        for box in (waiting or list(self.boxes.values()))[:1]:
            box.setFocus()

    def show_lists(self, lists: Sequence[ListSeen]) -> None:
        """Show the columns; where they are the ones shown already only choices and certainty change."""
        told = tuple((paper.source, column.at, column.label) for paper in lists for column in paper.columns)
        self._now = {(paper.source, column.at): column for paper in lists for column in paper.columns}
        if told != self._shown:
            self._shown = told
            self._build(lists)
        for source, at in self.boxes:
            self._choose(source, self._now[source, at])
        waiting = sum(column.sure == "open" for paper in lists for column in paper.columns)
        columns = sum(len(paper.columns) for paper in lists)
        self.count.say("ui.rosters.columns_open" if waiting else "ui.rosters.columns", count=columns, open=waiting)

    def _choose(self, source: str, column: ColumnSeen) -> None:
        box, word = self.boxes[source, column.at], self._certain[source, column.at]
        box.blockSignals(True)
        place = box.findData(column.target)
        box.setCurrentIndex(max(place, 0))
        box.blockSignals(False)
        word.say(f"ui.rosters.sure.{column.sure}")
        word.tone(_TONES.get(column.sure, ""))

    def _build(self, lists: Sequence[ListSeen]) -> None:
        face = self._face
        self.boxes, self._certain = {}, {}
        content = QWidget()
        put(content, ground="surface")
        self._grid = QGridLayout(content)
        margin = face.px("width.page_margin")
        self._grid.setContentsMargins(margin, face.px("space.xs"), face.px("space.l"), face.px("space.l"))
        self._grid.setHorizontalSpacing(face.px("space.m"))
        self._grid.setVerticalSpacing(face.px("space.xs"))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        for at, key in enumerate(("column", "example", "target", "certain")):
            self._grid.addWidget(Word(face, "small", f"ui.rosters.head.{key}"), 0, at)
        self._several = len(lists) > 1
        self._waiting = [(paper, column) for paper in lists for column in paper.columns]
        self._scroll.setWidget(content)
        self._build_some()
        self._more.start()

    def _build_some(self) -> None:
        """A few rows at a time: a wide list must not hold the window."""
        for paper, column in self._waiting[:ROWS_AT_ONCE]:
            row = self._grid.rowCount()
            if self._several and column is paper.columns[0]:
                name = Word(self._face, "strong")
                name.show_text(paper.sheet)
                self._grid.addWidget(name, row, 0, 1, 4)
                row += 1
            self._row(row, paper, column)
            self._choose(paper.source, self._now.get((paper.source, column.at), column))
        self._waiting = self._waiting[ROWS_AT_ONCE:]
        if not self._waiting:
            self._more.stop()
            row = self._grid.rowCount()
            self._grid.addWidget(Word(self._face, "small", "ui.rosters.remembered").wrapping(), row, 0, 1, 4)
            self._grid.setRowStretch(row + 1, 1)

    def _row(self, row: int, paper: ListSeen, column: ColumnSeen) -> None:
        face = self._face
        label, example, certain = Word(face), Cut(face, "small"), Word(face, "small")
        label.show_text(column.label)
        label.wrapping()
        example.show_text(face.say("ui.tell.comma").join(column.examples))
        box = TargetBox()
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setModel(self._words)
        face.speak(box, "ui.rosters.fills", "name", column=column.label)
        box.setMinimumWidth(box.sizeHint().width())
        box.activated.connect(lambda place: self.matched.emit(paper.source, column.at, box.itemData(place)))
        for at, widget in enumerate((label, example, box, certain)):
            self._grid.addWidget(widget, row, at)
        self._grid.addWidget(hairline(), row + 1, 0, 1, 4)
        self.boxes[paper.source, column.at], self._certain[paper.source, column.at] = box, certain


def target_word(face: Face, target: str) -> str:
    """What a column fills, in words: a field by its term, with whose it is where that is not plain."""
    if not target:
        return face.say("ui.rosters.not_imported")
    kind, _, name = target.partition(".")
    if kind in ("head", "area", "record") or target in ("phone.number", "resident.age", "resident.away"):
        return face.say(f"ui.rosters.target.{target}")
    if target in ("household.remark", "care_record.label"):
        return face.say(f"ui.rosters.target.{target}")
    return face.say(f"term.{kind}.{name}")
