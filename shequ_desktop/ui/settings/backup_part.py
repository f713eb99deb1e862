"""Backing up now, and the program's own backups; restoring begins here and goes on in its own pane."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import restoring
from shequ_desktop.services.restoring import SUFFIX
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings import backup_rows
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.settings.restore_pane import RestorePane
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.progress_line import ProgressLine


class BackupPart(Part):
    """One button each; nothing here changes the archive before the last one of the restoring pane is pressed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.section("ui.backup.title", "ui.backup.text")
        self.back_up_button = Button(face, "ui.backup.now", icon="download-simple")
        self.back_up_button.clicked.connect(self.back_up)
        self.row(self.back_up_button)
        self.busy = ProgressLine(face)
        self.busy.stop.hide()
        self.done = Note(face, tone="ok")
        self.column.addWidget(self.busy)
        self.column.addWidget(self.done)
        self.section("ui.backup.restore_title", "ui.backup.restore_text")
        self.restore_button = Button(face, "ui.backup.choose", icon="folder-open")
        self.restore_button.clicked.connect(self.choose)
        self.row(self.restore_button)
        self.pane = RestorePane(session)
        self.pane.hide()
        self.column.addWidget(self.pane)
        self.section("ui.backup.own_title", "ui.backup.own_text")
        self.none = Word(face, "quiet", "ui.backup.own_none").wrapping()
        self.own = LinesTable(face, "ui.backup.own_title", backup_rows.LISTED, dense=True)
        self.own.asked.connect(self._restore_own)
        self.column.addWidget(self.none)
        self.column.addWidget(self.own)
        self.column.addStretch(1)
        self.first = self.back_up_button
        self._show_own([])

    def come_into_sight(self) -> None:
        self.session.background.read(restoring.automatic, self.session.archive, on_done=self._show_own)

    def leave(self) -> None:
        self.pane.forget()

    def back_up(self) -> None:
        """Ask where to, then write it beside the window."""
        proposed = backup_rows.file_name(self.session.say("ui.backup.file"), self.session.today())
        where, kinds = str(Path.home() / proposed), self.session.say("ui.backup.files", suffix=SUFFIX)
        chosen, _ = QFileDialog.getSaveFileName(self, self.session.say("ui.backup.save_dialog"), where, kinds)
        if chosen:
            self._write(Path(chosen))

    def _write(self, out: Path) -> None:
        self.back_up_button.setEnabled(False)
        self.done.say("")
        self.busy.begin("ui.backup.writing")

        def written(octets: int) -> None:
            self._rest()
            self.done.say("ui.backup.done", file=out.name, folder=str(out.parent), size=backup_rows.size(octets))

        def refused(problems: list[Problem]) -> None:
            self._rest()
            self.session.tell_problems(problems)

        self.session.background.run(
            restoring.back_up, self.session.archive, out=out, on_done=written, on_problem=refused
        )  # fmt: skip

    def _rest(self) -> None:
        self.busy.end()
        self.back_up_button.setEnabled(True)

    def choose(self) -> None:
        """Ask which backup; whose it is and what it holds is seen next."""
        kinds = self.session.say("ui.backup.files", suffix=SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.session.say("ui.backup.open_dialog"), str(Path.home()), kinds)
        if chosen:
            self.pane.ask(Path(chosen))

    def _show_own(self, kept: list[restoring.Kept]) -> None:
        today, say = self.session.today(), self.session.say
        self.own.show_lines(kept, lambda one: backup_rows.kept_line(one, today, say), lambda one: str(one.file))
        self.own.fit_height()
        self.own.setVisible(bool(kept))
        self.none.setVisible(not kept)

    def _restore_own(self, place: int) -> None:
        self.pane.ask(self.own.lines.thing(place).file)
        self.ensureWidgetVisible(self.pane)
