"""While a name or number is typed: who in the archive may be meant (先查再建). Choosing one takes the place of a new person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QStringListModel, QTimer

from shequ_desktop.domain.masking import masked_id
from shequ_desktop.services import adding
from shequ_desktop.services.adding import Likely
from shequ_desktop.ui.households.household_forms import Chosen
from shequ_desktop.ui.records.field_form import FieldForm
from shequ_desktop.ui.records.inputs import TextInput
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.marks import Button, put, small
from shequ_desktop.ui.widgets.popup import PopupList

WAIT_MS = 250
LEAST_LETTERS = 2
ASKED = ("resident.name", "resident.id_number")
PERSON = "resident."


class LikelyPeople(QObject):
    """Bound to a form with the fields of a person; `chosen` carries whom somebody took."""

    def __init__(self, session: Session, form: FieldForm, chosen: Chosen, tell: Callable[[], Teller]) -> None:
        super().__init__(form)
        self._session, self._form, self._chosen, self._tell = session, form, chosen, tell
        self._found: list[Likely] = []
        self._asked = ""
        name = form.inputs[ASKED[0]]
        if not isinstance(name, TextInput):
            raise TypeError(ASKED[0])
        self._name = name.field
        self._model = QStringListModel(self)
        self._popup = PopupList(self._name.editor, self._name.control)
        self._popup.setModel(self._model)
        put(self._popup, role="popup")
        self._popup.taken.connect(lambda index: self._take(self._found[index.row()]))
        self._popup.setAccessibleName(session.say("ui.households.likely"))
        self.not_this = small(Button(session.face, "ui.households.not_known", kind="link"))
        self._name.control.add_trailing(self.not_this)
        self.not_this.clicked.connect(self.release)
        self.not_this.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self._name.edited.connect(self._timer.start)

    def _ask(self) -> None:
        words = self._name.text().strip()
        if len(words) < LEAST_LETTERS or self._chosen.resident:
            self._popup.hide()
            return
        self._asked = words
        self._session.background.read(
            adding.likely, self._session.archive, words=words, on_done=lambda found: self._show(words, found)
        )

    def _show(self, words: str, found: list[Likely]) -> None:
        if words != self._asked or not self._name.editor.hasFocus() or self._chosen.resident:
            return
        self._found, tell = found, self._tell()
        self._model.setStringList([self._said(one, tell) for one in found])
        self._popup.open_with(len(found), self._session.face.px("height.control_small"))
        self._popup.clearSelection()
        self._popup.setCurrentIndex(self._model.index(-1, 0))

    def _said(self, one: Likely, tell: Teller) -> str:
        fields = one.fields
        number = masked_id(str(fields["id_number"])) if fields.get("id_number") else ""
        home = tell.say("ui.households.title", name=one.home) if one.home else ""
        age = tell.age_and_sex(fields.get("birth_date", ""), fields.get("sex", ""))
        return dotted((one.name, fields.get("alias", ""), age, number, home))

    def _take(self, one: Likely) -> None:
        """This is the person: their own fields are not asked for."""
        self._chosen.resident = one.resident
        self._name.set_text(one.name)
        self._name.show_note("ui.households.known", name=self._said(one, self._tell()))
        self._set_asking(False)

    def release(self) -> None:
        """Somebody else after all."""
        self._chosen.resident = ""
        self._name.clear()
        self._set_asking(True)
        self._name.setFocus()

    def _set_asking(self, asking: bool) -> None:
        for name, one in self._form.inputs.items():
            if name.startswith(PERSON) and name != ASKED[0]:
                one.widget.setVisible(asking)
        self._name.editor.setReadOnly(not asking)
        self.not_this.setVisible(not asking)
