"""The pages by icon, word and count, at the left of the window. Shows only pages that exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.page import Count, PageKind
from shequ_desktop.ui.widgets.marks import bare, put
from shequ_desktop.ui.widgets.shapes import paint_shape

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole + 1
VERTICAL = Qt.AlignmentFlag.AlignVCenter


class NavModel(QAbstractListModel):
    """Pages and their counts."""

    def __init__(self, face: Face, kinds: Sequence[PageKind], parent: QWidget) -> None:
        super().__init__(parent)
        self._face, self.kinds = face, tuple(kinds)
        self.counts: dict[str, Count] = {}

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        if dict(counts) != self.counts:
            self.counts = dict(counts)
            self.say_again()

    def say_again(self) -> None:
        if self.kinds:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.kinds) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.kinds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        kind = self.kinds[index.row()]
        if role == ITEM:
            return kind
        if role == Qt.ItemDataRole.DisplayRole:
            return self._face.say(kind.word)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self.counts.get(kind.key)
            return f"{self._face.say(kind.word)} {count.number}" if count and count.number else self._face.say(kind.word)
        return None


class NavDelegate(QStyledItemDelegate):
    """Chosen: surface ground, a bar of 4 px, filled icon, word in 600; in sunlight filled with accent."""

    def __init__(self, face: Face, parent: QListView) -> None:
        super().__init__(parent)
        self._face, self._view = face, parent
        self.narrow = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        return QSize(100, self._face.px("height.nav_row_narrow" if self.narrow else "height.nav_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face, kind = self._face, index.data(ITEM)
        box = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        filled = chosen and face.tokens.is_sunlight
        painter.save()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, face.colour("accent" if filled else "surface" if chosen else "line"))
        if chosen:
            painter.fillRect(box.left(), box.top(), face.px("line.mark"), box.height(), face.colour("accent"))
        if chosen and self._view.hasFocus():
            painter.setPen(face.colour("on_accent" if filled else "focus"))
            for inset in range(2, 2 + face.px("line.focus")):
                painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        colour = "on_accent" if filled else "accent" if chosen else "text"
        self._paint_words(painter, box, index, kind, colour, chosen=chosen)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, index: Index, kind: PageKind, colour: str, *, chosen: bool) -> None:
        face, size = self._face, self._face.px("icon.normal")
        drawn = face.pixmap(kind.icon, colour, ratio=painter.device().devicePixelRatioF(), filled=chosen)
        painter.drawPixmap(box.left() + face.px("space.l"), box.top() + (box.height() - size) // 2, drawn)
        left = box.left() + face.px("space.l") + size + face.px("space.m")
        painter.setFont(face.font(strong=chosen))
        painter.setPen(face.colour(colour))
        painter.drawText(QRect(left, box.top(), box.right() - left, box.height()), VERTICAL, index.data())
        self._paint_count(painter, box, index, colour, chosen=chosen)

    def _paint_count(self, painter: QPainter, box: QRect, index: Index, colour: str, *, chosen: bool) -> None:
        model = index.model()
        count = model.counts.get(model.kinds[index.row()].key) if isinstance(model, NavModel) else None
        if count is None or not count.number:
            return
        face, strong = self._face, chosen or count.alarm
        painter.setFont(face.font("small", strong=strong))
        shown = face.colour("alarm" if count.alarm and colour != "on_accent" else colour if chosen else "text_2")
        painter.setPen(shown)
        text, right = f"{count.number:,}", box.right() - face.px("space.m")
        width = face.metrics("small", strong=strong).horizontalAdvance(text)
        painter.drawText(QRect(right - width, box.top(), width + 1, box.height()), VERTICAL, text)
        if count.alarm:
            size = face.px("icon.risk")
            top = box.top() + (box.height() - size) / 2
            paint_shape(painter, "triangle", QRectF(right - width - size - face.px("space.xs"), top, size, size), shown)


class NavList(QListView):
    """One column of pages."""

    def __init__(self, face: Face, kinds: Sequence[PageKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.model_ = NavModel(face, kinds, self)
        self.delegate = NavDelegate(face, self)
        self.setModel(self.model_)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        put(self, ground="window")
        face.speak(self, "ui.frame.navigation", "name")
        face.language_changed.connect(self.model_.say_again)

    def fit_height(self) -> None:
        rows = self.model_.rowCount()
        self.setFixedHeight(rows * self.delegate.sizeHint(QStyleOptionViewItem(), self.model_.index(0, 0)).height())


class Navigation(QFrame):
    """`asked`: a page's key. The pages that stand apart are at the bottom."""

    asked = Signal(str)

    def __init__(self, face: Face, kinds: Sequence[PageKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        put(self, ground="window", line="right")
        shown = [kind for kind in kinds if not kind.hidden]
        self.main = NavList(face, [kind for kind in shown if not kind.apart])
        self.apart = NavList(face, [kind for kind in shown if kind.apart])
        self._column = QVBoxLayout(self)
        bare(self._column)
        self._column.setContentsMargins(0, face.px("space.s"), 0, face.px("space.s"))
        self._column.addWidget(self.main, 1)
        self._column.addWidget(self.apart)
        self.apart.setVisible(bool(self.apart.model_.kinds))
        for view in (self.main, self.apart):
            view.selectionModel().currentChanged.connect(lambda now, _before, v=view: self._moved(v, now))
        self._told, self._width = True, 0
        self._measure()
        face.theme_changed.connect(self._measure)
        face.language_changed.connect(self._measure)

    def numbered(self, number: int) -> str:
        """Key of the page that Ctrl+number means; empty where there is none."""
        kinds = [*self.main.model_.kinds, *self.apart.model_.kinds]
        return kinds[number - 1].key if 0 < number <= len(kinds) else ""

    def mark(self, key: str) -> None:
        """Show which page is in sight."""
        self._told = False
        for view in (self.main, self.apart):
            place = next((row for row, kind in enumerate(view.model_.kinds) if kind.key == key), -1)
            view.setCurrentIndex(view.model_.index(place, 0) if place >= 0 else QModelIndex())
        self._told = True

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        for view in (self.main, self.apart):
            view.model_.show_counts(counts)
        self._measure()

    def width_now(self) -> int:
        """The width it has or will have after the next layout."""
        return self._width

    def arrange(self, *, narrow: bool) -> None:
        for view in (self.main, self.apart):
            view.delegate.narrow = narrow
            view.scheduleDelayedItemsLayout()
        self.apart.fit_height()

    def _moved(self, view: NavList, now: QModelIndex) -> None:
        if self._told and now.isValid():
            self.asked.emit(view.model_.kinds[now.row()].key)

    def _measure(self) -> None:
        """144, or 160 where the widest word and its count need it."""
        face, widest = self._face, 0
        for view in (self.main, self.apart):
            for kind in view.model_.kinds:
                count = view.model_.counts.get(kind.key)
                room = face.metrics(strong=True).horizontalAdvance(face.say(kind.word))
                if count and count.number:
                    room += face.px("space.s") + face.metrics("small", strong=True).horizontalAdvance(f"{count.number:,}")
                    room += face.px("icon.risk") + face.px("space.xs") if count.alarm else 0
                widest = max(widest, room)
        name = face.metrics(strong=True).horizontalAdvance(face.say("ui.name"))
        brand = face.px("space.l") + face.px("icon.normal") + face.px("space.s") + name + face.px("space.s")
        needed = max(face.px("space.l") + face.px("icon.normal") + 2 * face.px("space.m") + widest, brand)
        usual, latin = face.px("width.nav"), face.px("width.nav_latin")
        self._width = usual if needed <= usual else max(latin, needed)
        self.setFixedWidth(self._width)
        if self.apart.model_.kinds:
            self.apart.fit_height()
        for view in (self.main, self.apart):
            view.scheduleDelayedItemsLayout()
