"""The detail of a record: head, tabs, what each tab shows; a form in its place while somebody writes.

Owns what is in sight. A tab is made when it is first looked at, and filled while it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.ui.records.form_pane import FormPane, Work
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar

CONTENT_MOST = 1120
"""Detail grows to this width, then stays at the left."""


class DetailPane(QStackedWidget):
    """Subclasses add parts and show a record; pages open forms."""

    def __init__(self, session: Session, tabs_key: str, none_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = session.face
        self.face = face
        self.head = PageHead(face)
        self.tabs = TabBar(face, tabs_key)
        self.parts = QStackedWidget()
        self._session = session
        self._form: FormPane | None = None
        self._parts: dict[str, tuple[Callable[[], QWidget], Callable[[], None]]] = {}
        self._made: set[str] = set()
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
        for widget in (self._none, self._shown):
            self.addWidget(widget)
        self.tabs.currentChanged.connect(self._turn)
        self._has_record = False

    def add_part(self, name: str, make: Callable[[], QWidget], fill: Callable[[], None]) -> None:
        """What a tab shows: `make` it once, `fill` it with the record of now."""
        self._parts[name] = (make, fill)
        self.parts.addWidget(QWidget())

    def fill(self) -> None:
        """Fill the tab that is looked at."""
        names = list(self._parts)
        place = self.tabs.currentIndex()
        if not 0 <= place < len(names):
            return
        make, fill = self._parts[names[place]]
        if names[place] not in self._made:
            self._made.add(names[place])
            before, part = self.parts.widget(place), make()
            self.parts.insertWidget(place, part)
            self.parts.removeWidget(before)
            self._put_head_last(part)
        self.parts.setCurrentIndex(place)
        fill()

    def is_made(self, name: str) -> bool:
        """Whether somebody has looked at this tab."""
        return name in self._made

    def _put_head_last(self, part: QWidget) -> None:
        """Tab goes through what is looked at before it comes to the buttons of the head."""
        stops = [
            one for one in part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()
        ]
        for earlier, later in pairwise([*(stops[-1:] or [self.tabs]), *self.head.buttons]):
            QWidget.setTabOrder(earlier, later)

    @property
    def form(self) -> FormPane:
        """The place of forms, made when somebody first writes."""
        if self._form is None:
            self._form = FormPane(self._session)
            self._form.left.connect(self._form_left)
            self.addWidget(self._form)
        return self._form

    @property
    def work(self) -> Work | None:
        """The form that is open."""
        return self._form.work if self._form else None

    def keep(self) -> None:
        if self._form is not None:
            self._form.keep()

    def show_tabs(self, tabs: Sequence[Tab]) -> None:
        if tuple(tabs) != self.tabs.shown():
            self.tabs.show_tabs(tabs)

    def show_record(self) -> None:
        """There is a record to be seen; a form that is open stays open."""
        self._has_record = True
        if not self.is_writing:
            self.setCurrentWidget(self._shown)

    def show_none(self) -> None:
        self._has_record = False
        if not self.is_writing:
            self.setCurrentWidget(self._none)

    def show_form(self) -> None:
        self.setCurrentWidget(self.form)

    @property
    def is_writing(self) -> bool:
        return self._form is not None and self.currentWidget() is self._form

    def _form_left(self) -> None:
        self.setCurrentWidget(self._shown if self._has_record else self._none)
        self.tabs.setFocus()

    def _turn(self, _place: int) -> None:
        if self._has_record:
            self.fill()


def scrolled(content: QWidget) -> QScrollArea:
    """What scrolls when there is no room for it; at most as wide as detail may be."""
    ground(content, "surface")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
