"""Households (家庭): the list beside one household; its forms and what leads on from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import adding, editing, household_list, household_view, listing, past
from shequ_desktop.services.household_view import HouseholdView, Member
from shequ_desktop.ui import places
from shequ_desktop.ui.households import household_forms as forms
from shequ_desktop.ui.households import household_rows
from shequ_desktop.ui.households.household_detail import HouseholdDetail
from shequ_desktop.ui.households.likely_people import LikelyPeople
from shequ_desktop.ui.list_page import ListPage
from shequ_desktop.ui.records.field_form import FieldForm
from shequ_desktop.ui.records.form_pane import Work
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.window_class import WindowClass

PROMISES = (
    ("ui.households.promise_look", "ui.households.promise_look_text"),
    ("ui.households.promise_safe", "ui.households.promise_safe_text"),
)


class HouseholdsPage(ListPage):
    """Enter on a row records a visit; in a narrow window it opens the household."""

    concerned = frozenset({"household", "membership", "resident", "phone", "care_record", "visit", "visit_note", "follow_up"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        empty = EmptyPage(
            session.face, "ui.households.empty_title", "ui.households.empty_text", button="ui.households.import",
            icon="download-simple", other="ui.households.first", promises=PROMISES,
        )  # fmt: skip
        super().__init__(
            session,
            stem="ui.households",
            source=household_list.SOURCE,
            row_of=household_rows.row_of,
            groups=listing.groups(),
            empty=empty,
            parent=parent,
        )
        self.shown = HouseholdDetail(session, self.teller)
        self.put_detail(self.shown)
        self.shown.head.back.connect(self.back)
        self.shown.wanted.connect(self._do)
        empty.asked.connect(lambda: session.go(places.IMPORT, ""))
        empty.other_asked.connect(self.begin_new)

    @property
    def view(self) -> HouseholdView | None:
        return self.shown.view

    # -- what the window asks

    def panes(self) -> list[QWidget]:
        if self._stack.currentWidget() is self.empty:
            return [self.empty.button]
        if self.shown.is_writing and self.shown.form.form is not None:
            return [self.shown.form.form, *([] if self.pane.isHidden() else [self.pane.list])]
        if self.pane.isHidden():
            return [self.shown.tabs]
        return [self.pane.list, self.shown.tabs]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        if self.shown.is_writing:
            form = self.shown.form
            return {"save": form.save, "finish": form.save, "back": form.leave}
        return {
            **super().keys(),
            "edit": lambda: self._do("edit", ""),
            "print": lambda: self._do("print", ""),
            "finish": lambda: self._do("record", ""),
            "next_tab": lambda: self.shown.tabs.step(1),
            "last_tab": lambda: self.shown.tabs.step(-1),
        }

    def keep(self) -> None:
        self.shown.keep()

    def is_writing(self) -> bool:
        return self.shown.is_writing

    def arranged(self, room: WindowClass) -> None:
        self.shown.head.show_back("ui.households.back" if room is WindowClass.NARROW else "")
        self.shown.print_button.setVisible(room is not WindowClass.NARROW)

    def act(self, record: str) -> None:
        if self.is_narrow:
            self.show_record(record)
            self.show_pane("detail")
            self.shown.tabs.setFocus()
        else:
            self.session.go(places.VISIT, record)

    # -- reading

    def show_record(self, record: str) -> None:
        if self.shown.is_writing and (self.view is None or record != self.view.id):
            self.shown.form.leave()
        self.session.background.run(
            household_view.household,
            self.session.archive,
            record=record,
            reads=True,
            on_done=self._read,
            on_problem=lambda _problems: self._gone(record),
        )

    def _read(self, view: HouseholdView) -> None:
        if view.id == self._target:
            self.shown.show_view(view)
            self._show_newer(view)

    def _gone(self, record: str) -> None:
        if record == self._target:
            self._target = ""
            self.shown.show_none()

    def _show_newer(self, view: HouseholdView) -> None:
        work = self.shown.work
        if work is not None and work.kind is forms.EDIT and work.about == view.id:
            typed = forms.named("household", editing.typed_values("household", view.fields))
            self.shown.form.show_newer(typed, self.teller())

    # -- acting

    def begin_new(self) -> None:
        chosen = forms.Chosen()
        work = forms.new_household(self.session.today(), chosen)
        work.done = self._open_saved
        self._stack.setCurrentIndex(0)
        self._begin(work, lambda form: self._ask_likely(form, chosen))

    def _open_saved(self, saved: Any) -> None:
        made = next((one.record for one in saved if one.kind == "household"), "")
        if made:
            self._target = made
            self.entries.read()
            self.show_record(made)

    def _begin(self, work: Work, arrange: Callable[[FieldForm], None] | None = None) -> None:
        self.shown.show_form()
        self.show_pane("detail")
        self.shown.form.begin(work, self.teller(), arrange=arrange)

    def _ask_likely(self, form: FieldForm, chosen: forms.Chosen) -> None:
        LikelyPeople(self.session, form, chosen, self.teller)

    def _do(self, what: str, record: str) -> None:
        """What the detail asks for."""
        view = self.view
        if view is None:
            return
        go, today = self.session.go, self.session.today()
        member = next((one for one in view.members if one.resident == record), None)
        if what == "edit":
            self._begin(forms.edit_household(view, today))
        elif what == "record":
            go(places.VISIT, view.id)
        elif what == "print":
            go(places.PRINT, view.id)
        elif what == "visit":
            go(places.VISIT, record)
        elif what == "care" and record:
            go(places.CARE, record)
        elif what == "history":
            self.shown.history.show_of(past.of_household, record)
        elif what == "add_member":
            chosen = forms.Chosen()
            self._begin(forms.add_member(view, today, chosen), lambda form: self._ask_likely(form, chosen))
        elif member is not None:
            self._do_with(what, member)

    def _do_with(self, what: str, member: Member) -> None:
        if what == "open_member":
            self.session.go(places.RESIDENTS, member.resident)
        elif what == "add_care":
            self.session.go(places.CARE, f"new {member.resident}")
        elif what == "relation":
            self.session.background.run(
                editing.open_form, self.session.archive, kind="membership", record=member.membership,
                reads=True,
                on_done=lambda opened: self._edit_relation(member, opened),
                on_problem=self.session.tell_problems,
            )  # fmt: skip
        elif what == "move_out":
            self._move_out(member)

    def _edit_relation(self, member: Member, opened: editing.Opened) -> None:
        before = forms.named("membership", opened.typed)
        self._begin(forms.edit_relation(member, before, opened.seen, self.session.today()))

    def _move_out(self, member: Member) -> None:
        session, name = self.session, member.fields.get("name", "")

        def done(saved: Any) -> None:
            def undo() -> None:
                session.save(editing.undo, saved=[saved])
                session.status.tell("ui.form.undone")

            session.status.tell("ui.households.moved_out", undo, name=name)

        session.save(adding.move_out, membership=member.membership, today=session.today(), on_done=done)
