"""Conflicts (等您决定): what two people wrote differently, decided by keyboard, one by one or many at once; likely duplicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from shequ_desktop.domain.fields import Privacy
from shequ_desktop.services import conflict_cases, form_drafts, revealing, synchronise
from shequ_desktop.services.conflict_cases import TWINS, WAITS, Around, Case, Choice, Decided
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui import places
from shequ_desktop.ui.conflicts.case_pane import CasePane
from shequ_desktop.ui.conflicts.conflict_part import ConflictPart
from shequ_desktop.ui.conflicts.conflict_state import LATER, MINE, STATES, THEIRS, ConflictState
from shequ_desktop.ui.conflicts.conflict_words import Words
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.chips import Chip
from shequ_desktop.ui.widgets.list_pane import ListPane
from shequ_desktop.ui.widgets.marks import Button, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.window_class import WindowClass

FORM = "conflicts"


class ConflictsPage(Page):
    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.state = ConflictState()
        self._device = ""
        self._wanted = ""
        self._narrow = self._in_case = self._came_once = False
        face = self.face
        self.list_pane = ListPane(face, "ui.conflicts.list")
        self.head = PageHead(face)
        self.later = self.head.add_button("ui.conflicts.later")
        self.chief = self.head.add_button("ui.conflicts.decide_none", icon="check", chief=True, shortcut="Ctrl+Enter")
        self.many = Button(face, "ui.conflicts.many", icon="checks")
        self.menu = QMenu(self)
        self.case_pane = CasePane(face)
        self._join()
        self._lay_out()

    def _join(self) -> None:
        self.list_pane.chips.chosen.connect(self._filter)
        self.list_pane.list.chosen.connect(self._choose)
        self.list_pane.list.asked.connect(self._enter)
        self.head.back.connect(self.to_list)
        self.many.clicked.connect(self._open_menu)
        self.later.clicked.connect(self.go_later)
        self.chief.clicked.connect(self.act)
        self.case_pane.changed.connect(self._show_buttons)
        self.case_pane.person_asked.connect(lambda who: self.session.go(places.RESIDENTS, who))
        self.case_pane.reveal_asked.connect(self._reveal)

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        bare(inside)
        for widget in (self.head, hairline()):
            inside.addWidget(widget)
        inside.addWidget(self.case_pane, 1)
        self.right = right
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        self.left = QWidget()
        ground(self.left, "surface")
        below = QVBoxLayout(self.left)
        bare(below)
        below.addWidget(self.list_pane, 1)
        foot = QHBoxLayout()
        margin = self.face.px("width.list_margin")
        foot.setContentsMargins(margin, self.face.px("space.s"), margin, self.face.px("space.s"))
        foot.addWidget(self.many)
        foot.addStretch(1)
        below.addLayout(foot)
        self.both.addWidget(self.left)
        self.both.addWidget(right)
        self.both.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        bare(whole)
        whole.addWidget(self.both)

    # -- what a page answers

    def open(self, target: str = "") -> None:
        self._wanted = target or self._wanted
        if not self._came_once:
            self.session.background.read(form_drafts.kept, self.session.archive, form=FORM, about="", on_done=self._from_draft)
        self.read()

    def target(self) -> str:
        return self.list_pane.list.chosen_id()

    def panes(self) -> list[QWidget]:
        first = self.case_pane.first()
        return [self.list_pane.list, *([first] if first is not None else [])]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        keys: dict[str, Callable[[], Any]] = {"finish": self.act, "edit": self._open_record}
        if self._narrow and self._in_case:
            keys["back"] = self.to_list
        return keys

    def keep(self) -> None:
        """What is chosen and typed, so that another text size, a lock or a look elsewhere loses nothing."""
        session, draft = self.session, self.state.as_draft()
        if self.state.picked or self.state.typed:
            session.background.run(form_drafts.keep, session.archive, form=FORM, about="", content=draft)
        elif self._came_once:
            session.background.run(form_drafts.drop, session.archive, form=FORM, about="")

    def refresh(self, changed: object) -> None:
        self.read()

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        self.case_pane.stack(narrow=room is not WindowClass.WIDE)
        self._show_panes()
        left = self.face.px("width.list" if room is WindowClass.WIDE else "width.list_min")
        self.left.setMaximumWidth(self.maximumWidth() if self._narrow else left)

    def _show_panes(self) -> None:
        self.left.setVisible(not self._narrow or not self._in_case)
        self.right.setVisible(not self._narrow or self._in_case)
        self.head.show_back(f"ui.conflicts.mark.{self.state.filter}" if self._narrow else "")

    def to_list(self) -> None:
        """Back to the list; what is chosen stays."""
        self._in_case = False
        self._show_panes()
        self.list_pane.list.setFocus()

    # -- reading

    def read(self) -> None:
        self.session.background.read(_whole, self.session.archive, on_done=self._came)

    def _from_draft(self, draft: Mapping[str, Any]) -> None:
        if draft:
            self.state.from_draft(draft)

    def _came(self, came: tuple[str, list[Case]]) -> None:
        self._device, cases = came
        self.state.take_cases(cases)
        self._came_once = True
        self._show()

    # -- showing

    @property
    def words(self) -> Words:
        teller = Teller(self.face.say, self.face.language, self.session.today())
        return Words(teller, self.session.user, self._device)

    def case(self) -> Case | None:
        return self.state.case(self.list_pane.list.chosen_id())

    def _show(self) -> None:
        if self._wanted and (wanted := self._state_of(self._wanted)):
            self.state.filter = wanted
        counts, words = self.state.counts(), self.words
        self.list_pane.show_chips([Chip(state, f"ui.conflicts.chip.{state}", counts[state]) for state in STATES])
        self.list_pane.chips.choose(self.state.filter)
        shown = self.state.shown()
        self.list_pane.count.say(f"ui.conflicts.{'count' if shown else 'none'}.{self.state.filter}")
        rows = self.list_pane.list
        rows.show_rows([words.row(case) for case in shown])
        if self._wanted:
            rows.choose(self._wanted)
            self._wanted = ""
        if not rows.chosen_id():
            rows.choose_first()
        self._show_case()

    def _state_of(self, wanted: str) -> str:
        case = self.state.case(wanted)
        return case.state if case else ""

    def _filter(self, state: str) -> None:
        if state != self.state.filter:
            self.state.filter = state
            self._show()

    def _choose(self, case_id: str) -> None:
        if case_id:
            self._show_case()

    def _enter(self, _case_id: str) -> None:
        self._in_case = True
        self._show_panes()
        if first := self.case_pane.first():
            first.setFocus()

    def _show_case(self) -> None:
        case, words = self.case(), self.words
        self.case_pane.show_case(case, self.state, words)
        self._say_head(case, words)
        self._show_buttons()
        if case is not None and case.household and case.state != TWINS:
            session = self.session
            session.background.read(
                conflict_cases.around, session.archive, case.household, on_done=lambda around: self._around(case, around)
            )

    def _around(self, case: Case, around: Around) -> None:
        if self.case() == case:
            self.case_pane.show_around(around, self.words)

    def _say_head(self, case: Case | None, words: Words) -> None:
        title, line = self.head.title, self.head.line
        if case is None:
            title.say("ui.page.conflicts")
            line.say(f"ui.conflicts.none.{self.state.filter}")
            return
        name = case.who.name or self.face.say("ui.conflicts.nobody")
        if case.state == TWINS:
            title.say("ui.conflicts.title_twins", name=name, count=len(case.twins))
            line.show_text("")
            return
        count = len(case.conflicts)
        title.say("ui.conflicts.title" if count > 1 else "ui.conflicts.title_one", name=name, count=count)
        row = words.row(case)
        found = self.face.say("ui.conflicts.found", when=row.due)
        line.show_text(dotted((words.teller.age_and_sex(case.who.birth, case.who.sex), found)))

    def _show_buttons(self) -> None:
        case = self.case()
        decides = case is not None and case.state != TWINS
        self.later.setVisible(case is not None and case.state == WAITS)
        self.many.setVisible(self.state.filter == WAITS and self.state.counts()[WAITS] > 1)
        self.chief.set_icon("check" if decides else "user")
        if not decides:
            self.chief.setVisible(case is not None)
            self.chief.say("ui.conflicts.open")
            self.chief.allow()
            return
        self.chief.show()
        ready = len(self.state.choices(case)) if case else 0
        if not ready:
            self.chief.say("ui.conflicts.decide_none")
            self.chief.refuse("ui.conflicts.choose_first")
            return
        first_time = case is not None and case.state == WAITS
        self.chief.say("ui.conflicts.decide" if first_time else "ui.conflicts.restore", count=ready)
        self.chief.allow()

    # -- doing

    def act(self) -> None:
        """Decide what is chosen; for likely duplicates open the person."""
        case = self.case()
        if case is None:
            return
        if case.state == TWINS:
            self._open_record()
        elif choices := self.state.choices(case):
            self._decide(choices, self.state.after(case.id) if len(choices) == len(case.conflicts) else case.id)

    def go_later(self) -> None:
        """The next one; what was chosen here stays chosen."""
        if case := self.case():
            self.list_pane.list.choose(self.state.after(case.id))
            self.list_pane.list.setFocus()

    def decide_many(self, way: str) -> None:
        """Every one that waits, decided one way."""
        if choices := self.state.many(way, self._device):
            self._decide(choices, "")

    def _decide(self, choices: list[Choice], then: str) -> None:
        session = self.session

        def done(result: object) -> None:
            if isinstance(result, Decided):
                self._decided(choices, result, then)

        session.save(conflict_cases.decide_all, choices=choices, today=session.today(), on_done=done)

    def _decided(self, choices: list[Choice], result: Decided, then: str) -> None:
        self.state.forget([choice.conflict for choice in choices if choice.conflict not in result.problems])
        self.case_pane.show_problems(result.problems)
        if result.problems:
            left = len(result.problems)
            self.session.status.tell("ui.conflicts.done_some", None, count=f"{result.done:,}", left=f"{left:,}")
        else:
            self.session.status.tell("ui.conflicts.done", None, count=f"{result.done:,}")
            self._wanted = then
            self.case_pane.forget()
            self.keep()
        self.read()

    def _open_menu(self) -> None:
        self.menu.clear()
        for way in (MINE, THEIRS, LATER):
            count = len(self.state.many(way, self._device))
            act = self.menu.addAction(self.face.say(f"ui.conflicts.many_{way}", count=f"{count:,}"))
            act.setEnabled(count > 0)
            act.triggered.connect(lambda _on=False, chosen=way: self.decide_many(chosen))
        self.menu.popup(self.many.mapToGlobal(QPoint(0, self.many.height())))

    def _open_record(self) -> None:
        case = self.case()
        if case is None:
            return
        person = case.conflicts[0].kind != "household" if case.conflicts else True
        if person and case.who.id:
            self.session.go(places.RESIDENTS, case.who.id)
        elif case.household:
            self.session.go(places.HOUSEHOLDS, case.household)

    def _reveal(self, part: ConflictPart) -> None:
        """Written down before it is shown."""
        conflict, session = part.conflict, self.session
        masked = [field.name for field in self.words.fields(conflict) if field.privacy is Privacy.MASKED]
        session.background.run(
            revealing.reveal,
            session.archive,
            kind=conflict.kind,
            record=conflict.record,
            field=masked[0],
            on_done=lambda _whole: part.reveal(),
            on_problem=session.tell_problems,
        )


def _whole(archive: OpenArchive) -> tuple[str, list[Case]]:
    """(this device, every case)"""
    return synchronise.status(archive).device, conflict_cases.cases(archive)
