"""One sentence with a mark at its left; at most one on a page."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Picture, Word, on_first_line, put

_ICONS = {"": "info", "warn": "warning-circle", "alarm": "siren", "ok": "check-circle"}


class Note(QFrame):
    """`tone`: empty, warn, alarm or ok."""

    def __init__(self, face: Face, key: str = "", *, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(face.px("space.m"), face.px("space.s"), face.px("space.m"), face.px("space.s"))
        row.setSpacing(face.px("space.s"))
        self._mark = Picture(face, _ICONS[tone], tone or "text", "small")
        self.sentence = Word(face, "plain_small").wrapping()
        row.addLayout(on_first_line(face, self._mark))
        row.addWidget(self.sentence, 1)
        put(self, role="note", tone=tone)
        if key:
            self.sentence.say(key)
        else:
            self.hide()

    def say(self, key: str, /, *, tone: str | None = None, **values: object) -> None:
        """Say this; an empty key hides the note."""
        if tone is not None:
            put(self, tone=tone)
            self._mark.draw(_ICONS[tone], tone or "text")
        if key:
            self.sentence.say(key, **values)
        self.setVisible(bool(key))
