"""The form of one visit: keeps it at every pause, takes values over, finishes it once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import visit_forms, visits
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.visit_checks import HOME, Fault
from shequ_desktop.services.visit_forms import VisitForm
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.visits import visit_words
from shequ_desktop.ui.visits.draft_keeper import DraftKeeper
from shequ_desktop.ui.visits.entries import cursor_in, put_cursor, show_in
from shequ_desktop.ui.visits.form_page import CarePage, FormPage, HomePage
from shequ_desktop.ui.visits.last_visit import LastVisit
from shequ_desktop.ui.visits.last_visit_rows import PastFact, past_shown, promise_words
from shequ_desktop.ui.visits.visit_state import Place, Spot, VisitState
from shequ_desktop.ui.visits.visit_words import PAST
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.lines import settle_focused
from shequ_desktop.ui.widgets.marks import bare, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import TabBar
from shequ_desktop.ui.window_class import WindowClass

CONTEXT = frozenset({"care_record", "visit", "visit_note", "follow_up", "membership", "resident", "household"})


class VisitPage(Page):
    """`open` takes a draft's, visit's or household's id, or the text of a scanned code."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.state: VisitState | None = None
        self._fresh: VisitState | None = None
        self._asked = ""
        self._seen: set[Spot] = set()
        self._back = 0
        self._finishing = self._narrow = False
        self.forms: dict[str, FormPage] = {}
        self.keeper = DraftKeeper(session, lambda: None if self._finishing else self.state, self)
        self.keeper.kept.connect(self._tell)
        self._build()
        self._show_whole(there=False)

    def _build(self) -> None:
        face = self.face
        self.head = PageHead(face)
        self.later = self.head.add_button("ui.visit.later", shortcut="Esc")
        self.finish_button = self.head.add_button("ui.visit.finish", icon="check", chief=True, shortcut="Ctrl+Enter")
        self.later.clicked.connect(self._leave)
        self.finish_button.clicked.connect(self.finish)
        self.tabs = TabBar(face, "ui.visit.tabs")
        self.tabs.currentChanged.connect(lambda _place: self._show_page())
        bar = QHBoxLayout()
        bare(bar)
        bar.setContentsMargins(face.px("width.page_margin"), 0, 0, 0)
        bar.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.last = LastVisit(face)
        self.last.taken.connect(self._take)
        self.last.leafed.connect(self._leaf)
        self.last.ticked.connect(self._tick)
        self._middle = QHBoxLayout()
        bare(self._middle)
        self._between = hairline()
        self._middle.addWidget(self.stack)
        self._middle.addWidget(self.last, 1)
        self.empty = EmptyPage(face, "ui.visit.empty", "ui.visit.empty_text", button="ui.visit.empty_button")
        self.empty.asked.connect(lambda: self.session.go("visits", ""))
        self.form_area = QWidget()
        column = QVBoxLayout(self.form_area)
        bare(column)
        column.addWidget(self.head)
        column.addLayout(bar)
        column.addWidget(self._between)
        column.addLayout(self._middle, 1)
        whole = QVBoxLayout(self)
        bare(whole)
        whole.addWidget(self.form_area)
        whole.addWidget(self.empty)

    def open(self, target: str = "") -> None:
        draft = self.state.form.draft if self.state else None
        if draft and target in (draft.id, ""):
            return
        if target:
            self._asked = target
            opening = functools.partial(self._opened, target)
            self.session.background.run(
                visit_forms.open_named, self.session.archive, named=target, on_done=opening, on_problem=self._refused
            )

    def target(self) -> str:
        return self.state.form.draft.id if self.state else ""

    def panes(self) -> list[QWidget]:
        shown = self.stack.currentWidget()
        if self.state is None or shown is None:
            return [self.empty.button]
        first = next(iter(shown.fields.values())).editor if isinstance(shown, FormPage) else shown
        return [first, *([self.last.links[0]] if self.last.links and not self._narrow else [])]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        if self.state is None:
            return {}
        return {
            "save": self._keep_now,
            "finish": self.finish,
            "take_over": self.take_over,
            "next_tab": lambda: self.tabs.step(1),
            "last_tab": lambda: self.tabs.step(-1),
            "print": functools.partial(self.session.go, "print", self.state.form.draft.about),
        }

    def keep(self) -> None:
        """The draft as it is now; one on which nobody wrote anything goes again."""
        state = self.state
        if state and self._fresh and not self._finishing and state.is_bare(self._fresh):
            self.keeper.discard(state.form.draft)
            self._put_away()
        else:
            self._keep_now()

    def refresh(self, changed: Changed) -> None:
        if self.state and not self._finishing and CONTEXT & changed.kinds:
            self.session.background.read(
                visit_forms.read_again, self.session.archive, draft=self.state.form.draft, on_done=self._heard_again
            )

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        wide = room is WindowClass.WIDE
        policy = QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Expanding
        self.stack.setSizePolicy(policy, QSizePolicy.Policy.Expanding)
        if wide:
            self.stack.setFixedWidth(self.face.px("width.visit_form"))
        else:
            self.stack.setMinimumWidth(0)
            self.stack.setMaximumWidth(16_777_215)
        self._middle.setStretch(0, 0 if wide else 2)
        for form in self.forms.values():
            form.arrange(narrow=self._narrow)
        self._place_last()
        self._tell()

    # what is opened

    def _opened(self, target: str, form: VisitForm) -> None:
        if target != self._asked:  # somebody has gone on to another one
            return
        self.keep()
        session = self.session
        understand = visit_words.understanding(session.today, self.face.say)
        making = functools.partial(VisitState.of, user=session.user, today=session.today(), understand=understand)
        self.state = making(form)
        self._fresh = making(form) if not form.draft.content.get("visit") else None
        self._seen, self._back, self._finishing = set(), 0, False
        kept = self._fresh is None and not (form.saved and not form.draft.content.get("place"))
        self.keeper.begin(datetime.fromtimestamp(form.draft.kept_ms / 1000, tz=UTC).astimezone() if kept else None)
        self._begin_forms(self.state)
        self._show_whole(there=True)
        self._tell()
        self._return_to_place()

    def _refused(self, problems: list[Problem]) -> None:
        self.session.tell_problems(problems)
        if self.state is None:
            self._show_whole(there=False)

    def _begin_forms(self, state: VisitState) -> None:
        """The home's page; those of care records are made when somebody first turns to them."""
        for form in self.forms.values():
            self.stack.removeWidget(form)
            form.deleteLater()
        self.forms = {}
        self._form(HOME).show_state(state)

    def _form(self, page: str) -> FormPage:
        """The page of the home, or of a care record."""
        if page not in self.forms:
            today = self.session.today
            made = HomePage(self.face, today) if page == HOME else CarePage(self.face, page, today)
            made.typed.connect(self._typed)
            made.left.connect(self._left)
            made.arrange(narrow=self._narrow)
            if self.state:
                made.show_state(self.state)
            self.forms[page] = made
            self.stack.addWidget(made)
        return self.forms[page]

    def _heard_again(self, form: VisitForm) -> None:
        if self.state and isinstance(form, VisitForm) and form.draft.id == self.state.form.draft.id:
            self.state.take_in(form)
            self._tell()

    # what is typed

    def _typed(self, spot: Spot, text: str) -> None:
        if self.state and not self._finishing and self.state.write(spot, text):
            self._note_place()
            self.keeper.touched()
            if spot.row >= 0 and isinstance(home := self.forms.get(HOME), HomePage):
                home.show_promises(self.state.rows)

    def _left(self, spot: Spot) -> None:
        if self.state and not self._finishing:
            self._seen.add(spot)
            self._tell()

    def _tick(self, follow_up: str, on: bool) -> None:
        if self.state:
            (self.state.done.add if on else self.state.done.discard)(follow_up)
            self.keeper.touched()
            self._keep_now()

    def _take(self, fact: PastFact) -> None:
        """Put a value of the earlier visit into the same field of the new one."""
        if field := self._form(fact.spot.page).field(fact.spot):
            show_in(field, fact.value)
            self._typed(fact.spot, fact.value)
            self._left(fact.spot)
            self.tabs.choose(fact.spot.page)
            field.setFocus()

    def take_over(self) -> None:
        """The field that has the focus takes what stood there last time."""
        spot = self._spot_in_hand()
        shown = self._past()
        if spot and shown:
            for fact in shown.facts:
                if fact.spot == spot:
                    self._take(fact)
                    return
        self.session.status.tell("ui.visit.nothing_to_take")

    def _leaf(self, step: int) -> None:
        self._back = max(0, self._back + step)
        self._tell()

    # where the hand is

    def _note_place(self) -> None:
        if self.state and (spot := self._spot_in_hand()):
            field = self.forms[spot.page].fields[spot]
            place = Place(spot, cursor_in(field))
            if self.state.place != place:
                self.keeper.moved()
            self.state.place = place

    def _keep_now(self) -> None:
        self._note_place()
        self.keeper.keep_now()

    def _return_to_place(self) -> None:
        """The cursor where it was; on a new form, in the first field that is still empty."""
        state = self.state
        if state is None or not self.isVisible():
            return
        place = state.place
        form = self._form(place.spot.page if place and place.spot.page in state.pages else HOME)
        self.tabs.choose(form.page)
        self._show_page()
        field = form.field(place.spot) if place else None
        if place and field:
            put_cursor(field, place.cursor)
        field = field or form.first_empty(state)
        field.setFocus()
        form.ensureWidgetVisible(field)

    def _spot_in_hand(self) -> Spot | None:
        focused = QApplication.focusWidget()
        return next((spot for form in self.forms.values() if (spot := form.spot_of(focused))), None)

    # finishing

    def finish(self) -> None:
        """Save the visit once, however often it is asked for; or go to the first thing that is wrong."""
        settle_focused()
        state = self.state
        if state is None or self._finishing:
            return
        faults = state.faults()
        if faults:
            self._seen |= {Spot(fault.page, fault.field, fault.row) for fault in faults}
            self._tell()
            first = Spot(faults[0].page, faults[0].field, faults[0].row)
            self.tabs.choose(first.page)
            self._form(first.page).fields[first].setFocus()
            return
        self._finishing = True
        self.keeper.stop()
        self.finish_button.setEnabled(False)
        self.session.save(
            visits.finish, draft=state.draft(), today=state.today, on_done=self._finished, on_problem=self._not_finished
        )

    def _finished(self, visit: object) -> None:
        state, session = self.state, self.session
        self.finish_button.setEnabled(True)
        if state is None:
            return
        draft, was_saved = state.draft(), state.form.saved
        self._put_away()

        def take_back() -> None:
            session.save(visits.take_back, draft=draft, on_done=lambda _draft: session.go("visit", draft.id))

        session.go("visits", str(visit))
        session.status.tell("ui.visit.finished", None if was_saved else take_back)

    def _not_finished(self, problems: list[Problem]) -> None:
        self._finishing = False
        self.finish_button.setEnabled(True)
        self.session.tell_problems(problems)
        self.keeper.touched()

    def _leave(self) -> None:
        settle_focused()
        here = self.target()
        bare_one = bool(self.state and self._fresh and self.state.is_bare(self._fresh))
        self.session.go("visits", "" if bare_one else here)

    def _put_away(self) -> None:
        self.keeper.begin(None)
        self.state = self._fresh = None
        self._finishing = False
        self._asked = ""
        self._show_whole(there=False)

    # what is seen

    def _show_whole(self, *, there: bool) -> None:
        self.form_area.setVisible(there)
        self.empty.setVisible(not there)

    def _show_page(self) -> None:
        value = self.tabs.value()
        self._back = 0
        if value == PAST:
            self.stack.setCurrentWidget(self.last)
        elif self.state and value in self.state.pages:
            self.stack.setCurrentWidget(self._form(value))
            self._tell_faults(self.state.faults())
            self._tell_past()

    def _place_last(self) -> None:
        """Beside the form where there is room, else as the last tab."""
        if self._narrow and self.stack.indexOf(self.last) < 0:
            self._middle.removeWidget(self.last)
            self.stack.addWidget(self.last)
        elif not self._narrow and self.stack.indexOf(self.last) >= 0:
            self.stack.removeWidget(self.last)
            self._middle.addWidget(self.last, 1)
            self.last.show()

    def _tell(self) -> None:
        """Head, tabs, what is wrong beside each field, and the last visit."""
        state, face = self.state, self.face
        if state is None:
            return
        faults = state.faults()
        self._tell_faults(faults)
        self.head.title.say("ui.visit.title", head=visit_words.whose(state.form, face.say))
        self.head.line.show_text(visit_words.head_line(state, faults, self.keeper.at, face.say, face.language))
        key, wrong, needed = visit_words.counts(faults)
        self.head.show_counts("" if self._narrow else key, wrong=wrong, needed=needed)
        self.head.counts.tone("alarm" if wrong else "")
        self.tabs.show_tabs(visit_words.tabs(state, faults, face.say, with_past=self._narrow))
        self._tell_past()

    def _tell_faults(self, faults: Sequence[Fault]) -> None:
        for page, form in self.forms.items():
            form.show_faults([fault for fault in faults if fault.page == page], self._seen)

    def _tell_past(self) -> None:
        if state := self.state:
            self.last.show_past(self._past())
            told = [(one.follow_up, promise_words(one, state.today, self.face.say)) for one in state.form.promises]
            self.last.show_promises(told, state.done)

    def _past(self) -> Any:
        shown = self.stack.currentWidget()
        page = shown.page if isinstance(shown, FormPage) else HOME
        return past_shown(self.state, page, self._back, self.face.say, self.face.language) if self.state else None
