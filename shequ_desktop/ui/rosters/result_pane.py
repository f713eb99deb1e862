"""What came of an import: the equation, what was made and changed, what is left to do."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.services.rosters import ImportResult
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Word, bare, ground, put


class ResultPane(QScrollArea):
    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        ground(self, "surface")
        self.setWidgetResizable(True)
        content = QWidget()
        put(content, ground="surface")
        column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        column.setSpacing(face.px("space.m"))
        self.equation = Word(face, "section").wrapping()
        self._lines = QVBoxLayout()
        bare(self._lines, face.px("space.s"))
        self.refused = Word(face).wrapping()
        self.refused.tone("warn")
        column.addWidget(self.equation)
        column.addLayout(self._lines)
        column.addWidget(self.refused)
        column.addWidget(Word(face, "small", "ui.rosters.done_waits").wrapping())
        column.addStretch(1)
        self.setWidget(content)
        self._told: ImportResult | None = None

    def show_result(self, result: ImportResult) -> None:
        if result is self._told:
            return
        self._told = result
        told = {name: f"{getattr(result, name):,}" for name in ("rows", "added", "matched", "asked", "refused")}
        self.equation.say("ui.rosters.equation", **told)
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for key, by_kind in (("done_made", result.created), ("done_changed", result.changed)):
            for kind, count in by_kind.items():
                line = Word(self._face).wrapping()
                line.say(f"ui.rosters.{key}", count=f"{count:,}", kind=self._face.say(f"term.{kind}"))
                self._lines.addWidget(line)
        if not (result.created or result.changed):
            self._lines.addWidget(Word(self._face, "value", "ui.rosters.done_nothing").wrapping())
        self.refused.setVisible(bool(result.refused))
        self.refused.say("ui.rosters.done_refused", count=f"{result.refused:,}")
