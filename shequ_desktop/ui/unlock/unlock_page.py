"""Opening the archive: who, and their passphrase. Waits longer after each wrong try; a code opens where it is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.unlock.sheet import Sheet, secret_field
from shequ_desktop.ui.unlock.waiting import Tries
from shequ_desktop.ui.widgets.marks import Button, Word, bare, hairline

if TYPE_CHECKING:  # an archive's code is loaded when somebody opens one
    from shequ_desktop.services.opened import OpenArchive

WRONG = "wrong_passphrase"


class UnlockPage(Sheet):
    """`opened` carries the open archive; `forgot` asks for the page of the recovery code."""

    opened = Signal(object)
    forgot = Signal(str)

    def __init__(
        self,
        face: Face,
        folder: Path,
        background: Background,
        outside: Outside,
        people: Sequence[str],
        *,
        person: str = "",
        why: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(face, outside.version, parent)
        self._folder, self._background, self._outside = folder, background, outside
        self._tries, self._seconds, self._busy = Tries(), 0, False
        self.people = QComboBox()
        self.people.addItems(list(people))
        self.people.setCurrentText(person)
        self.passphrase = secret_field(face, "ui.unlock.passphrase", enter_moves=False)
        self.open_button = Button(face, "ui.unlock.open", kind="chief")
        self.forgot_button = Button(face, "ui.unlock.forgot", kind="link")
        self._lay_out(why)
        self.passphrase.entered.connect(self.try_to_open)
        self.open_button.clicked.connect(self.try_to_open)
        self.forgot_button.clicked.connect(lambda: self.forgot.emit(self.people.currentText()))
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._count_down)
        self.setFocusProxy(self.passphrase)

    def _lay_out(self, why: str) -> None:
        face, column = self.face, self.column
        self.head("ui.name", "ui.unlock.of_this_computer")
        column.addWidget(who := Word(face, "label", "ui.unlock.who"))
        who.setBuddy(self.people)
        face.speak(self.people, "ui.unlock.who", "name")
        column.addSpacing(face.px("space.xs"))
        column.addWidget(self.people)
        column.addSpacing(face.px("space.l"))
        column.addWidget(self.passphrase)
        column.addSpacing(face.px("space.l"))
        row = QHBoxLayout()
        bare(row, face.px("space.m"))
        self.open_button.setMinimumWidth(face.scaled(136))
        row.addWidget(self.open_button)
        row.addWidget(Word(face, "small", "ui.unlock.enter"))
        row.addStretch(1)
        row.addWidget(self.forgot_button)
        column.addLayout(row)
        if why:
            column.addSpacing(face.px("space.xl"))
            column.addWidget(hairline())
            column.addSpacing(face.px("space.m"))
            column.addWidget(Word(face, "small", why).wrapping())
        for before, after in (
            (self.passphrase.editor, self.open_button),
            (self.open_button, self.forgot_button),
            (self.forgot_button, self.people),
        ):
            self.setTabOrder(before, after)

    def try_to_open(self) -> None:
        """Enter, or the button; nothing happens while waiting or opening."""
        if self._busy or self._seconds:
            return
        self._busy = True
        self.open_button.setEnabled(False)
        self.open_button.say("ui.unlock.opening")
        self._background.run(
            self._outside.unlock,
            self._folder,
            user=self.people.currentText(),
            passphrase=self.passphrase.text(),
            on_done=self._opened,
            on_problem=self._refused,
        )

    def _opened(self, archive: OpenArchive) -> None:
        self._busy = False
        self.passphrase.set_text("")
        self.opened.emit(archive)

    def _refused(self, problems: list[Problem]) -> None:
        self._busy = False
        self.passphrase.show_problem(problems[0])
        self.passphrase.editor.selectAll()
        if problems[0].key == WRONG:
            self._tries = self._tries.after_wrong()
            self._seconds = self._tries.wait_s
        self._show_waiting()
        if self._seconds:
            self._clock.start()
        self.passphrase.editor.setFocus()

    def _count_down(self) -> None:
        self._seconds = max(0, self._seconds - 1)
        if not self._seconds:
            self._clock.stop()
        self._show_waiting()

    def _show_waiting(self) -> None:
        self.open_button.setEnabled(not self._seconds)
        if self._seconds:
            self.open_button.say("ui.unlock.wait", seconds=self._seconds)
        else:
            self.open_button.say("ui.unlock.open")
