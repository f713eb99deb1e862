"""Who can open this archive: adding, removing (which can be undone), a new passphrase, a new recovery code.

Each asks for the passphrase of the person at the keyboard again: a laptop left open must give nobody a way in.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import own_keys
from shequ_desktop.services.own_keys import Removed
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings.key_forms import AddForm, CodeForm, KeyForm, PassphraseForm, RemoveForm
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.widgets.list_pane import RowList
from shequ_desktop.ui.widgets.marks import Button
from shequ_desktop.ui.widgets.rows import Row


class PeoplePart(Part):
    """A list, four things to do, and the form of the one that was chosen below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self._names: list[str] = []
        self.section("ui.people.title", "ui.people.text")
        self.list = RowList(face, "ui.people.title")
        self.list.chosen.connect(lambda _name: self._allow())
        self.column.addWidget(self.list)
        self.add_button = Button(face, "ui.people.add", icon="plus")
        self.remove_button = Button(face, "ui.people.remove", icon="minus")
        self.passphrase_button = Button(face, "ui.people.passphrase", icon="pencil-simple")
        self.code_button = Button(face, "ui.people.code", icon="lock-simple")
        self.row(self.add_button, self.remove_button)
        self.section("ui.people.own", "ui.people.own_text")
        self.row(self.passphrase_button, self.code_button)
        self.form: KeyForm | None = None
        self.column.addStretch(1)
        self.first = self.list
        self.add_button.clicked.connect(lambda: self._open(AddForm(session)))
        self.passphrase_button.clicked.connect(lambda: self._open(PassphraseForm(session)))
        self.code_button.clicked.connect(lambda: self._open(CodeForm(session)))
        self.remove_button.clicked.connect(self._remove)
        self._show([session.user])

    def come_into_sight(self) -> None:
        self.session.background.read(own_keys.people, self.session.archive, on_done=self._show)

    def leave(self) -> None:
        """A passphrase that was half typed goes."""
        self._close()

    def _show(self, names: list[str]) -> None:
        self._names, say = names, self.session.say
        rows = [Row(name, name, below=say("ui.people.you" if name == self.session.user else "ui.people.other")) for name in names]
        self.list.show_rows(rows)
        height = self.face.px("height.list_row")
        self.list.setFixedHeight(min(len(rows), 5) * height + 1)
        if not self.list.chosen_id():
            self.list.choose_first()
        self._allow()

    def _allow(self) -> None:
        if self.list.chosen_id() == self.session.user:
            self.remove_button.refuse("own_way_in")
        else:
            self.remove_button.allow()

    def _open(self, form: KeyForm) -> None:
        self._close()
        self.form = form
        form.done.connect(self._done)
        form.given_up.connect(self._close)
        self.column.insertWidget(self.column.count() - 1, form)
        form.first.setFocus()
        self.ensureWidgetVisible(form)

    def _close(self) -> None:
        if self.form is not None:
            self.form.forget()
            self.form.hide()
            self.column.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _remove(self) -> None:
        if (name := self.list.chosen_id()) and name != self.session.user:
            self._open(RemoveForm(self.session, name))

    def _done(self, what: object) -> None:
        """Something was changed: say it, with the way back where there is one."""
        session, form = self.session, self.form
        if isinstance(what, Removed):
            removed = what

            def undo() -> None:
                session.save(own_keys.give_back, removed=removed, on_done=lambda _done: self.come_into_sight())

            session.status.tell("ui.people.removed", undo, name=removed.user)
        elif form is not None:
            session.status.tell(form.told, None, name=str(what))
        if not isinstance(form, CodeForm):
            self._close()
            self.list.setFocus()
        self.come_into_sight()
