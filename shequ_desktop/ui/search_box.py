"""Search over everything (Ctrl+K): a line in the top bar, answers grouped in a list under it while somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListView, QWidget

from shequ_desktop.services import looking_up
from shequ_desktop.services.looking_up import Answer
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.answers import rows_of
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.field import Control
from shequ_desktop.ui.widgets.lines import Line
from shequ_desktop.ui.widgets.marks import Picture, Word, put
from shequ_desktop.ui.widgets.person_rows import PersonRowDelegate
from shequ_desktop.ui.widgets.popup import PopupList
from shequ_desktop.ui.widgets.rows import RowModel

PAUSE_MS = 40
MOST = 50
ROWS_SEEN = 8


class SearchLine(Line):
    """Typing starts anew each time the line gets the focus: what stands there is chosen."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        QTimer.singleShot(0, self.selectAll)


class SearchBox(Control):
    """`found`: (kind, id) of the answer that somebody took."""

    found = Signal(str, str)

    def __init__(self, face: Face, archive: OpenArchive, background: Background, parent: QWidget | None = None) -> None:
        self.line = SearchLine()
        super().__init__(face, self.line, parent=parent)
        self._face, self._archive, self._background = face, archive, background
        self._asked = ""
        self.add_leading(Picture(face, "magnifying-glass", "text"))
        self.keys = Word(face, "small")
        self.keys.show_text("Ctrl+K")
        self.add_trailing(self.keys)
        face.speak(self.line, "ui.frame.search", "placeholder")
        face.speak(self.line, "ui.frame.search_name", "name")
        self._model = RowModel(self)
        self.answers = PopupList(self.line, self)
        self.answers.setModel(self._model)
        self.answers.setItemDelegate(PersonRowDelegate(face, parent=self.answers))
        self.answers.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        put(self.answers, role="popup")
        self.answers.taken.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(lambda _text: self._pause.start())

    def begin(self) -> None:
        """Ctrl+K."""
        self.line.setFocus()
        self.line.selectAll()

    def shorten(self, *, narrow: bool) -> None:
        """A shorter hint where there is less room."""
        self._face.speak(self.line, "ui.frame.search_short" if narrow else "ui.frame.search", "placeholder")

    def _ask(self) -> None:
        words = self.line.text().strip()
        self._asked = words
        if not words:
            self.answers.hide()
            return
        self._background.read(
            looking_up.answers, self._archive, words=words, limit=MOST, on_done=lambda answers: self._show(words, answers)
        )

    def _show(self, words: str, answers: Sequence[Answer]) -> None:
        if words != self._asked or not self.line.hasFocus():
            return  # somebody has typed on, or gone away
        rows = rows_of(answers, self._face.say)
        self._model.replace(rows)
        height = self._face.px("height.list_row")
        self.answers.open_with(min(ROWS_SEEN, len(rows)), height)

    def _take(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        kind, _, record = row.id.partition(" ")
        self.line.clear()
        self._asked = ""
        if record:
            self.found.emit(kind, record)
