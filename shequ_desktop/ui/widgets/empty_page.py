"""What an empty page says: what will be here, the one button that fills it, and what cannot go wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.theme import icons
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline, put


class Drawing(QWidget):
    """A line drawing in line_strong, as wide as it is given, in its own proportions. Decoration only."""

    def __init__(
        self,
        face: Face,
        name: str,
        size: QSize,
        *,
        colour: str = "line_strong",
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face, self._name, self._colour = face, name, colour
        self.setFixedHeight(size.height())
        if not stretch:
            self.setFixedWidth(size.width())
        face.theme_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        drawing = QSvgRenderer(QByteArray(icons.drawing(self._name, self._face.tokens.colour(self._colour))))
        painter = QPainter(self)
        drawing.render(painter, QRectF(self.rect()))
        painter.end()


class EmptyPage(QWidget):
    """`asked`: the button; `other_asked`: the second way. `promises`: pairs of sentences (bold, small)."""

    asked = Signal()
    other_asked = Signal()

    def __init__(
        self,
        face: Face,
        title: str,
        text: str,
        *,
        button: str = "",
        icon: str = "",
        other: str = "",
        promises: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._face = face
        self._rows: list[QHBoxLayout] = []
        ground(self, "surface")
        self.button = Button(face, button, kind="chief", icon=icon)
        self.other = Button(face, other, kind="link")
        for unused, key in ((self.button, button), (self.other, other)):
            if not key:
                unused.hide()  # `setVisible(True)` before it stands in a layout would show it as a window
        self.button.clicked.connect(self.asked)
        self.other.clicked.connect(self.other_asked)
        inner = QWidget()
        inner.setMaximumWidth(face.px("width.empty"))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._fill(inner, title, text, promises)
        content = QWidget()
        put(content, ground="surface")
        row = QHBoxLayout(content)
        margin = face.px("width.page_margin")
        row.setContentsMargins(margin, face.px("space.l"), margin, face.px("space.l"))
        row.addStretch(1)
        row.addWidget(inner, 100, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        bare(whole)
        whole.addWidget(scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, the drawing goes, and what stood side by side stands one above the other."""
        super().resizeEvent(event)
        self.drawing.setVisible(self.height() >= self._face.scaled(520))
        narrow = self.width() < self._face.scaled(600)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(direction)

    def _fill(self, inner: QWidget, title: str, text: str, promises: Sequence[tuple[str, str]]) -> None:
        face = self._face
        column = QVBoxLayout(inner)
        bare(column, face.px("space.s"))
        size = QSize(face.scaled(360), face.scaled(80))
        self.drawing = Drawing(face, "home", size)
        column.addWidget(self.drawing)
        column.addSpacing(face.px("space.xxl"))
        column.addWidget(Word(face, "heading", title).wrapping())
        column.addWidget(Word(face, "value", text).wrapping())
        column.addSpacing(face.px("space.m"))
        buttons = QHBoxLayout()
        bare(buttons, face.px("space.m"))
        buttons.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._rows.append(buttons)
        if promises:
            column.addSpacing(face.px("space.l"))
            column.addWidget(hairline())
            column.addSpacing(face.px("space.s"))
            column.addLayout(self._promises(promises))

    def _promises(self, promises: Sequence[tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        bare(row, self._face.px("space.xxl"))
        for strong, quiet in promises:
            column = QVBoxLayout()
            bare(column)
            column.addWidget(Word(self._face, "strong", strong).wrapping())
            column.addWidget(Word(self._face, "small", quiet).wrapping())
            column.addStretch(1)
            row.addLayout(column, 1)
        self._rows.append(row)
        return row
