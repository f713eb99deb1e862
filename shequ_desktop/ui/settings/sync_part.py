"""When the window exchanges with the league by itself. Each choice holds at once; whoever keeps the timer is told."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import preferences
from shequ_desktop.ui import places
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.widgets.choices import KeyedCheck, Segments
from shequ_desktop.ui.widgets.marks import Button
from shequ_desktop.ui.widgets.options import Option

MINUTES = (10, 30, 60, 180)


class SyncPart(Part):
    """By itself or not, how often, and sparing a metered line."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.section("ui.settings.sync", "ui.settings.sync_text")
        self.by_itself = KeyedCheck(face, "ui.settings.sync_by_itself")
        minutes = [Option(str(each), face.say("ui.settings.minutes", count=each)) for each in MINUTES]
        self.every = Segments(face, "ui.settings.sync_every", minutes)
        self.sparing = KeyedCheck(face, "ui.settings.sync_sparing")
        self.to_page = Button(face, "ui.settings.sync_page", icon="arrows-clockwise")
        for widget in (self.by_itself, self.every, self.sparing):
            self.column.addWidget(widget)
        self.row(self.to_page)
        self.column.addStretch(1)
        self.first = self.by_itself
        self.by_itself.clicked.connect(lambda on: self._keep(sync_by_itself=on))
        self.sparing.clicked.connect(lambda on: self._keep(sync_saves_traffic=on))
        self.every.chosen.connect(lambda minutes: self._keep(sync_minutes=int(minutes)))
        self.to_page.clicked.connect(lambda: session.go(places.SYNC, ""))
        self._show()

    def come_into_sight(self) -> None:
        self._show()

    def _keep(self, **chosen: bool | int) -> None:
        problem = preferences.keep(self.session.archive.folder, **chosen)
        if problem:
            self.session.tell_problems([problem])
        self._show()
        self.session.settings_chosen()

    def _show(self) -> None:
        chosen = preferences.load(self.session.archive.folder)
        self.by_itself.setChecked(bool(chosen["sync_by_itself"]))
        self.sparing.setChecked(bool(chosen["sync_saves_traffic"]))
        self.every.set_value(str(chosen["sync_minutes"]))
        self.every.setEnabled(bool(chosen["sync_by_itself"]))
