"""Tabs with a painted count or state beside the word. Keyboard and roles are those of QTabBar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from shequ_desktop.ui.face import Face


@dataclass(frozen=True, slots=True)
class Tab:
    """`beside`: a count or a word of state; `tone` its token; `icon` a mark before it."""

    value: str
    key: str = ""
    text: str = ""
    beside: str = ""
    tone: str = "text_2"
    icon: str = ""


class TabBar(QTabBar):
    """Height 44; the chosen word in 600 over a bar of 3 px."""

    def __init__(self, face: Face, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._tabs: tuple[Tab, ...] = ()
        self._tight = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        face.speak(self, key, "name")
        face.language_changed.connect(self._say)
        face.theme_changed.connect(self._say)

    def in_margins(self) -> QHBoxLayout:
        """The bar as a row of a page, its first word below the page's title."""
        row = QHBoxLayout()
        margin = self._face.px("width.page_margin")
        row.setContentsMargins(margin, 0, margin, 0)
        row.addWidget(self)
        return row

    def show_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these; the chosen one stays chosen."""
        chosen = self.value()
        self._tabs = tuple(tabs)
        while self.count() > len(self._tabs):
            self.removeTab(self.count() - 1)
        while self.count() < len(self._tabs):
            self.addTab("")
        self._say()
        self.choose(chosen)

    def shown(self) -> tuple[Tab, ...]:
        return self._tabs

    def value(self) -> str:
        place = self.currentIndex()
        return self._tabs[place].value if 0 <= place < len(self._tabs) else ""

    def choose(self, value: str) -> None:
        for place, tab in enumerate(self._tabs):
            if tab.value == value:
                self.setCurrentIndex(place)

    def step(self, by: int) -> None:
        """The next or the one before, round and round."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return self._size(index, tight=self._tight)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where they do not fit, tabs stand closer and leave their counts out."""
        tight = sum(self._size(place, tight=False).width() for place in range(self.count())) > self.width()
        if tight != self._tight:
            self._tight = tight
            self.setIconSize(self.iconSize())  # lets Qt measure the tabs again
        super().resizeEvent(event)

    @property
    def _gap(self) -> int:
        return self._face.px("space.m" if self._tight else "space.xl")

    def _size(self, index: int, *, tight: bool) -> QSize:
        word, beside = self._texts(index)
        beside = "" if tight else beside
        width = self._face.metrics(strong=True).horizontalAdvance(word)
        if beside:
            width += self._face.px("space.s") + self._face.metrics("small").horizontalAdvance(beside)
        if self._tabs[index].icon if index < len(self._tabs) else "":
            width += self._face.px("icon.small") + self._face.px("space.xs")
        gap = self._face.px("space.m" if tight else "space.xl")
        return QSize(width + gap, self._face.px("height.tab_bar") - 8)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return self.tabSizeHint(index)

    def _texts(self, index: int) -> tuple[str, str]:
        tab = self._tabs[index] if index < len(self._tabs) else Tab("")
        return (self._face.say(tab.key) if tab.key else tab.text), tab.beside

    def _say(self) -> None:
        for place in range(self.count()):
            word, beside = self._texts(place)
            self.setTabText(place, word)
            self.setAccessibleTabName(place, f"{word} {beside}".strip())
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        for place in range(self.count()):
            self._paint_tab(painter, place)
        painter.end()

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        face, box, chosen = self._face, self.tabRect(place), place == self.currentIndex()
        box = box.adjusted(0, 0, -self._gap, 0)
        word, beside = self._texts(place)
        painter.setFont(face.font(strong=chosen))
        painter.setPen(face.colour("text" if chosen else "text_2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        if beside and not self._tight:
            self._paint_beside(painter, place, box, face.metrics(strong=chosen).horizontalAdvance(word))
        if chosen:
            bar = face.px("line.tab")
            painter.fillRect(box.left(), self.height() - bar, box.width(), bar, face.colour("accent"))
        if chosen and self.hasFocus():
            painter.setPen(face.colour("focus"))
            for inset in range(face.px("line.focus")):
                painter.drawRect(box.adjusted(-4 + inset, 2 + inset, 3 - inset, -face.px("line.tab") - 3 - inset))

    def _paint_beside(self, painter: QPainter, place: int, box: QRect, used: int) -> None:
        face, tab = self._face, self._tabs[place]
        left = box.left() + used + face.px("space.s")
        if tab.icon:
            size = face.px("icon.small")
            drawn = face.pixmap(tab.icon, tab.tone, "small", ratio=self.devicePixelRatioF(), filled=tab.icon == "check-circle")
            painter.drawPixmap(left, box.top() + (box.height() - size) // 2, drawn)
            left += size + face.px("space.xs")
        painter.setFont(face.font("small"))
        painter.setPen(face.colour(tab.tone))
        beside = QRect(left, box.top(), box.right() - left + 8, box.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tab.beside)
