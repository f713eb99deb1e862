"""What takes longer than a second: a bar with its count and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button, Word, bare, small

SEEN_AFTER_MS = 1_000


class ProgressLine(QWidget):
    """Hidden until work has lasted a second, so that nothing flickers."""

    stop_asked = Signal()

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        column = QVBoxLayout(self)
        bare(column, face.px("space.xs"))
        line = QHBoxLayout()
        bare(line, face.px("space.s"))
        self.what, self.count = Word(face), Word(face, "small")
        self.stop = small(Button(face, "ui.progress.stop", kind="link"))
        self.stop.clicked.connect(self._stop)
        line.addWidget(self.what)
        line.addStretch(1)
        line.addWidget(self.count)
        line.addWidget(self.stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addLayout(line)
        column.addWidget(self.bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, key: str, /, **values: object) -> None:
        """Something began: its sentence."""
        self.what.say(key, **values)
        self._face.speak(self.bar, key, "name", **values)
        self.count.show_text("")
        self.bar.setRange(0, 0)
        self.stop.say("ui.progress.stop")
        self.stop.setEnabled(True)
        self._timer.start(SEEN_AFTER_MS)

    def advance(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.count.show_text(f"{done:,} / {total:,}")

    def end(self) -> None:
        self._timer.stop()
        self.hide()

    def _stop(self) -> None:
        self.stop.say("ui.progress.stopping")
        self.stop.setEnabled(False)
        self.stop_asked.emit()
