"""One page on the desk, as wide as there is room or as somebody chose; PageUp and PageDown leaf."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.printing.page_images import A4_INCHES, PageImages

WHOLE_WIDTH = 0.0
ZOOMS = (0.5, 0.67, 0.81, 1.0, 1.25, 1.5, 2.0)
SCREEN_DPI = 96


class PagePreview(QAbstractScrollArea):
    """`leafed(page)`: another page is seen. `zoomed`: its size changed."""

    leafed = Signal(int)
    zoomed = Signal()

    def __init__(self, face: Face, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._images = face, images
        self._page, self._pages, self._zoom = 0, 0, WHOLE_WIDTH
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        face.speak(self, "ui.print.preview", "name")
        images.drawn.connect(lambda page: self.viewport().update() if page == self._page else None)
        face.theme_changed.connect(self._draw_again)

    def _draw_again(self) -> None:
        """A bound method: the face outlives the page, and would call a lambda of a widget that is gone."""
        self.viewport().update()

    @property
    def page(self) -> int:
        return self._page

    @property
    def zoom(self) -> float:
        """How large the page is, to its size on paper."""
        return self._width() / (A4_INCHES[0] * SCREEN_DPI)

    @property
    def is_whole_width(self) -> bool:
        return self._zoom == WHOLE_WIDTH

    def show_pages(self, pages: int) -> None:
        """So many pages; the one in sight stays in sight where there is still such a one."""
        self._pages = pages
        self._page = min(self._page, max(pages - 1, 0))
        self._measure()

    def go(self, page: int) -> None:
        """Show a page from its top."""
        page = max(0, min(page, self._pages - 1))
        if page != self._page:
            self._page = page
            self.verticalScrollBar().setValue(0)
            self.viewport().update()
            self.leafed.emit(page)

    def step_zoom(self, by: int) -> None:
        """Larger or smaller by a step."""
        now = self.zoom
        steps = [zoom for zoom in ZOOMS if (zoom > now + 0.01 if by > 0 else zoom < now - 0.01)]
        if steps:
            self._zoom = steps[0] if by > 0 else steps[-1]
            self._measure()
            self.zoomed.emit()

    def fit(self) -> None:
        self._zoom = WHOLE_WIDTH
        self._measure()
        self.zoomed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go(0)
        elif key == Qt.Key.Key_End:
            self.go(self._pages - 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_Down else -1) * self._face.px("height.list_row"))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.step_zoom(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._measure()
        self.zoomed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._face.colour("desk"))
        if self._pages:
            box = self._box()
            painter.fillRect(box, self._face.colour("paper"))
            ratio = self.devicePixelRatioF()
            if image := self._images.get(self._page, round(box.width() * ratio)):
                painter.drawImage(box, image)
            painter.setPen(self._face.colour("line_strong"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.setPen(self._face.colour("focus"))
            for inset in range(self._face.px("line.focus")):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.end()

    def _width(self) -> int:
        if self._zoom == WHOLE_WIDTH:
            room = self.viewport().width() - 2 * self._face.px("space.l")
            return max(room, self._face.px("width.print_pages") // 2)
        return round(self._zoom * A4_INCHES[0] * SCREEN_DPI)

    def _box(self) -> QRect:
        """Where the page lies on the desk."""
        gap, width = self._face.px("space.l"), self._width()
        height = round(width * A4_INCHES[1] / A4_INCHES[0])
        left = max(gap, (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        return QRect(left, gap - self.verticalScrollBar().value(), width, height)

    def _measure(self) -> None:
        gap, box, room = self._face.px("space.l"), self._box(), self.viewport().size()
        for bar, needed, there in (
            (self.verticalScrollBar(), box.height() + 2 * gap, room.height()),
            (self.horizontalScrollBar(), box.width() + 2 * gap if self._zoom else 0, room.width()),
        ):
            bar.setRange(0, max(0, needed - there) if self._pages else 0)
            bar.setPageStep(there)
            bar.setSingleStep(gap)
        self.viewport().update()
