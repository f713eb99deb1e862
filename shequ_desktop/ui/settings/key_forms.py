"""Forms of what can be done to the keys: a person more, a person less, another passphrase, another recovery code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import own_keys
from shequ_desktop.services.unlocking import SHORTEST_PASSPHRASE
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.unlock.meter import StrengthMeter
from shequ_desktop.ui.unlock.sheet import secret_field
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Button, Word, bare

WIDTH = 400


class KeyForm(QWidget):
    """Asks for one's own passphrase first. `done` carries what the service answered; `told`: the sentence of it."""

    done = Signal(object)
    given_up = Signal()
    told = ""

    def __init__(self, session: Session, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.face = session, session.face
        face = self.face
        self.setMaximumWidth(face.scaled(WIDTH))
        self._act = act
        self.own = secret_field(face, "ui.people.own_passphrase", enter_moves=True)
        self.button = Button(face, act, kind="chief")
        self.cancel = Button(face, "ui.people.not_now", kind="link")
        self.column = QVBoxLayout(self)
        bare(self.column, face.px("space.m"))
        self.title = Word(face, "strong", title)
        self.column.addWidget(self.title)
        self.column.addWidget(self.own)
        self.first: QWidget = self.own.editor
        self.button.clicked.connect(self.act)
        self.cancel.clicked.connect(self.given_up)

    def close_column(self, last: Field) -> None:
        """The buttons; Enter in the last field presses the first of them."""
        row = QHBoxLayout()
        bare(row, self.face.px("space.m"))
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.column.addLayout(row)
        last.entered.connect(self.act)

    def act(self) -> None:
        """What the button does; each form says it."""
        raise TypeError(f"{type(self).__name__} says nothing to do")

    def run(self, service: Callable[..., object], **named: Any) -> None:
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self.session.background.run(
            service, self.session.archive, own_passphrase=self.own.text(), on_done=self._done, on_problem=self._refused, **named
        )

    def _done(self, answer: object) -> None:
        self.button.setEnabled(True)
        self.done.emit(answer)

    def _refused(self, problems: list[Problem]) -> None:
        self.button.setEnabled(True)
        field = self.field_of(problems[0])
        field.show_problem(problems[0])
        field.editor.setFocus()

    def field_of(self, problem: Problem) -> Field:
        """Beside which field a problem stands."""
        return self.own

    def forget(self) -> None:
        """No passphrase stays in a field that is not seen."""
        for field in self.findChildren(Field):
            field.set_text("")


class PassphraseForm(KeyForm):
    """Another passphrase for oneself, typed twice."""

    told = "ui.people.passphrase_changed"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.people.passphrase", "ui.people.passphrase_do", parent)
        self.new = _New(session, self.column, lambda: session.user)
        self.close_column(self.new.again)

    def act(self) -> None:
        if self.new.is_same():
            self.run(own_keys.change_own, passphrase=self.new.passphrase.text())

    def field_of(self, problem: Problem) -> Field:
        return self.own if problem.field else self.new.passphrase


class AddForm(KeyForm):
    """A person more: a name and a passphrase that they type themselves."""

    told = "ui.people.added"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.people.add", "ui.people.add_do", parent)
        self.person = Field(self.face, "ui.people.name")
        self.column.addWidget(self.person)
        self.new = _New(session, self.column, self.person.text)
        self.close_column(self.new.again)

    def act(self) -> None:
        if self.new.is_same():
            self.run(own_keys.add, user=self.person.text(), passphrase=self.new.passphrase.text())

    def field_of(self, problem: Problem) -> Field:
        if problem.field:
            return self.own
        return self.new.passphrase if problem.key == "passphrase_short" else self.person


class RemoveForm(KeyForm):
    """A person less."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.people.remove", "ui.people.remove_do", parent)
        self._name = name
        self.title.say("ui.people.remove_whom", name=name)
        text = Word(self.face, "quiet", "ui.people.remove_text").wrapping()
        self.column.insertWidget(1, text)
        self.close_column(self.own)

    def act(self) -> None:
        self.run(own_keys.remove, user=self._name)


class CodeForm(KeyForm):
    """Another recovery code: shown once, to be written on paper; gone when its last group was typed from there."""

    told = "ui.people.code_renewed"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "ui.people.code", "ui.people.code_do", parent)
        self._code = ""
        self.text = Word(self.face, "quiet", "ui.people.code_text").wrapping()
        self.column.insertWidget(1, self.text)
        self.code = Word(self.face, "figure").wrapping()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.confirm = Field(self.face, "ui.code.confirm", width="number", enter_moves=False)
        for widget in (self.code, self.confirm):
            widget.hide()
            self.column.addWidget(widget)
        self.close_column(self.own)
        self.confirm.entered.connect(self.act)

    def act(self) -> None:
        if not self._code:
            self.run(own_keys.renew_recovery)
        elif self.confirm.text().strip().upper() == self._code.split("-")[-1]:
            self.given_up.emit()
        else:
            self.confirm.show_error("ui.code.differs")
            self.confirm.editor.setFocus()

    def _done(self, answer: object) -> None:
        self._code = str(answer)
        self.text.say("ui.code.text")
        self.code.show_text(self._code.replace("-", " - "))
        self.own.hide()
        self.cancel.hide()
        self.code.show()
        self.confirm.show()
        self.button.say("ui.code.done")
        self.confirm.editor.setFocus()
        super()._done("")

    def forget(self) -> None:
        super().forget()
        self._code = ""
        self.code.show_text("")


class _New:
    """Two fields for a new passphrase, and how hard it is to guess."""

    def __init__(self, session: Session, column: QVBoxLayout, whose: Callable[[], str]) -> None:
        face = session.face
        self.passphrase = secret_field(face, "ui.people.new_passphrase", enter_moves=True)
        self.meter = StrengthMeter(face, shortest=SHORTEST_PASSPHRASE)
        self.again = secret_field(face, "ui.first.again", enter_moves=False)
        for widget in (self.passphrase, self.meter, self.again):
            column.addWidget(widget)
        self.passphrase.edited.connect(lambda: self.meter.show_for(self.passphrase.text(), whose()))

    def is_same(self) -> bool:
        """Whether both were typed alike; says so beside the second where not."""
        self.passphrase.clear()
        if self.passphrase.text() == self.again.text():
            return True
        self.again.show_error("ui.first.again_differs")
        self.again.editor.setFocus()
        return False
