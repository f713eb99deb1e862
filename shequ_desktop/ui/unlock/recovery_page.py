"""Opening by the recovery code, and choosing a new passphrase in the same step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services.unlocking import SHORTEST_PASSPHRASE
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.unlock.meter import StrengthMeter
from shequ_desktop.ui.unlock.sheet import Sheet, secret_field
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Button, bare


class RecoveryPage(Sheet):
    """`opened` carries the open archive; `back` goes to the passphrase again."""

    opened = Signal(object)
    back = Signal()

    def __init__(
        self, face: Face, folder: Path, background: Background, outside: Outside, person: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(face, outside.version, parent)
        self._folder, self._background, self._outside, self._person = folder, background, outside, person
        self.code = Field(face, "ui.recover.code")
        self.passphrase = secret_field(face, "ui.recover.new", enter_moves=False)
        self.meter = StrengthMeter(face, shortest=SHORTEST_PASSPHRASE)
        self.open_button = Button(face, "ui.recover.open", kind="chief")
        self.back_button = Button(face, "ui.recover.back", kind="link")
        self.head("ui.recover.title", "ui.recover.text")
        for widget in (self.code, self.passphrase, self.meter):
            self.column.addWidget(widget)
            self.column.addSpacing(face.px("space.l"))
        row = QHBoxLayout()
        bare(row, face.px("space.m"))
        row.addWidget(self.open_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        self.column.addLayout(row)
        self.passphrase.edited.connect(lambda: self.meter.show_for(self.passphrase.text(), person))
        self.passphrase.entered.connect(self.try_to_open)
        self.open_button.clicked.connect(self.try_to_open)
        self.back_button.clicked.connect(self.back)
        self.setFocusProxy(self.code)

    def try_to_open(self) -> None:
        if not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self._background.run(
            self._outside.recover,
            self._folder,
            user=self._person,
            code=self.code.text(),
            passphrase=self.passphrase.text(),
            on_done=self.opened.emit,
            on_problem=self._refused,
        )

    def _refused(self, problems: list[Problem]) -> None:
        self.open_button.setEnabled(True)
        beside = self.passphrase if problems[0].key == "passphrase_short" else self.code
        beside.show_problem(problems[0])
        beside.editor.setFocus()
