"""Visits (走访): drafts first, then what is finished and waits, then what the league has; one of them beside the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.services import visit_list, visits
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.visit_list import DRAFT, Listed, Visits, Whole
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.visits import visits_rows
from shequ_desktop.ui.visits.visits_rows import ALL, Section
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.facts import FactGrid
from shequ_desktop.ui.widgets.list_pane import ListPane
from shequ_desktop.ui.widgets.marks import Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.window_class import WindowClass

CONCERNS = frozenset({"visit", "visit_note", "follow_up", "household", "membership", "resident", "draft"})


class VisitsPage(Page):
    """The list at the left, one visit at the right; Enter goes on with a draft or opens a visit to correct it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._listed = Visits((), False)
        self._wanted = ""
        self._narrow = self._in_detail = False
        self._build()
        session.feed.exchanged.connect(self._read)
        self.face.theme_changed.connect(self._show)

    def _build(self) -> None:
        face = self.face
        self.pane = ListPane(face, "ui.visits.list")
        self.pane.chips.chosen.connect(lambda _value: self._show())
        self.pane.list.chosen.connect(self._chosen)
        self.pane.list.asked.connect(self._act)
        self.head = PageHead(face)
        self.head.back.connect(self._back_to_list)
        self.discard = self.head.add_button("ui.visits.discard", icon="trash")
        self.household = self.head.add_button("ui.visits.household", icon="house")
        self.go_on = self.head.add_button("ui.visits.go_on", icon="note-pencil", chief=True, shortcut="Enter")
        self.discard.clicked.connect(self._discard)
        self.household.clicked.connect(self._to_household)
        self.go_on.clicked.connect(lambda: self._act(self.pane.list.chosen_id()))
        self.detail = QScrollArea()
        self.detail.setWidgetResizable(True)
        self.detail.setFrameShape(QFrame.Shape.NoFrame)
        self.detail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QWidget()
        ground(right, "surface")
        column = QVBoxLayout(right)
        bare(column)
        for widget in (self.head, hairline()):
            column.addWidget(widget)
        column.addWidget(self.detail, 1)
        self.right = right
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(face.px("line.hair"))
        self.splitter.addWidget(self.pane)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([face.px("width.list"), face.px("width.visit_form")])
        self.empty = EmptyPage(face, "ui.visits.empty", "ui.visits.empty_text")
        self.both = QStackedWidget()
        self.both.addWidget(self.splitter)
        self.both.addWidget(self.empty)
        whole = QHBoxLayout(self)
        bare(whole)
        whole.addWidget(self.both)
        self._detail_of("", ())

    def open(self, target: str = "") -> None:
        self._wanted = target
        self._read()

    def target(self) -> str:
        return self.pane.list.chosen_id()

    def panes(self) -> list[QWidget]:
        return [self.pane.list, self.go_on] if self._listed.rows else [self]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        acts: dict[str, Callable[[], Any]] = {"filter": self._to_chips}
        if one := self._one():
            acts |= {"edit": lambda: self._act(one.id), "print": lambda: self.session.go("print", one.household)}
        if self._narrow and self._in_detail:
            acts["back"] = self._back_to_list
        return acts

    def refresh(self, changed: Changed) -> None:
        if CONCERNS & changed.kinds:
            self._read()

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        least = "width.list_min" if room is not WindowClass.WIDE else "width.list"
        self.pane.setFixedWidth(self.face.px(least)) if not self._narrow else self._free_pane()
        self._show_panes()

    def _free_pane(self) -> None:
        self.pane.setMinimumWidth(0)
        self.pane.setMaximumWidth(16_777_215)

    def _show_panes(self) -> None:
        self.pane.setVisible(not (self._narrow and self._in_detail))
        self.right.setVisible(not self._narrow or self._in_detail)
        self.head.show_back("ui.page.visits" if self._narrow else "")
        self.household.setVisible(not self._narrow)

    def _back_to_list(self) -> None:
        self._in_detail = False
        self._show_panes()
        self.pane.list.setFocus()

    # reading

    def _read(self) -> None:
        session = self.session
        session.background.read(visit_list.listed, session.archive, today=session.today(), on_done=self._read_done)

    def _read_done(self, listed: Visits) -> None:
        self._listed = listed
        self._show()
        if self._wanted:
            if self.pane.chips.value() != ALL and not self.pane.list.choose(self._wanted):
                self.pane.chips.choose(ALL)
            self.pane.list.choose(self._wanted)
            self._wanted = ""
        if not self.pane.list.chosen_id():
            self.pane.list.choose_first()
        elif one := self._one():
            self._show_one(one)

    def _show(self) -> None:
        listed, face = self._listed, self.face
        self.both.setCurrentWidget(self.splitter if listed.rows else self.empty)
        self.pane.show_chips(visits_rows.chips(listed))
        value = self.pane.chips.value()
        shown = [one for one in listed.rows if value in (ALL, one.state)]
        self.pane.count.say("ui.visits.count", count=f"{len(shown):,}")
        self.pane.list.show_rows(visits_rows.rows(shown, self.session.today(), face.say, face.language))
        if shown and not self.pane.list.chosen_id():
            self.pane.list.choose_first()

    def _one(self) -> Listed | None:
        chosen = self.pane.list.chosen_id()
        return next((one for one in self._listed.rows if one.id == chosen), None)

    # one of them

    def _chosen(self, _row: str) -> None:
        if one := self._one():
            self.detail.verticalScrollBar().setValue(0)
            self._show_one(one)

    def _show_one(self, one: Listed) -> None:
        face = self.face
        drafted = one.state == DRAFT
        self.head.title.say("ui.visits.of", head=visits_rows.whose(one, face.say))
        self.head.line.show_text(visits_rows.line(one, self.session.today(), face.say))
        self.discard.setVisible(drafted)
        self.go_on.say("ui.visits.go_on" if drafted else "ui.visits.correct")
        read, archive = self.session.background.read, self.session.archive
        if drafted:
            read(visit_list.whole_draft, archive, draft=one.id, on_done=lambda whole: self._show_whole(one, whole))
        else:
            read(visit_list.whole, archive, visit=one.id, on_done=lambda whole: self._show_whole(one, whole))

    def _show_whole(self, one: Listed, whole: Whole | None) -> None:
        if whole is not None and one == self._one():
            face = self.face
            self._detail_of(one.id, visits_rows.sections(whole, self.session.today(), face.say, face.language))

    def _detail_of(self, record: str, sections: Any) -> None:
        """Sections with their facts; nothing is drawn anew where they are the same."""
        key = (record, tuple(sections))
        if self.detail.property("shown") == repr(key):
            return
        self.detail.setProperty("shown", repr(key))
        content = QWidget()
        ground(content, "surface")
        column = QVBoxLayout(content)
        margin = self.face.px("width.page_margin")
        column.setContentsMargins(margin, self.face.px("space.m"), margin, margin)
        column.setSpacing(self.face.px("space.m"))
        for section in sections:
            self._add_section(column, section)
        column.addStretch(1)
        self.detail.setWidget(content)

    def _add_section(self, column: QVBoxLayout, section: Section) -> None:
        title = Word(self.face, "section", section.key)
        if not section.key:
            title.show_text(section.title)
        grid = FactGrid(self.face)
        grid.show_facts(section.facts)
        column.addWidget(title)
        column.addWidget(grid)

    # acts

    def _act(self, row: str) -> None:
        """Enter: where only one pane is seen, first the detail; then the form."""
        if self._narrow and not self._in_detail:
            self._in_detail = True
            self._show_panes()
            self.go_on.setFocus()
        elif row:
            self.session.go("visit", row)

    def _discard(self) -> None:
        one = self._one()
        if one is None or one.state != DRAFT:
            return
        session = self.session

        def gone(draft: Any) -> None:
            if draft is None:
                return

            def bring_back() -> None:
                session.save(visits.keep, draft=draft, content=draft.content, on_done=lambda _d: self._wish(draft.id))

            session.save(visits.discard, draft=draft, on_done=lambda _done: self._read())
            session.status.tell("ui.visits.discarded", bring_back)

        session.background.read(visit_list.draft_of, session.archive, draft=one.id, on_done=gone)

    def _wish(self, row: str) -> None:
        self._wanted = row
        self._read()

    def _to_household(self) -> None:
        if one := self._one():
            self.session.go("households", one.household)

    def _to_chips(self) -> None:
        for button in self.pane.chips.findChildren(QWidget):
            if button.isVisible() and button.property("checked"):
                button.setFocus()
                return
