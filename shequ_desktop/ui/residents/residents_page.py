"""Residents (居民): the list of everybody beside one resident; their forms and what leads on from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import editing, listing, past, resident_list, resident_view
from shequ_desktop.services.resident_view import ResidentView
from shequ_desktop.ui import places
from shequ_desktop.ui.households.household_forms import named
from shequ_desktop.ui.list_page import ListPage
from shequ_desktop.ui.records.form_pane import Work
from shequ_desktop.ui.residents import resident_forms as forms
from shequ_desktop.ui.residents import resident_rows
from shequ_desktop.ui.residents.resident_detail import ResidentDetail
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.window_class import WindowClass


class ResidentsPage(ListPage):
    """Enter on a row records a visit of the person's household; in a narrow window it opens the resident."""

    concerned = frozenset({"household", "membership", "resident", "phone", "care_record", "visit", "visit_note", "follow_up"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyPage(
            session.face, "ui.residents.empty_title", "ui.residents.empty_text", button="ui.households.import",
            icon="download-simple", other="ui.households.first",
        )  # fmt: skip
        super().__init__(
            session,
            stem="ui.residents",
            source=resident_list.SOURCE,
            row_of=resident_rows.row_of,
            groups=listing.groups(),
            empty=empty,
            parent=parent,
        )
        self.shown = ResidentDetail(session, self.teller)
        self.put_detail(self.shown)
        self.shown.head.back.connect(self.back)
        self.shown.wanted.connect(self._do)
        empty.asked.connect(lambda: session.go(places.IMPORT, ""))
        empty.other_asked.connect(self.begin_new)

    @property
    def view(self) -> ResidentView | None:
        return self.shown.view

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
        self.shown.head.show_back("ui.residents.back" if room is WindowClass.NARROW else "")
        self.shown.home_button.setVisible(room is WindowClass.WIDE)

    def begin_new(self) -> None:
        """A new person comes with a household: it is there that they are added."""
        self.session.go(places.HOUSEHOLDS, "new")

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
            resident_view.resident,
            self.session.archive,
            record=record,
            reads=True,
            on_done=self._read,
            on_problem=lambda _problems: self._gone(record),
        )

    def _read(self, view: ResidentView) -> None:
        if view.id != self._target:
            return
        self.shown.show_view(view)
        work = self.shown.work
        if work is not None and work.kind is forms.EDIT and work.about == view.id:
            self.shown.form.show_newer(named("resident", editing.typed_values("resident", view.fields)), self.teller())

    def _gone(self, record: str) -> None:
        if record == self._target:
            self._target = ""
            self.shown.show_none()

    # -- acting

    def _begin(self, work: Work) -> None:
        self.shown.show_form()
        self.show_pane("detail")
        self.shown.form.begin(work, self.teller())

    def _do(self, what: str, record: str) -> None:
        """What the detail asks for."""
        view = self.view
        if view is None:
            return
        go, today = self.session.go, self.session.today()
        if what == "edit":
            self._begin(forms.edit_resident(view, today))
        elif what == "add_phone":
            self._begin(forms.add_phone(view, today))
        elif what == "edit_phone" and view.phones:
            self._begin(forms.edit_phone(view, view.phones[0], today))
        elif what == "history":
            self.shown.history.show_of(past.of_resident, record)
        elif what == "visit":
            go(places.VISIT, record)
        elif what == "open_home" and record:
            go(places.HOUSEHOLDS, record)
        elif what in ("care", "assess") and record:
            go(places.CARE, f"assess {record}" if what == "assess" else record)
        elif what == "add_care":
            go(places.CARE, f"new {view.id}")
        elif what in ("home", "record") and view.household:
            go(places.HOUSEHOLDS if what == "home" else places.VISIT, view.household)
