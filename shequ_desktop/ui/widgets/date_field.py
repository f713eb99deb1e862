"""A field for a day, typed as people say it; what was understood stands at the right, inside the frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from shequ_desktop.domain.dates import DateProblem
from shequ_desktop.ui import days
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.field import Field


class DateField(Field):
    """`today` answers the day on the wall. `ahead`: a day that is to come (a promise), else one that has been."""

    def __init__(
        self,
        face: Face,
        key: str,
        *,
        today: Callable[[], date],
        ahead: bool = False,
        hint: str = "",
        width: str = "date",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(face, key, hint=hint, width=width, parent=parent)
        self._today, self._ahead = today, ahead
        self.edited.connect(self._understand)
        self.left.connect(self._complain)
        face.language_changed.connect(self._understand)

    def day(self) -> date | None:
        """The day understood; None where nothing or nothing certain was typed."""
        read = self._read()
        return read if isinstance(read, date) else None

    def set_day(self, day: date | None) -> None:
        self.set_text(day.isoformat() if day else "")
        self._understand()

    def problem(self) -> str:
        """Key of what is wrong with the text; empty where nothing is."""
        read = self._read()
        return read.key if isinstance(read, DateProblem) else ""

    def _read(self) -> date | DateProblem | None:
        return days.read_day(self.text(), self._today(), self.face.say, ahead=self._ahead)

    def _understand(self) -> None:
        read, today = self._read(), self._today()
        if not isinstance(read, date):
            self.show_trailing("")
            return
        words = days.told(read, today, self.face.say)
        if abs((read - today).days) <= 31:
            words = self.face.say("ui.day.understood", told=words, relative=days.relative(read, today, self.face.say))
        self.show_trailing(words)

    def _complain(self) -> None:
        if key := self.problem():
            self.show_error(key)
