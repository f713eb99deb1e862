"""The line under all pages: network and what waits; what was done and its undo; when it was saved. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shequ_desktop.ui import days
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.session import SyncState
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, put
from shequ_desktop.ui.widgets.undo_line import UndoLine


class StatusBar(QFrame):
    """Height 32."""

    def __init__(self, face: Face, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._today = face, today
        self._state = SyncState()
        self._saved: datetime | None = None
        self._narrow = self._online = self._sending = False
        put(self, ground="window", line="top")
        self.setFixedHeight(face.px("height.status_bar"))
        self.network_mark = Picture(face, "wifi-slash", "text", "small")
        self.network, self.waiting = Word(face, "plain_small"), Word(face, "plain_small")
        self.last = Word(face, "small")
        self.undo_line = UndoLine(face)
        self.saved_mark, self.saved_word = Picture(face, "check", "text_2", "small"), Word(face, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(face.px("space.l"), 0, face.px("space.l"), 0)
        row.setSpacing(face.px("space.l"))
        left = QHBoxLayout()
        bare(left, face.px("space.s"))
        left.addWidget(self.network_mark)
        left.addWidget(self.network)
        row.addLayout(left)
        for widget in (self.waiting, self.last):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.undo_line)
        row.addStretch(1)
        right = QHBoxLayout()
        bare(right, face.px("space.s"))
        right.addWidget(self.saved_mark)
        right.addWidget(self.saved_word)
        row.addLayout(right)
        face.language_changed.connect(self._say)
        self._say()

    def tell(self, key: str, undo: Callable[[], None] | None = None, /, **values: object) -> None:
        """What was done, with the way to undo it; stays until the next action."""
        self.undo_line.tell(key, undo, **values)

    def saved(self, at: datetime) -> None:
        self._saved = at
        self._say()

    def reachable(self, online: bool) -> None:
        self._online = online
        self._say()

    def sending(self, key: str, /, **values: object) -> None:
        """What the exchange is doing, in place of what waits; an empty key when it has ended."""
        self._sending = bool(key)
        if key:
            self.waiting.say(key, **values)
            self.waiting.show()
        else:
            self._say()

    def show_sync(self, state: SyncState) -> None:
        self._state = state
        self._say()

    def take_over(self, before: StatusBar) -> None:
        """Say what another bar said."""
        self._state, self._saved, self._online = before._state, before._saved, before._online
        self._say()

    def arrange(self, *, narrow: bool) -> None:
        """The least important goes first."""
        self._narrow = narrow
        self._say()

    def _say(self) -> None:
        state, face = self._state, self._face
        online = state.enrolled and self._online
        self.network_mark.draw("wifi-high" if online else "wifi-slash", "text")
        self.network.say(("ui.frame.online" if self._online else "ui.frame.offline") if state.enrolled else "ui.frame.alone")
        if not self._sending:
            self._say_waiting(state)
        if state.last:
            self.last.say("ui.frame.last_sync", when=days.moment(state.last, self._today(), face.say))
        else:
            self.last.say("ui.frame.never_synced")
        self.last.setVisible(state.enrolled and not self._narrow)
        self.saved_mark.setVisible(self._saved is not None)
        if self._saved:
            self.saved_word.say("ui.frame.saved", time=self._saved.strftime("%H:%M"))
        else:
            self.saved_word.say("ui.frame.not_saved")

    def _say_waiting(self, state: SyncState) -> None:
        self.waiting.setVisible(state.enrolled)
        self.waiting.tone("warn" if state.set_aside else "")
        if state.set_aside:
            self.waiting.say("ui.frame.set_aside", count=f"{state.set_aside:,}", waiting=f"{state.waiting:,}")
        elif state.waiting:
            self.waiting.say("ui.frame.waiting", count=f"{state.waiting:,}")
        else:
            self.waiting.say("ui.frame.waiting_none")
