"""The plain sheet on which unlocking and first start stand: a column of 400, hills below, one line at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.empty_page import Drawing
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.lines import Line
from shequ_desktop.ui.widgets.marks import Button, Picture, Word, bare, ground, put, small

TOP = 128


class Sheet(QWidget):
    """Put widgets into `column`; it scrolls where the window is low. Hills are drawn where there is room."""

    def __init__(self, face: Face, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        ground(self, "surface")
        inner = QWidget()
        inner.setMaximumWidth(face.px("width.unlock"))
        self.column = QVBoxLayout(inner)
        bare(self.column)
        middle = QHBoxLayout()
        middle.setContentsMargins(face.px("space.xl"), 0, face.px("space.xl"), 0)
        middle.addStretch(1)
        middle.addWidget(inner, 100, Qt.AlignmentFlag.AlignTop)
        middle.addStretch(1)
        self._content = QWidget()
        self._inside = QVBoxLayout(self._content)
        bare(self._inside)
        self._space = QWidget()
        self._inside.addWidget(self._space)
        self._inside.addLayout(middle, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        put(self._content, ground="surface")
        self._scroll.setWidget(self._content)
        self._scroll.viewport().setAutoFillBackground(False)
        self.hills = Drawing(face, "hills", QSize(0, face.scaled(100)), stretch=True)
        whole = QVBoxLayout(self)
        bare(whole)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.hills)
        whole.addWidget(self._foot(version))

    def _foot(self, version: str) -> QFrame:
        foot = QFrame()
        put(foot, ground="window", line="top")
        foot.setFixedHeight(self.face.px("height.status_bar"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(self.face.px("space.l"), 0, self.face.px("space.l"), 0)
        row.setSpacing(self.face.px("space.s"))
        row.addWidget(Picture(self.face, "lock-simple", "text", "small"))
        sealed = Word(self.face, "plain_small", "ui.unlock.sealed")
        sealed.setMinimumWidth(0)
        row.addWidget(sealed, 1)
        number = Word(self.face, "small")
        number.say("ui.unlock.version", version=version)
        row.addWidget(number)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.hills.setVisible(self.height() >= self.face.scaled(620))
        room = self.height() - self.face.px("height.status_bar")
        self._space.setFixedHeight(
            self.face.scaled(TOP) if self.hills.isVisibleTo(self) else min(self.face.scaled(TOP), room // 12)
        )

    def head(self, title: str, text: str) -> None:
        """Mark and name, then what this is about."""
        row = QHBoxLayout()
        bare(row, self.face.px("space.m"))
        size = self.face.scaled(32)
        row.addWidget(Drawing(self.face, "mark", QSize(size, size), colour="accent"))
        row.addWidget(Word(self.face, "title", title))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addSpacing(self.face.px("space.s"))
        about = Word(self.face, "quiet", text).wrapping()
        self.column.addWidget(about)
        self.column.addSpacing(self.face.px("space.xl"))


def secret_field(face: Face, key: str, *, enter_moves: bool) -> Field:
    """A field whose text is dots until somebody wants to see it."""
    line = Line()
    line.setEchoMode(Line.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    field = Field(face, key, editor=line, enter_moves=enter_moves)
    show = small(Button(face, "ui.unlock.show", kind="link", icon="eye"))
    show.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def turn() -> None:
        hidden = line.echoMode() == Line.EchoMode.Password
        line.setEchoMode(Line.EchoMode.Normal if hidden else Line.EchoMode.Password)
        show.say("ui.unlock.hide" if hidden else "ui.unlock.show")
        show.set_icon("eye-slash" if hidden else "eye")
        line.setFocus()

    show.clicked.connect(turn)
    field.control.add_trailing(show)
    return field
