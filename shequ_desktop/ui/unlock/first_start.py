"""The first start: make the archive, write the recovery code on paper, join a league or not: three sheets in turn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling, practice
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.services.unlocking import SHORTEST_PASSPHRASE
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.outside import Make, Outside
from shequ_desktop.ui.unlock.meter import StrengthMeter
from shequ_desktop.ui.unlock.sheet import Sheet, secret_field
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Button, Word, bare

BESIDE_THE_ADDRESS = {"league_not_reached", "no_league_there", "server_not_an_address"}


class MakeSheet(Sheet):
    """Name and passphrase. `made` carries (archive, recovery code)."""

    made = Signal(object)

    def __init__(self, face: Face, folder: Path, background: Background, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(face, outside.version, parent)
        self._folder, self._background, self._outside = folder, background, outside
        self.person = Field(face, "ui.first.name")
        self.passphrase = secret_field(face, "ui.first.passphrase", enter_moves=True)
        self.again = secret_field(face, "ui.first.again", enter_moves=False)
        self.meter = StrengthMeter(face, shortest=SHORTEST_PASSPHRASE)
        self.make_button = Button(face, "ui.first.make", kind="chief")
        self.practice_button = Button(face, "ui.first.practice", kind="link")
        if outside.make_practice is None:
            self.practice_button.hide()
        self.head("ui.first.title", "ui.first.text")
        for widget in (self.person, self.passphrase, self.meter, self.again):
            self.column.addWidget(widget)
            self.column.addSpacing(face.px("space.m"))
        row = QHBoxLayout()
        bare(row, face.px("space.m"))
        row.addWidget(self.make_button)
        row.addStretch(1)
        row.addWidget(self.practice_button)
        self.column.addLayout(row)
        self.passphrase.edited.connect(lambda: self.meter.show_for(self.passphrase.text(), self.person.text()))
        self.again.entered.connect(self.try_to_make)
        self.make_button.clicked.connect(self.try_to_make)
        self.practice_button.clicked.connect(self._practise)
        self.setFocusProxy(self.person)

    def try_to_make(self) -> None:
        if not self.make_button.isEnabled():
            return
        for field in (self.person, self.passphrase, self.again):
            field.clear()
        if self.passphrase.text() != self.again.text():
            self.again.show_error("ui.first.again_differs")
            self.again.editor.setFocus()
            return
        self._begin(self._outside.make)

    def _practise(self) -> None:
        if self._outside.make_practice is not None:
            self._begin(self._outside.make_practice)

    def _begin(self, make: Make) -> None:
        self.make_button.setEnabled(False)
        self.make_button.say("ui.first.making")
        self._background.run(
            make,
            self._folder,
            user=self.person.text().strip(),
            passphrase=self.passphrase.text(),
            on_done=self.made.emit,
            on_problem=self._refused,
        )

    def _refused(self, problems: list[Problem]) -> None:
        self.make_button.setEnabled(True)
        self.make_button.say("ui.first.make")
        beside = self.passphrase if problems[0].key == "passphrase_short" else self.person
        beside.show_problem(problems[0])
        beside.editor.setFocus()


class CodeSheet(Sheet):
    """Shows the recovery code once; goes on when its last group was typed from the paper."""

    confirmed = Signal()

    def __init__(self, face: Face, code: str, version: str, parent: QWidget | None = None) -> None:
        super().__init__(face, version, parent)
        self._last = code.split("-")[-1]
        self.head("ui.code.title", "ui.code.text")
        shown = Word(face, "figure").wrapping()
        shown.show_text(code.replace("-", " - "))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.confirm = Field(face, "ui.code.confirm", width="number", enter_moves=False)
        self.done = Button(face, "ui.code.done", kind="chief")
        self.column.addWidget(shown)
        self.column.addSpacing(face.px("space.xl"))
        self.column.addWidget(self.confirm)
        self.column.addSpacing(face.px("space.l"))
        self.column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        self.confirm.entered.connect(self._check)
        self.done.clicked.connect(self._check)
        self.setFocusProxy(self.confirm)

    def _check(self) -> None:
        if self.confirm.text().strip().upper() == self._last:
            self.confirmed.emit()
        else:
            self.confirm.show_error("ui.code.differs")
            self.confirm.editor.setFocus()


class JoinSheet(Sheet):
    """Join a league by its code, or later."""

    finished = Signal()

    def __init__(
        self, face: Face, archive: OpenArchive, background: Background, version: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(face, version, parent)
        self._archive, self._background = archive, background
        self.head("ui.join.title", "ui.join.text")
        self.server = Field(face, "ui.join.server")
        self.code = Field(face, "ui.join.code", enter_moves=False)
        self.join_button = Button(face, "ui.join.now", kind="chief")
        self.later = Button(face, "ui.join.later", kind="link")
        for widget in (self.server, self.code):
            self.column.addWidget(widget)
            self.column.addSpacing(face.px("space.l"))
        row = QHBoxLayout()
        bare(row, face.px("space.m"))
        row.addWidget(self.join_button)
        row.addStretch(1)
        row.addWidget(self.later)
        self.column.addLayout(row)
        self.code.entered.connect(self._join)
        self.join_button.clicked.connect(self._join)
        self.later.clicked.connect(self.finished)
        self.setFocusProxy(self.server)

    def _join(self) -> None:
        if not self.join_button.isEnabled():
            return
        self.join_button.setEnabled(False)
        self.join_button.say("ui.join.joining")
        self._background.run(
            enrolling.enroll,
            self._archive,
            server=self.server.text().strip(),
            code=self.code.text().strip(),
            on_done=lambda _done: self.finished.emit(),
            on_problem=self._refused,
        )

    def _refused(self, problems: list[Problem]) -> None:
        self.join_button.setEnabled(True)
        self.join_button.say("ui.join.now")
        beside = self.server if problems[0].key in BESIDE_THE_ADDRESS else self.code
        beside.show_problem(problems[0])
        beside.editor.setFocus()


class FirstStart(QStackedWidget):
    """`opened` carries the archive when all three are done; nothing is lost where somebody stops after the first."""

    opened = Signal(object)

    def __init__(self, face: Face, folder: Path, background: Background, outside: Outside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._background, self._outside = face, background, outside
        self.archive: OpenArchive | None = None
        self.make_sheet = MakeSheet(face, folder, background, outside)
        self.make_sheet.made.connect(self._made)
        self._turn_to(self.make_sheet)

    def _turn_to(self, sheet: Sheet) -> None:
        self.addWidget(sheet)
        self.setCurrentWidget(sheet)
        self.setFocusProxy(sheet)
        sheet.setFocus()

    def _made(self, made: tuple[OpenArchive, str]) -> None:
        self.archive, code = made
        sheet = CodeSheet(self._face, code, self._outside.version)
        sheet.confirmed.connect(self._confirmed)
        self._turn_to(sheet)

    def _confirmed(self) -> None:
        if self.archive is None:
            return
        if practice.is_practice(self.archive):
            self.opened.emit(self.archive)  # made-up people are sent nowhere
            return
        sheet = JoinSheet(self._face, self.archive, self._background, self._outside.version)
        sheet.finished.connect(lambda: self.opened.emit(self.archive))
        self._turn_to(sheet)
