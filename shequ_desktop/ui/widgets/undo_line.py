"""What was done last and the way to undo it; stays until the next action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Word, bare, small

Act = Callable[[], None]


class UndoLine(QWidget):
    """One sentence, 撤销, and its key. Ctrl+Z of the window calls `undo`."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._undo: Act | None = None
        row = QHBoxLayout(self)
        bare(row, face.px("space.s"))
        self.sentence = Word(face, "plain_small")
        self.button = small(Button(face, "ui.undo", kind="link"))
        self.keys = Word(face, "small")
        self.keys.show_text("Ctrl+Z")
        for widget in (self.sentence, self.button, self.keys):
            row.addWidget(widget)
        self.button.clicked.connect(self.undo)
        self.clear()

    def tell(self, key: str, undo: Act | None = None, /, **values: object) -> None:
        """Say what was done; with `undo` it can be taken back until the next action."""
        self._undo = undo
        self.sentence.say(key, **values)
        self.sentence.show()
        self.button.setVisible(undo is not None)
        self.keys.setVisible(undo is not None)

    def undo(self) -> bool:
        """Take the last action back; whether there was one."""
        act, self._undo = self._undo, None
        if act is None:
            return False
        self.clear()
        act()
        return True

    def clear(self) -> None:
        self._undo = None
        for widget in (self.sentence, self.button, self.keys):
            widget.hide()
