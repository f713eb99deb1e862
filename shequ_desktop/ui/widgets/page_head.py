"""The head of a page: title, one small line, buttons at the right with the one filled button last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground


class Cut(Word):
    """A line that gives way: it is cut by the window's edge before a button is."""

    def __init__(self, face: Face, role: str, parent: QWidget | None = None) -> None:
        super().__init__(face, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


class PageHead(QWidget):
    """Height 76. `back` shows the list's name where only one pane is seen at a time."""

    back = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        ground(self, "surface")
        self.setFixedHeight(face.px("height.page_head"))
        margin = face.px("width.page_margin")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(margin, 0, margin, 0)
        self._row.setSpacing(face.px("space.s"))
        self.back_button = Button(face, icon="arrow-left")
        self.back_button.hide()
        self.back_button.clicked.connect(self.back)
        self.title, self.line = Cut(face, "title"), Cut(face, "small")
        texts = QVBoxLayout()
        bare(texts)
        texts.setContentsMargins(0, face.px("space.l"), 0, face.px("space.m"))
        texts.addWidget(self.title)
        texts.addWidget(self.line)
        self.counts = Word(face, "small")
        self.counts.hide()
        self._row.addWidget(self.back_button)
        self._row.addLayout(texts, 1)
        self._row.addWidget(self.counts)
        self._row.addSpacing(face.px("space.s"))
        self.buttons: list[Button] = []

    def add_button(self, key: str, /, *, icon: str = "", chief: bool = False, shortcut: str = "", **values: object) -> Button:
        """One more button, `values` for its sentence; the filled one must be the last."""
        if self.buttons and self.buttons[-1].property("kind") == "chief":
            raise ValueError("the filled button stands last, and there is one of it")
        button = Button(self._face, kind="chief" if chief else "plain", icon=icon, shortcut=shortcut)
        button.say(key, **values)
        self.buttons.append(button)
        self._row.addWidget(button)
        return button

    def show_counts(self, key: str, /, **values: object) -> None:
        """What is wrong or still needed, counted left of the buttons. An empty key hides it."""
        self.counts.setVisible(bool(key))
        if key:
            self.counts.say(key, **values)

    def show_back(self, key: str) -> None:
        """The way back to the list, by its name; an empty key hides it."""
        self.back_button.setVisible(bool(key))
        if key:
            self.back_button.say(key)
