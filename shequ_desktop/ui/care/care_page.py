"""Care (关爱): everybody's open care records beside one of them; its forms and what leads on from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import care_list, editing, listing, past, resident_view
from shequ_desktop.services.resident_view import CareView, ResidentView
from shequ_desktop.ui import places
from shequ_desktop.ui.care import care_forms as forms
from shequ_desktop.ui.care import care_rows
from shequ_desktop.ui.care.care_detail import CareDetail
from shequ_desktop.ui.households.household_forms import named
from shequ_desktop.ui.list_page import ListPage
from shequ_desktop.ui.records.form_pane import Work
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.window_class import WindowClass

_FOR, _ASSESS = "new ", "assess "
"""Targets: `new RESIDENT` lists somebody for care, `assess CARE_RECORD` opens its form."""


class CarePage(ListPage):
    """Enter on a row records a visit of the person's household; in a narrow window it opens the care record."""

    concerned = frozenset({"household", "membership", "resident", "phone", "care_record", "visit", "visit_note", "follow_up"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyPage(
            session.face, "ui.care.empty_title", "ui.care.empty_text", button="ui.households.import",
            icon="download-simple", other="ui.care.choose_resident",
        )  # fmt: skip
        super().__init__(
            session,
            stem="ui.care",
            source=care_list.SOURCE,
            row_of=care_rows.row_of,
            groups=listing.groups(with_not_set=True),
            empty=empty,
            parent=parent,
        )
        self.shown = CareDetail(session, self.teller)
        self._assess = ""
        self.put_detail(self.shown)
        self.shown.head.back.connect(self.back)
        self.shown.wanted.connect(self._do)
        empty.asked.connect(lambda: session.go(places.IMPORT, ""))
        empty.other_asked.connect(lambda: session.go(places.RESIDENTS, ""))

    @property
    def view(self) -> CareView | None:
        return self.shown.view

    def open(self, target: str = "") -> None:
        if target.startswith(_FOR):
            self.entries.read_if_stale()
            self._list_for_care(target.removeprefix(_FOR))
            return
        if target.startswith(_ASSESS):
            target = self._assess = target.removeprefix(_ASSESS)
        super().open(target)

    def panes(self) -> list[QWidget]:
        if self._stack.currentWidget() is self.empty:
            return [self.empty.button]
        if self.shown.is_writing and self.shown.form.form is not None:
            return [self.shown.form.form, *([] if self.pane.isHidden() else [self.pane.list])]
        return [self.shown.tabs] if self.pane.isHidden() else [self.pane.list, self.shown.tabs]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        if self.shown.is_writing:
            form = self.shown.form
            return {"save": form.save, "finish": form.save, "back": form.leave}
        return {
            **super().keys(),
            "edit": lambda: self._do("edit", ""),
            "finish": lambda: self._do("record", ""),
            "next_tab": lambda: self.shown.tabs.step(1),
            "last_tab": lambda: self.shown.tabs.step(-1),
        }

    def keep(self) -> None:
        self.shown.keep()

    def is_writing(self) -> bool:
        return self.shown.is_writing

    def arranged(self, room: WindowClass) -> None:
        self.shown.head.show_back("ui.care.back" if room is WindowClass.NARROW else "")
        self.shown.person_button.setVisible(room is WindowClass.WIDE)
        self.shown.close_button.setVisible(room is not WindowClass.NARROW)

    def begin_new(self) -> None:
        """Somebody is listed for care from their own record."""
        self.session.go(places.RESIDENTS, "")

    def act(self, record: str) -> None:
        if self.is_narrow:
            self.show_record(record)
            self.show_pane("detail")
            self.shown.tabs.setFocus()
        elif self.view is not None and self.view.id == record:
            self._do("record", "")

    # -- reading

    def show_record(self, record: str) -> None:
        if self.shown.is_writing and (self.view is None or record != self.view.id):
            self.shown.form.leave()
        self.session.background.run(
            resident_view.care,
            self.session.archive,
            record=record,
            reads=True,
            on_done=self._read,
            on_problem=lambda _problems: self._gone(record),
        )

    def _read(self, view: CareView) -> None:
        if view.id != self._target:
            return
        self.shown.show_view(view)
        work = self.shown.work
        if work is not None and work.kind is forms.EDIT and work.about == view.id:
            self.shown.form.show_newer(named("care_record", editing.typed_values("care_record", view.fields)), self.teller())
        if self._assess == view.id:
            self._assess = ""
            self._do("edit", "")

    def _gone(self, record: str) -> None:
        if record == self._target:
            self._target = ""
            self.shown.show_none()

    # -- acting

    def _begin(self, work: Work) -> None:
        self._stack.setCurrentIndex(0)
        self.shown.show_form()
        self.show_pane("detail")
        self.shown.form.begin(work, self.teller())

    def _list_for_care(self, resident: str) -> None:
        self.session.background.run(
            resident_view.resident, self.session.archive, record=resident, reads=True,
            on_done=self._begin_listing, on_problem=self.session.tell_problems,
        )  # fmt: skip

    def _begin_listing(self, person: ResidentView) -> None:
        work = forms.new_care(person, self.session.today())
        work.done = self._open_saved
        self._begin(work)

    def _open_saved(self, saved: Any) -> None:
        self._target = saved[0].record
        self.entries.read()
        self.show_record(self._target)

    def _do(self, what: str, record: str) -> None:
        """What the detail asks for."""
        view = self.view
        if view is None:
            return
        go, today = self.session.go, self.session.today()
        if what == "edit":
            self._begin(forms.edit_care(view, today))
        elif what == "close":
            self._begin(forms.close_care(view, today))
        elif what == "person":
            go(places.RESIDENTS, view.person.id)
        elif what == "record" and view.person.household:
            go(places.VISIT, view.person.household)
        elif what == "visit":
            go(places.VISIT, record)
        elif what == "history":
            self.shown.history.show_of(past.of_care, record)
