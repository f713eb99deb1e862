"""A part of the settings: a column that scrolls, sections one below the other. Each part owns what it changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline

WIDEST = 720


class Part(QScrollArea):
    """`first`: what gets the focus when the part comes into sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.face = session, session.face
        face = self.face
        content = QWidget()
        ground(content, "surface")
        outer = QHBoxLayout(content)
        margin = face.px("width.page_margin")
        outer.setContentsMargins(margin, face.px("space.l"), margin, margin)
        inner = QWidget()
        inner.setMaximumWidth(face.scaled(WIDEST))
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.column = QVBoxLayout(inner)
        bare(self.column, face.px("space.l"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.first: QWidget = self

    def section(self, key: str, text: str = "") -> None:
        """A title, a line under it, and a hairline above all but the first."""
        if self.column.count():
            self.column.addWidget(hairline())
        self.column.addWidget(Word(self.face, "section", key))
        if text:
            self.column.addWidget(Word(self.face, "quiet", text).wrapping())

    def row(self, *widgets: QWidget) -> QHBoxLayout:
        """Widgets beside each other, from the left."""
        line = QHBoxLayout()
        bare(line, self.face.px("space.s"))
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        self.column.addLayout(line)
        return line

    def come_into_sight(self) -> None:
        """Read what may have changed."""

    def leave(self) -> None:
        """Let go of what must not stay on the screen."""

    def put_beside(self, problems: list[Problem], fields: dict[str, Field]) -> None:
        """Each problem beside its field; what belongs to none is told below."""
        for problem in problems:
            if field := fields.get(problem.field) or fields.get(problem.key):
                field.show_problem(problem)
                field.editor.setFocus()
                return
        self.session.tell_problems(problems)
