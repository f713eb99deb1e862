"""Every row of a list with what becomes of it: chips, the table, the equation at the foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.rosters.import_rows import ROW_COLUMNS, row_line
from shequ_desktop.ui.rosters.import_state import FILTERS, ImportState
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.chips import Chip, ChipRow
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline


class RowsPane(QWidget):
    """`filtered`: a chip was chosen. `save_asked`: the doubtful rows are wanted as a file."""

    filtered = Signal(str)
    save_asked = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "surface")
        self.chips = ChipRow(face)
        self.chips.chosen.connect(self.filtered)
        self.table = LinesTable(face, "ui.rosters.rows", ROW_COLUMNS)
        self.equation, self.more = Word(face).wrapping(), Word(face, "small", "ui.rosters.equation_more").wrapping()
        self.table.chosen.connect(self._say_why)
        self.save = Button(face, icon="file-xls")
        self.save.clicked.connect(self.save_asked)
        margin = face.px("width.list_margin")
        top = QHBoxLayout()
        top.setContentsMargins(margin, face.px("space.s"), margin, face.px("space.s"))
        top.addWidget(self.chips)
        texts = QVBoxLayout()
        bare(texts)
        texts.addWidget(self.equation)
        texts.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setContentsMargins(margin, face.px("space.s"), margin, face.px("space.s"))
        foot.setSpacing(face.px("space.m"))
        foot.addLayout(texts, 1)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        bare(column)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def show_rows(self, state: ImportState, teller: Teller) -> None:
        counts = state.counts()
        self.chips.show_chips([Chip(name, f"ui.rosters.chip.{name}", counts[name]) for name in FILTERS])
        self.chips.choose(state.filter)
        several = state.preview is not None and len(state.preview.lists) > 1
        self.table.show_lines(state.rows(), row_line(teller, sheets=several), lambda row: f"{row.sheet} {row.row}")
        told = {name: f"{counts[name]:,}" for name in ("added", "matched", "asked", "refused")}
        self.equation.say("ui.rosters.equation", rows=f"{counts['all']:,}", **told)
        self._say_why(self.table.chosen_id())
        saved = state.problem_rows()
        self.save.say("ui.rosters.save_rows", count=f"{saved:,}")
        if saved:
            self.save.allow()
        else:
            self.save.refuse("ui.rosters.nothing_to_save")

    def _say_why(self, row: str) -> None:
        """Of the chosen row the whole reason, which the table may have cut."""
        place = self.table.lines.place_of(row) if row else -1
        why = self.table.lines.line(place).cells[-1].text if place >= 0 else ""
        if why:
            self.more.show_text(why)
        else:
            self.more.say("ui.rosters.equation_more")
