"""Tells the views what changed in the archive: after each save here, and when another process has committed.

The one place from which views learn that they must read again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from shequ_desktop.services import noticing
from shequ_desktop.services.noticing import Changed, Seen
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.background import Background

LOOK_EVERY_MS = 2_000


class ChangeFeed(QObject):
    """`records_changed` carries a `Changed`. `look` asks at once; otherwise it looks every two seconds."""

    records_changed = Signal(object)
    exchanged = Signal()

    def __init__(self, archive: OpenArchive, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._archive, self._background = archive, background
        self._seen: Seen | None = None
        self._looking = self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """See what changed; several wishes at once are one look."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        if self._seen is None:
            self._background.run(noticing.now, self._archive, reads=True, on_done=self._start_from, on_problem=self._failed)
        else:
            self._background.run(
                noticing.since, self._archive, self._seen, reads=True, on_done=self._heard, on_problem=self._failed
            )

    def stop(self) -> None:
        self._timer.stop()

    def _start_from(self, seen: Seen) -> None:
        self._seen = seen
        self._looked()

    def _heard(self, heard: tuple[Seen, Changed]) -> None:
        before, (self._seen, changed) = self._seen, heard
        self._looked()
        if changed:
            self.records_changed.emit(changed)
        if before is not None and before.cursor != self._seen.cursor:
            self.exchanged.emit()

    def _failed(self, _problems: object) -> None:
        self._looked()

    def _looked(self) -> None:
        self._looking = False
        if self._again and self._timer.isActive():
            self._again = False
            self.look()
