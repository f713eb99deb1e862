"""The last visit beside the new one, read-only: each value can be taken over, earlier visits can be leafed to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.visits.last_visit_rows import PastFact, PastShown
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline


class LastVisit(QScrollArea):
    """`taken(fact)`: 沿用 was pressed. `leafed(step)`: 1 to an older one. `ticked(follow_up, on)`: a promise was kept."""

    taken = Signal(object)
    leafed = Signal(int)
    ticked = Signal(str, bool)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        ground(content, "surface_alt")
        column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.m"), margin, margin)
        column.setSpacing(face.px("space.s"))
        column.addLayout(self._head())
        self.summary = Word(face).wrapping()
        column.addWidget(self.summary)
        self._line = hairline()
        column.addWidget(self._line)
        self._facts, self._promises = QVBoxLayout(), QVBoxLayout()
        bare(self._facts, face.px("space.m"))
        bare(self._promises)
        column.addLayout(self._facts)
        self._promised_line, self._promised = hairline(), Word(face, "label", "ui.visit.promised_before")
        column.addWidget(self._promised_line)
        column.addWidget(self._promised)
        column.addLayout(self._promises)
        column.addStretch(1)
        self.setWidget(content)
        self.links: list[Button] = []
        self.boxes: list[QCheckBox] = []
        self._shown: tuple[object, ...] = ()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        bare(row, self._face.px("space.s"))
        self.title = Word(self._face, "section", "ui.visit.last")
        self.newer, self.older = (Button(self._face, kind="flat", icon=f"caret-{side}") for side in ("right", "left"))
        for button, key, step in ((self.older, "ui.visit.older", 1), (self.newer, "ui.visit.newer", -1)):
            self._face.speak(button, key, "name")
            self._face.speak(button, key, "tip")
            button.clicked.connect(lambda _on=False, step=step: self.leafed.emit(step))
        self.number = Word(self._face, "small")
        row.addWidget(self.title)
        row.addStretch(1)
        for widget in (self.older, self.number, self.newer):
            row.addWidget(widget)
        return row

    def show_past(self, past: PastShown | None) -> None:
        """Show this visit; nothing is drawn anew where it is the same."""
        shown = (past, self._face.language)
        if shown == self._shown:
            return
        self._shown = shown
        for widget in (self.older, self.newer, self.number, self._line):
            widget.setVisible(past is not None)
        _empty(self._facts)
        self.links = []
        if past is None:
            self.summary.say("ui.visit.no_last")
            return
        self.summary.show_text(past.summary)
        self.number.say("ui.visit.number", number=past.number)
        self.older.setEnabled(past.older)
        self.newer.setEnabled(past.newer)
        for fact in past.facts:
            self._facts.addWidget(self._fact(fact))

    def _fact(self, fact: PastFact) -> QWidget:
        cell = QWidget()
        row = QHBoxLayout(cell)
        bare(row, self._face.px("space.s"))
        texts = QVBoxLayout()
        bare(texts)
        texts.addWidget(Word(self._face, "label", fact.key))
        value = Word(self._face).wrapping()
        value.show_text(fact.text)
        texts.addWidget(value)
        link = Button(self._face, "ui.visit.take_over", kind="link", shortcut="Alt+Enter")
        self._face.speak(link, fact.key, "description")
        link.clicked.connect(lambda: self.taken.emit(fact))
        self.links.append(link)
        row.addLayout(texts, 1)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return cell

    def show_promises(self, promises: Sequence[tuple[str, str]], done: set[str]) -> None:
        """(id, words) of what was promised and is open, with a tick for what this visit kept."""
        _empty(self._promises)
        self.boxes = []
        for widget in (self._promised_line, self._promised):
            widget.setVisible(bool(promises))
        for record, words in promises:
            self._promises.addLayout(self._promise(record, words, record in done))

    def _promise(self, record: str, words: str, done: bool) -> QHBoxLayout:
        """The box, and its words beside it, which break where the room ends."""
        row = QHBoxLayout()
        bare(row, self._face.px("space.s"))
        box = QCheckBox()
        box.setChecked(done)
        box.setAccessibleName(words)
        box.clicked.connect(lambda on: self.ticked.emit(record, on))
        self.boxes.append(box)
        word = Word(self._face).wrapping()
        word.show_text(words)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(word, 1)
        return row


def _empty(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            while (one := inner.takeAt(0)) is not None:
                if held := one.widget():
                    held.hide()
                    held.deleteLater()
            inner.deleteLater()
