"""A list of everybody in its pane (名单): chips with counts, order, words that filter, rows read as they come into sight.

Owns when what is read. Knows no kind of record: it is given a source, and what makes a row of what the source tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from shequ_desktop.services import listing
from shequ_desktop.services.listing import Entry, Listed, Source, Wish
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.chips import Chip
from shequ_desktop.ui.widgets.field import Control
from shequ_desktop.ui.widgets.lines import Line
from shequ_desktop.ui.widgets.list_pane import ListPane
from shequ_desktop.ui.widgets.marks import Button, put, small
from shequ_desktop.ui.widgets.row_window import RowWindow
from shequ_desktop.ui.widgets.rows import Row

ABOVE, BELOW = 20, 40
"""Rows read around what is in sight."""
TYPING_MS = 150


class EntryList(QObject):
    """`listed` comes whenever the list was arranged anew; `words`: the keys' stem, e.g. `ui.households`."""

    listed = Signal()

    def __init__(
        self,
        session: Session,
        pane: ListPane,
        source: Source,
        row_of: Callable[[Any], Row],
        *,
        stem: str,
        groups: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or pane)
        self._session, self._pane, self._source, self._row_of = session, pane, source, row_of
        self._stem, self._groups = stem, tuple(groups)
        self.wish = Wish()
        self.entries: Sequence[Entry] | None = None
        self._window = RowWindow((), {}, self._want)
        self._reading, self._again, self._stale = False, False, True
        self._wanted: set[int] = set()
        self._asking = False
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.timeout.connect(self._ask)
        self._type_timer = QTimer(self)
        self._type_timer.setSingleShot(True)
        self._type_timer.setInterval(TYPING_MS)
        self._type_timer.timeout.connect(self._typed)
        self._build()

    def _build(self) -> None:
        face, pane = self._session.face, self._pane
        self.order = small(Button(face, f"ui.order.{self.wish.order}", kind="link", icon="caret-down"))
        self.order.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self.order)
        for order in listing.ORDERS:
            action = menu.addAction(face.say(f"ui.order.{order}"))
            action.triggered.connect(lambda _on=False, value=order: self.sort_by(value))
        self.order.setMenu(menu)
        pane.line.replaceWidget(pane.order, self.order)
        pane.order.hide()
        self.words = Line()
        self.words_box = Control(face, self.words, small=True)
        face.speak(self.words, f"{self._stem}.filter", "placeholder")
        face.speak(self.words, f"{self._stem}.filter", "name")
        self.close_words = Button(face, icon="x", kind="flat")
        face.speak(self.close_words, "ui.list.show_all", "name")
        face.speak(self.close_words, "ui.list.show_all", "tip")
        self.close_words.clicked.connect(self.stop_filtering)
        put(self.close_words, small="true")
        for widget in (self.words_box, self.close_words):
            pane.top.addWidget(widget)
            widget.hide()
        self.words.textChanged.connect(lambda _text: self._type_timer.start())
        self.words.installEventFilter(self)
        pane.chips.chosen.connect(self._group_chosen)
        pane.show_chips([self._chip(group, 0) for group in self._groups])

    # -- what somebody wishes

    def sort_by(self, order: str) -> None:
        self.wish = replace(self.wish, order=order)
        self.order.say(f"ui.order.{order}")
        self.read(anew=False)

    def filter(self) -> None:
        """Type words that filter the list."""
        self._pane.chips.hide()
        self.words_box.show()
        self.close_words.show()
        self.words.setFocus()
        self.words.selectAll()

    def stop_filtering(self) -> None:
        self.words.clear()
        self._type_timer.stop()
        self.words_box.hide()
        self.close_words.hide()
        self._pane.chips.show()
        self._typed()
        self._pane.list.setFocus()

    @property
    def is_filtering(self) -> bool:
        return not self.words_box.isHidden()

    def _typed(self) -> None:
        if self.words.text() != self.wish.words:
            self.wish = replace(self.wish, words=self.words.text())
            self.read(anew=False)

    def _group_chosen(self, group: str) -> None:
        self.wish = replace(self.wish, group=group)
        self.read(anew=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is not self.words or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self._pane.list.setFocus()
        if not self._pane.list.chosen_id():
            self._pane.list.choose_first()
        return True

    # -- reading

    def mark_stale(self) -> None:
        """Something changed while nobody looked."""
        self._stale = True

    def read_if_stale(self) -> None:
        if self._stale or self.entries is None:
            self.read()

    def read(self, *, anew: bool = True) -> None:
        """Arrange the list as wished; `anew`: also read everybody again. Several wishes at once are one reading."""
        self._stale = self._stale or anew
        if self._reading:
            self._again = True
            return
        self._reading = True
        known = None if self._stale else self.entries
        self._stale = False
        wish, session = self.wish, self._session
        session.background.run(
            listing.read, session.archive, self._source, wish,
            names=self._groups, today=session.today(), entries=known, seen=self._in_sight(),
            reads=True,
            on_done=lambda found: self._take(wish, found),
            on_problem=self._failed,
        )  # fmt: skip

    def _failed(self, problems: Any) -> None:
        self._reading = False
        self._session.tell_problems(problems)

    def _take(self, wish: Wish, found: Listed) -> None:
        self._reading = False
        self.entries = found.entries
        rows = {row.id: row for row in map(self._row_of, found.rows)}
        self._window = RowWindow(found.ids, rows, self._want, stale=self._window.known())
        self._pane.list.show_rows(self._window)
        self._pane.show_chips([self._chip(group, found.counts.get(group, 0)) for group in self._groups])
        key = f"{self._stem}.count" if found.ids or wish.words or wish.group != listing.ALL else f"{self._stem}.count_none"
        self._pane.count.say(key, count=f"{len(found.ids):,}")
        if self._again:
            self._again = False
            self.read(anew=False)
        self.listed.emit()

    def _chip(self, group: str, count: int) -> Chip:
        return Chip(group, f"ui.group.{group}", count)

    def _in_sight(self) -> list[str]:
        view = self._pane.list
        rows: Sequence[str] = self._window.ids
        top = view.indexAt(view.viewport().rect().topLeft())
        first = max(0, top.row() - 2) if top.isValid() else 0
        chosen = view.chosen_id()
        return [*rows[first : first + ABOVE], *([chosen] if chosen else [])]

    def _want(self, place: int) -> None:
        self._wanted.add(place)
        if not self._asking:
            self._ask_timer.start(0)

    def _ask(self) -> None:
        """Read the rows that came into sight last, and some around them."""
        if self._asking or not self._wanted:
            return
        window, wanted = self._window, sorted(self._wanted)[-2 * BELOW :]
        self._wanted = set()
        first, last = max(0, wanted[0] - ABOVE), wanted[-1] + BELOW
        if last - first > 4 * BELOW:
            first = last - 4 * BELOW
        self._asking = True
        self._session.background.run(
            self._source.rows, self._session.archive, window.ids[first : last + 1],
            reads=True,
            on_done=lambda told: self._learn(window, first, last, told),
            on_problem=lambda _problems: self._asked(),
        )  # fmt: skip

    def _learn(self, window: RowWindow, first: int, last: int, told: Sequence[Any]) -> None:
        window.learn({row.id: row for row in map(self._row_of, told)})
        if window is self._window:
            model = self._pane.list.rows
            model.dataChanged.emit(model.index(first, 0), model.index(min(last, len(window) - 1), 0))
        self._asked()

    def _asked(self) -> None:
        self._asking = False
        if self._wanted:
            self._ask_timer.start(0)
