"""Restoring step by step: whose backup it is and their passphrase, what it holds beside what is here, then the last button.

Whatever is pressed before that last one changes nothing. The copy of what is here is made, and named, before it can be pressed.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import restoring
from shequ_desktop.services.restoring import Preview
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings import backup_rows
from shequ_desktop.ui.unlock.sheet import secret_field
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare
from shequ_desktop.ui.widgets.note import Note

FIELD_WIDTH = 360


class RestorePane(QWidget):
    """Hidden until a file was chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.face = session, session.face
        face = self.face
        self._file: Path | None = None
        self.preview: Preview | None = None
        self.whose = Word(face, "strong")
        self.person_label = Word(face, "label", "ui.backup.person")
        self.person = QComboBox()
        face.speak(self.person, "ui.backup.person", "name")
        self.passphrase = secret_field(face, "ui.backup.passphrase", enter_moves=False)
        self.look_button = Button(face, "ui.backup.look")
        self.cancel_button = Button(face, "ui.backup.not_now", kind="link")
        self.told = Note(face)
        self.table = LinesTable(face, "ui.backup.compared", backup_rows.COMPARED, dense=True)
        self.safety = Note(face, tone="ok")
        self.replace_button = Button(face, "ui.backup.replace", kind="chief")
        for widget in (self.person, self.passphrase):
            widget.setMaximumWidth(face.scaled(FIELD_WIDTH))
        self._lay_out()
        self.passphrase.entered.connect(self.look)
        self.look_button.clicked.connect(self.look)
        self.cancel_button.clicked.connect(self.forget)
        self.replace_button.clicked.connect(self.replace)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        bare(column, self.face.px("space.m"))
        asking = QHBoxLayout()
        bare(asking, self.face.px("space.m"))
        asking.addWidget(self.look_button)
        asking.addWidget(self.cancel_button)
        asking.addStretch(1)
        last = QHBoxLayout()
        bare(last)
        last.addWidget(self.replace_button)
        last.addStretch(1)
        for widget in (self.whose, self.person_label, self.person, self.passphrase):
            column.addWidget(widget)
        column.addLayout(asking)
        for shown in (self.table, self.told, self.safety):
            column.addWidget(shown)
        column.addLayout(last)

    def ask(self, file: Path) -> None:
        """A file was chosen: whose is it."""
        self.forget()
        self._file = file
        self.session.background.read(
            restoring.people_in, self.session.archive, file=file, on_done=self._show_people, on_problem=self.session.tell_problems
        )  # fmt: skip

    def _show_people(self, people: list[str]) -> None:
        if self._file is None:
            return
        self.whose.show_text(self._file.name)
        self.person.clear()
        self.person.addItems(people)
        if self.session.user in people:
            self.person.setCurrentText(self.session.user)
        self._show_preview(None)
        self.show()
        self.passphrase.editor.setFocus()

    def look(self) -> None:
        """See what it holds; a copy of what is here is made at the same time."""
        if self._file is None or not self.look_button.isEnabled():
            return
        self.passphrase.clear()
        self._wait("ui.backup.looking")
        self.session.background.run(
            restoring.preview, self.session.archive,
            file=self._file, user=self.person.currentText(), passphrase=self.passphrase.text(),
            on_done=self._looked, on_problem=self._refused,
        )  # fmt: skip

    def _wait(self, key: str) -> None:
        self.look_button.setEnabled(False)
        self.look_button.say(key)

    def _rest(self) -> None:
        self.look_button.setEnabled(True)
        self.look_button.say("ui.backup.look")

    def _refused(self, problems: list[Problem]) -> None:
        self._rest()
        self.passphrase.show_problem(problems[0])
        self.passphrase.editor.selectAll()
        self.passphrase.editor.setFocus()

    def _looked(self, preview: Preview) -> None:
        self._rest()
        if preview.file == self._file:
            self._show_preview(preview)
            self.replace_button.setFocus()

    def _show_preview(self, preview: Preview | None) -> None:
        self.preview = preview
        for widget in (self.table, self.safety, self.replace_button):
            widget.setVisible(preview is not None)
        if preview is None:
            self.told.say("")
            return
        say = self.session.say
        lines = backup_rows.compared(preview, self.session.today(), say)
        self.table.show_lines(lines, backup_rows.compared_line, lambda one: one.what)
        self.table.fit_height()
        fewer = backup_rows.loses(preview, say)
        self.told.say("ui.backup.loses" if fewer else "ui.backup.loses_nothing", tone="warn" if fewer else "", what=fewer)
        self.safety.say("ui.backup.safety", name=preview.safety.name)

    def replace(self) -> None:
        """The last button: lock, put the backup in its place, ask who is there."""
        if self.preview is None:
            return
        act = restoring.replacement(
            self.session.archive, file=self.preview.file, user=self.person.currentText(), passphrase=self.passphrase.text()
        )
        self.forget()
        self.session.swap(act)

    def forget(self) -> None:
        """Not now: no file, no passphrase stays here."""
        self._file = None
        self.passphrase.set_text("")
        self.passphrase.clear()
        self._show_preview(None)
        self._rest()
        self.hide()
