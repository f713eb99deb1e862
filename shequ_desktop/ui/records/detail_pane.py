"""The detail of a record: head, tabs, what each tab shows; a form in its place while somebody writes.

Owns what is in sight. What stands in the tabs is put there by whoever builds them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.ui.records.form_pane import FormPane
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar

CONTENT_MOST = 1120
"""Detail grows to this width, then stays at the left."""


class DetailPane(QStackedWidget):
    """`tab_shown` carries the tab that came into sight."""

    tab_shown = Signal(str)

    def __init__(self, session: Session, tabs_key: str, none_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = session.face
        self.face = face
        self.head = PageHead(face)
        self.tabs = TabBar(face, tabs_key)
        self.parts = QStackedWidget()
        self.form = FormPane(session)
        self._names: list[str] = []
        self._shown = QWidget()
        ground(self._shown, "surface")
        column = QVBoxLayout(self._shown)
        bare(column)
        column.addWidget(self.head)
        row = QHBoxLayout()
        margin = face.px("width.page_margin")
        row.setContentsMargins(margin, 0, margin, 0)
        row.addWidget(self.tabs, 1)
        column.addLayout(row)
        column.addWidget(hairline())
        column.addWidget(self.parts, 1)
        self._none = QWidget()
        ground(self._none, "surface")
        centre = QVBoxLayout(self._none)
        centre.addWidget(Word(face, "quiet", none_key), 0, Qt.AlignmentFlag.AlignCenter)
        for widget in (self._none, self._shown, self.form):
            self.addWidget(widget)
        self.tabs.currentChanged.connect(self._turn)
        self.form.left.connect(self._form_left)
        self._has_record = False

    def add_part(self, name: str, widget: QWidget) -> None:
        """What a tab shows."""
        self._names.append(name)
        self.parts.addWidget(widget)

    def show_tabs(self, tabs: Sequence[Tab]) -> None:
        if tuple(tabs) != self.tabs.shown():
            self.tabs.show_tabs(tabs)

    def show_record(self) -> None:
        """There is a record to be seen; a form that is open stays open."""
        self._has_record = True
        if self.currentWidget() is not self.form:
            self.setCurrentWidget(self._shown)

    def show_none(self) -> None:
        self._has_record = False
        if self.currentWidget() is not self.form:
            self.setCurrentWidget(self._none)

    def show_form(self) -> None:
        self.setCurrentWidget(self.form)

    @property
    def is_writing(self) -> bool:
        return self.currentWidget() is self.form

    def _form_left(self) -> None:
        self.setCurrentWidget(self._shown if self._has_record else self._none)
        self.tabs.setFocus()

    def _turn(self, place: int) -> None:
        if 0 <= place < len(self._names):
            self.parts.setCurrentIndex(place)
            self.tab_shown.emit(self._names[place])


def scrolled(content: QWidget) -> QScrollArea:
    """What scrolls when there is no room for it; at most as wide as detail may be."""
    ground(content, "surface")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
