"""To decide (等您决定): doubtful values from paper, findings, birthdays, one after the other, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import deciding, editing, question_view
from shequ_desktop.services.deciding import Decision
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.question_view import Asked
from shequ_desktop.ui import places
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.records.detail_pane import scrolled
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.today import today_rows
from shequ_desktop.ui.widgets.choice_panel import Choice, ChoicePanel
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.thing_rows import ThingList
from shequ_desktop.ui.window_class import WindowClass

OURS, PAPER, OTHER = "ours", "paper", "other"


class DecidePage(Page):
    """A list of what waits, and what is to be decided about the chosen one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.decisions: list[Decision] = []
        self.asked: Asked | None = None
        self._wanted, self._room, self._saving = "", WindowClass.WIDE, False
        self.list = ThingList(face, "ui.page.decide")
        self.head = PageHead(face)
        self.open_button = self.head.add_button("ui.decide.open", icon="user", shortcut="F2")
        self.decide_button = self.head.add_button("ui.decide.so", icon="check", chief=True, shortcut="Ctrl+Enter")
        self.why = Word(face).wrapping()
        self.panels: dict[str, ChoicePanel] = {}
        self.other = Field(face, "ui.decide.write")
        self.by_hand = Word(face, "quiet", "ui.decide.by_hand").wrapping()
        self.link = Button(face, "ui.today.go_check", kind="link")
        self.empty = EmptyPage(face, "ui.decide.none_title", "ui.decide.none_text", button="ui.decide.to_today")
        self._build()
        self._join()

    def _build(self) -> None:
        face = self.face
        content = QWidget()
        column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        column.setSpacing(face.px("space.l"))
        column.addWidget(self.why)
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        bare(self._choices, face.px("space.m"))
        column.addLayout(self._choices)
        for widget in (self.other, self.by_hand):
            column.addWidget(widget)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.detail = QWidget()
        ground(self.detail, "surface")
        whole = QVBoxLayout(self.detail)
        bare(whole)
        for part in (self.head, hairline(), scrolled(content)):
            whole.addWidget(part)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.empty)
        grid = QGridLayout(self)
        bare(grid)
        grid.addWidget(self._stack)

    def _join(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.asked.connect(lambda _row: self._enter())
        self.decide_button.clicked.connect(self.decide)
        self.open_button.clicked.connect(self._open_record)
        self.link.clicked.connect(self._open_record)
        self.other.entered.connect(self.decide)
        self.head.back.connect(self._to_list)
        self.empty.asked.connect(lambda: self.session.go(places.TODAY, ""))

    # -- what the window asks

    def open(self, target: str = "") -> None:
        if target:
            self._wanted = target
            self._show_detail()
        self._read()

    def target(self) -> str:
        return self.list.chosen_id()

    def panes(self) -> list[QWidget]:
        if self._stack.currentWidget() is self.empty:
            return [self.empty.button]
        first = self.panels[OURS].radio if self.panels else self.open_button
        return [first] if self.list.isHidden() else [self.list, first]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        keys: dict[str, Callable[[], Any]] = {"finish": self.decide, "save": self.decide, "edit": self._open_record}
        return keys | ({"back": self._to_list} if self._room is WindowClass.NARROW and self.list.isHidden() else {})

    def refresh(self, _changed: Changed) -> None:
        if self.isVisible():
            self._read()

    def arrange(self, room: WindowClass) -> None:
        self._room = room
        narrow = room is WindowClass.NARROW
        wide = self.face.px("width.list" if room is WindowClass.WIDE else "width.list_min")
        self.head.show_back("ui.page.decide" if narrow else "")
        self.open_button.setVisible(not narrow)
        self._choices.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.list.setMinimumWidth(0 if narrow else self.face.px("width.list_min"))
        if narrow:
            self._to_list()
        else:
            self.list.show()
            self.detail.show()
            self.splitter.setSizes([wide, max(self.width() - wide - 1, 1)])

    def _show_detail(self) -> None:
        narrow = self._room is WindowClass.NARROW
        self.list.setVisible(not narrow)
        self.detail.show()

    def _to_list(self) -> None:
        narrow = self._room is WindowClass.NARROW
        self.list.show()
        self.detail.setVisible(not narrow)
        self.list.setFocus()

    # -- reading

    def _teller(self) -> Teller:
        return Teller(self.session.say, self.face.language, self.session.today())

    def _read(self) -> None:
        session = self.session
        session.background.read(deciding.to_decide, session.archive, today=session.today(), on_done=self._show)

    def _show(self, decisions: list[Decision]) -> None:
        place = max(self.list.currentIndex().row(), 1)
        self.decisions = decisions
        self.list.show_rows(today_rows.decision_rows(decisions, self._teller()))
        self._stack.setCurrentIndex(0 if decisions else 1)
        wanted, self._wanted = self._wanted, ""
        if wanted and self.list.choose(wanted):
            return
        if decisions and not self.list.chosen_id():
            rows = self.list.rows.rows
            self.list.choose(rows[min(place, len(rows) - 1)].id)

    def _chosen(self, row: str) -> None:
        if not row:
            return
        found = next((one for one in self.decisions if one.id == row), None)
        if found is None or found.what != deciding.QUESTION:
            self._show_other(row, found)
        elif self.asked is None or self.asked.id != row:
            self.session.background.run(
                question_view.asked, self.session.archive, question=row, reads=True,
                on_done=lambda asked: self._show_question(row, asked), on_problem=lambda _wrong: self._read(),
            )  # fmt: skip

    # -- showing

    def _clear_choices(self) -> None:
        for panel in self.panels.values():
            self._choices.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.panels = {}
        self.other.set_text("")
        self.other.clear()
        self.other.hide()

    def _show_other(self, row: str, found: Decision | None) -> None:
        """A finding or a birthday: there is nothing to choose here, only something to look at."""
        self.asked = None
        self._clear_choices()
        shown = next((one for one in self.list.rows.rows if one.id == row), None)
        self.head.title.show_text(shown.name if shown else "")
        self.head.line.show_text("")
        self.why.show_text(shown.below if shown else "")
        self.by_hand.hide()
        self.link.show()
        self.link.say("ui.today.go_decide" if found is None or found.what == deciding.BIRTHDAY else "ui.today.go_check")
        self.open_button.hide()
        self.decide_button.refuse("ui.decide.look")

    def _show_question(self, row: str, asked: Asked) -> None:
        if self.list.chosen_id() != row:
            return
        tell = self._teller()
        self.asked = asked
        self._clear_choices()
        term = tell.term(asked.kind, asked.field) if asked.can_take else ""
        self.head.title.say("ui.today.question", name=asked.name or tell.say("ui.tell.nobody"), term=term)
        self.head.line.show_text(tell.term(asked.kind))
        self.why.show_text(tell.reason(asked.reason))
        self.link.hide()
        self.open_button.setVisible(self._room is not WindowClass.NARROW)
        self.by_hand.setVisible(not asked.can_take)
        for choice in self._choices_of(asked, tell):
            panel = ChoicePanel(self.face, choice)
            panel.chosen.connect(self._choice)
            self.panels[choice.value] = panel
            self._choices.addWidget(panel, 1)
        self._allow()

    def _choices_of(self, asked: Asked, tell: Teller) -> list[Choice]:
        if not asked.can_take:
            return [Choice(OURS, "ui.decide.settled", asked.paper)]
        field = KINDS[asked.kind].by_name[asked.field]
        ours = tell.value(field, asked.ours, mask=False)
        return [
            Choice(OURS, "ui.decide.ours", ours),
            Choice(PAPER, "ui.decide.paper", asked.paper),
            Choice(OTHER, "ui.decide.other", "…"),
        ]

    def _choice(self, value: str) -> None:
        for name, panel in self.panels.items():
            if name != value and panel.radio.isChecked():
                panel.radio.setAutoExclusive(False)
                panel.radio.setChecked(False)
                panel.radio.setAutoExclusive(True)
        self.other.setVisible(value == OTHER)
        if value == OTHER:
            self.other.setFocus()
        self._allow()

    def _value(self) -> str:
        return next((name for name, panel in self.panels.items() if panel.radio.isChecked()), "")

    def _allow(self) -> None:
        if self._value():
            self.decide_button.allow()
        else:
            self.decide_button.refuse("ui.decide.choose_first")

    # -- acting

    def _enter(self) -> None:
        """Enter on a row: to the choices, or to the thing itself."""
        self._show_detail()
        if self.panels:
            next(iter(self.panels.values())).radio.setFocus()
        else:
            self._open_record()

    def _open_record(self) -> None:
        row = self.list.chosen_id()
        if row == deciding.CONFLICT:
            self.session.go(places.CONFLICTS, "")
            return
        found = next((one for one in self.decisions if one.id == row), None)
        pages = {"household": places.HOUSEHOLDS, "resident": places.RESIDENTS, "care_record": places.CARE}
        if found is not None and found.kind in pages:
            self.session.go(pages[found.kind], found.record)

    def decide(self) -> None:
        """Save the answer; the next one comes into sight."""
        asked, value, session = self.asked, self._value(), self.session
        if asked is None or not value or self._saving:
            return
        typed = self.other.text().strip()
        if value == OTHER and not typed:
            self.other.show_error("ui.decide.write_first")
            self.other.setFocus()
            return
        self._saving = True
        written = {OURS: None, PAPER: "", OTHER: typed}[value]

        def done(saved: Any) -> None:
            self._saving, self.asked = False, None

            def undo() -> None:
                session.save(editing.undo, saved=saved)
                session.status.tell("ui.form.undone")

            session.status.tell("ui.decide.done", undo)
            self.list.setFocus()

        session.save(
            question_view.answer, question=asked.id, today=session.today(), value=written, on_done=done, on_problem=self._refused
        )

    def _refused(self, problems: list[Problem]) -> None:
        self._saving = False
        asked = self.asked
        if asked is None:
            return
        told = self._teller().problem(asked.kind, problems[0]) if asked.kind in KINDS else problems[0]
        if OTHER in self.panels:
            self.panels[OTHER].radio.setChecked(True)
        self.other.show()
        self.other.show_problem(told)
        self.other.setFocus()
