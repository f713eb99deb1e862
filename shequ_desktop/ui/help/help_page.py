"""Help (帮助): the guide's pages at the left, one of them at the right; F1 leads to the one that explains the page in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from shequ_desktop.ui.help import guide
from shequ_desktop.ui.help.guide import GuidePage
from shequ_desktop.ui.help.reader import Reader
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.field import Control
from shequ_desktop.ui.widgets.lines import Line
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.rows import Row
from shequ_desktop.ui.window_class import WindowClass

TYPING_MS = 120
LIST_WIDTH = 320


class HelpPage(Page):
    """`open` takes the key of a page of the window, or the name of a guide page's file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.pages = guide.guide()
        self.page: GuidePage | None = None
        self._from = ""
        self._narrow, self._in_detail = False, True
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._search)
        self._build()
        self._search()

    def _build(self) -> None:
        face = self.face
        self.head = PageHead(face)
        self.head.line.say("ui.help.line")
        self.head.back.connect(self._back_to_list)
        self.suggest = self.head.add_button("ui.help.suggest", icon="chat-text")
        self.suggest.clicked.connect(lambda: self.session.go("suggestions", self._from))
        self.words = Line()
        self.words_box = Control(face, self.words, small=True)
        self.words_box.add_leading(Picture(face, "magnifying-glass", "text", "small"))
        face.speak(self.words, "ui.help.search", "placeholder")
        face.speak(self.words, "ui.help.search", "name")
        self.words.textEdited.connect(lambda _text: self._typing.start())
        self.words.returnPressed.connect(self._to_list)
        self.none = Word(face, "quiet", "ui.help.none").wrapping()
        self.list = RowList(face, "ui.help.list")
        self.list.chosen.connect(lambda file: self._show(guide.named(file, self.pages)))
        self.list.asked.connect(self._read_on)
        self.reader = Reader(face)
        self.reader.asked.connect(self._follow)
        self.left, right = QWidget(), QWidget()
        for part in (self.left, right):
            ground(part, "surface")
        self.right = right
        self._fill_left()
        column = QVBoxLayout(right)
        bare(column)
        for widget in (self.head, hairline()):
            column.addWidget(widget)
        column.addWidget(self.reader, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        bare(whole)
        whole.addWidget(self.splitter)

    def _fill_left(self) -> None:
        margin = self.face.px("width.list_margin")
        column = QVBoxLayout(self.left)
        bare(column)
        top = QWidget()
        top.setFixedHeight(self.face.px("height.page_head"))
        beside = QVBoxLayout(top)
        beside.setContentsMargins(margin, 0, margin, 0)
        beside.addWidget(self.words_box)
        column.addWidget(top)
        column.addWidget(hairline())
        self.none.setContentsMargins(margin, self.face.px("space.m"), margin, self.face.px("space.m"))
        column.addWidget(self.none)
        column.addWidget(self.list, 1)

    # -- what the window asks

    def open(self, target: str = "") -> None:
        if target:
            self._from = target if guide.named(target, self.pages) is None else self._from
            self._lead_to(guide.named(target, self.pages) or guide.explaining(target, self.pages))
        elif self.page is None:
            self._lead_to(self.pages[0])

    def target(self) -> str:
        return self.page.file if self.page else ""

    def panes(self) -> list[QWidget]:
        if self._narrow:
            return [self.reader if self._in_detail else self.list]
        return [self.reader, self.words, self.list]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        acts: dict[str, Callable[[], Any]] = {"filter": self._filter}
        if self._narrow and self._in_detail:
            acts["back"] = self._back_to_list
        return acts

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        if self._narrow:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
        else:
            self.left.setFixedWidth(self.face.scaled(LIST_WIDTH))
        self._show_panes()

    def _show_panes(self) -> None:
        self.left.setVisible(not (self._narrow and self._in_detail))
        self.right.setVisible(not self._narrow or self._in_detail)
        self.head.show_back("ui.help.all" if self._narrow else "")

    # -- acting

    def _filter(self) -> None:
        if self._narrow:
            self._back_to_list()
        self.words.setFocus()
        self.words.selectAll()

    def _search(self) -> None:
        hits = guide.search(self.words.text(), self.pages)
        self.list.show_rows([Row(hit.page.file, hit.page.title, below=hit.around or hit.page.about) for hit in hits])
        self.list.setVisible(bool(hits))
        self.none.setVisible(not hits)
        if hits and self.words.text().strip():
            self.list.choose(hits[0].page.file)
        self.reader.mark(self.words.text().strip())

    def _to_list(self) -> None:
        self.list.setFocus()

    def _lead_to(self, page: GuidePage) -> None:
        self._in_detail = True
        if not self.list.choose(page.file):
            self.words.clear()
            self._search()
            self.list.choose(page.file)
        self._show(page)
        self._show_panes()

    def _show(self, page: GuidePage | None) -> None:
        if page is None or page == self.page:
            return
        self.page = page
        self.head.title.show_text(page.title)
        self.reader.show_text(page.text)
        self.reader.mark(self.words.text().strip())

    def _read_on(self, _file: str) -> None:
        self._in_detail = True
        self._show_panes()
        self.reader.setFocus()

    def _back_to_list(self) -> None:
        self._in_detail = False
        self._show_panes()
        self.list.setFocus()

    def _follow(self, link: str) -> None:
        if page := guide.named(link.partition("#")[0], self.pages):
            self.session.go("help", page.file)
