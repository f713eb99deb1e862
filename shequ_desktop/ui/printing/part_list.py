"""The forms of the whole as small pages with their names; choosing one leads to it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shequ_desktop.services.print_preview import Part
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.printing.page_images import A4_INCHES, PageImages

Index = QModelIndex | QPersistentModelIndex
PART = Qt.ItemDataRole.UserRole + 1
SMALL_PAGE = 66


class PartModel(QAbstractListModel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Part, ...] = ()

    def replace(self, parts: tuple[Part, ...]) -> None:
        self.beginResetModel()
        self.parts = parts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        part = self.parts[index.row()]
        if role == PART:
            return part
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{part.name} {index.row() + 1} / {len(self.parts)}"
        return None


class PartDelegate(QStyledItemDelegate):
    """A picture of the first page, the name, which of how many."""

    def __init__(self, face: Face, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._images = face, images

    def _page_size(self) -> QSize:
        width = self._face.scaled(SMALL_PAGE)
        return QSize(width, round(width * A4_INCHES[1] / A4_INCHES[0]))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(self._face.px("width.print_pages"), self._page_size().height() + self._face.px("space.s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        part = index.data(PART)
        if not isinstance(part, Part):
            return
        face, box, state = self._face, QRect(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, face.colour("accent_soft"))
            painter.fillRect(box.left(), box.top(), face.px("line.mark"), box.height(), face.colour("accent"))
        size, gap = self._page_size(), face.px("space.xs")
        page = QRect(box.left() + face.px("space.m"), box.top() + gap, size.width(), size.height())
        painter.fillRect(page, face.colour("paper"))
        ratio = painter.device().devicePixelRatioF()
        if image := self._images.get(part.first, round(size.width() * ratio)):
            painter.drawImage(page, image)
        painter.setPen(face.colour("line_strong"))
        painter.drawRect(page.adjusted(0, 0, -1, -1))
        self._words(painter, page.right() + face.px("space.m"), box, part, index, chosen=chosen)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(face.colour("focus"))
            for inset in range(face.px("line.focus")):
                painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.restore()

    def _words(self, painter: QPainter, left_edge: int, box: QRect, part: Part, index: Index, *, chosen: bool) -> None:
        face = self._face
        room = QRect(left_edge, box.top(), box.right() - left_edge - face.px("space.xs"), box.height())
        line, small = face.px("text_box.body"), face.px("text_box.small")
        top = room.top() + (room.height() - line - small) // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(face.font(strong=chosen))
        painter.setPen(face.colour("text"))
        number, _, person = part.name.partition(" ")
        name = face.metrics(strong=chosen).elidedText(person or number, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.left(), top, room.width(), line), left, name)
        painter.setFont(face.font("small"))
        painter.setPen(face.colour("text_2"))
        of = f"{index.row() + 1} / {index.model().rowCount()}"
        below = f"{number}  {of}" if person else of
        painter.drawText(QRect(room.left(), top + line, room.width(), small), left, below)


class PartList(QListView):
    """`chosen(place)`; `dropped(place)`: Delete says that this one shall not be printed."""

    chosen = Signal(int)
    dropped = Signal(int)

    def __init__(self, face: Face, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._telling = PartModel(self), True
        self.setModel(self._parts)
        self.setItemDelegate(PartDelegate(face, images, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFixedWidth(face.px("width.print_pages"))
        face.speak(self, "ui.print.parts", "name")
        images.drawn.connect(lambda _page: self.viewport().update())
        self.selectionModel().currentChanged.connect(self._moved)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        self._telling = False
        self._parts.replace(parts)
        self._telling = True

    def mark(self, place: int) -> None:
        """Choose this one without telling."""
        if place >= 0 and place != self.currentIndex().row():
            self._telling = False
            self.setCurrentIndex(self._parts.index(place, 0))
            self._telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.dropped.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.chosen.emit(now.row())
