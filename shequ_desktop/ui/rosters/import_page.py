"""Taking in a list (导入花名册): a file, its columns, every row beforehand, the import, the questions at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import answering, roster_columns, roster_preview, rosters
from shequ_desktop.services.answering import Asked
from shequ_desktop.services.roster_preview import Preview
from shequ_desktop.services.rosters import ImportResult
from shequ_desktop.ui import places
from shequ_desktop.ui.background import Task
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.rosters.dropping import dropped_file
from shequ_desktop.ui.rosters.import_rows import about_file
from shequ_desktop.ui.rosters.import_state import ImportState, Step
from shequ_desktop.ui.rosters.mapping_pane import MappingPane
from shequ_desktop.ui.rosters.questions_pane import QuestionsPane
from shequ_desktop.ui.rosters.result_pane import ResultPane
from shequ_desktop.ui.rosters.rows_pane import RowsPane
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.empty_page import EmptyPage
from shequ_desktop.ui.widgets.marks import Word, bare, hairline
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.progress_line import ProgressLine
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar
from shequ_desktop.ui.window_class import WindowClass

PROMISES = (
    ("ui.rosters.promise_1", "ui.rosters.promise_1_more"),
    ("ui.rosters.promise_2", "ui.rosters.promise_2_more"),
)


class ImportPage(Page):
    """`ask_open` and `ask_save` answer a path, or an empty text where somebody thought better of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.state = ImportState()
        self.ask_open: Callable[[], str] = self._ask_open
        self.ask_save: Callable[[], str] = self._ask_save
        self._task: Task | None = None
        self._narrow = False
        self.setAcceptDrops(True)
        self._make_head()
        self._make_parts()
        self._lay_out()
        self.show_state()

    # -- building

    def _make_head(self) -> None:
        self.head = PageHead(self.face)
        self.back = self.head.add_button("ui.rosters.back", shortcut="Esc")
        self.other = self.head.add_button("ui.rosters.send")
        self.chief = self.head.add_button("ui.rosters.import", icon="download-simple", chief=True, shortcut="Ctrl+Enter")
        self.back.clicked.connect(self.go_back)
        self.other.clicked.connect(lambda: self.session.go("sync", ""))
        self.chief.clicked.connect(self.go_on)

    def _make_parts(self) -> None:
        face = self.face
        self.note = Note(face)
        self.empty = EmptyPage(
            face,
            "ui.rosters.choose_title",
            "ui.rosters.choose_text",
            button="ui.rosters.choose",
            icon="folder-open",
            promises=PROMISES,
        )
        self.empty.asked.connect(self.choose_file)
        self.mapping = MappingPane(face, roster_columns.choices())
        self.mapping.matched.connect(self._match)
        self.result = ResultPane(face)
        self.rows = RowsPane(face)
        self.rows.filtered.connect(self._filter)
        self.rows.save_asked.connect(self.save_rows)
        self.questions = QuestionsPane(self.session, self.state)
        self.questions.answered.connect(self._read_questions)
        self.progress = ProgressLine(face)
        self.progress.stop_asked.connect(self.stop)
        self.tabs = TabBar(face, "ui.rosters.panes")
        self.tabs.currentChanged.connect(lambda _place: self._show_panes())

    def _lay_out(self) -> None:
        self.left, self.right = QStackedWidget(), QStackedWidget()
        for pane in (self.mapping, self.result):
            self.left.addWidget(pane)
        for shown in (self.rows, self.questions):
            self.right.addWidget(shown)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        self.both.addWidget(self.left)
        self.both.addWidget(self.right)
        self.both.setStretchFactor(1, 1)
        work = QWidget()
        inside = QVBoxLayout(work)
        bare(inside)
        inside.addLayout(self.tabs.in_margins())
        inside.addWidget(self.both, 1)
        self.body = QStackedWidget()
        beginning = QScrollArea()
        beginning.setWidgetResizable(True)
        beginning.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beginning.setWidget(self.empty)
        for part in (beginning, work, self._busy_page()):
            self.body.addWidget(part)
        whole = QVBoxLayout(self)
        bare(whole)
        for widget in (self.head, hairline(), self.note):
            whole.addWidget(widget)
        whole.addWidget(self.body, 1)

    def _busy_page(self) -> QWidget:
        busy, margin = QWidget(), self.face.px("width.page_margin")
        column = QVBoxLayout(busy)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(self.face.px("space.m"))
        column.addWidget(self.progress)
        column.addWidget(Word(self.face, "small", "ui.rosters.importing_more").wrapping())
        column.addStretch(1)
        return busy

    # -- what a page answers

    def open(self, target: str = "") -> None:
        if target and (self.state.path is None or str(self.state.path) != target):
            self.take_file(Path(target))

    def target(self) -> str:
        return str(self.state.path) if self.state.path and self.state.step is not Step.DONE else ""

    def panes(self) -> list[QWidget]:
        if self.state.step is Step.CHOOSE:
            return [self.empty.button]
        if self.state.step is Step.IMPORT:
            return [self.progress.stop]
        if self.state.step is Step.DONE:
            return [self.questions.table]
        return [next(iter(self.mapping.boxes.values()), self.rows.table), self.rows.table]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        keys: dict[str, Callable[[], Any]] = {"new": self.choose_file, "finish": self.go_on, "save": self.save_rows}
        if self.state.step in (Step.MATCH, Step.DONE):
            keys["back"] = self.go_back
        if self._narrow and self.state.step in (Step.MATCH, Step.DONE):
            keys |= {"next_tab": lambda: self.tabs.step(1), "last_tab": lambda: self.tabs.step(-1)}
        return keys

    def keep(self) -> None:
        """How columns were matched is remembered at once, so that it is there when this file is opened again."""
        if self.state.said and self.state.step is Step.MATCH:
            self.session.background.run(roster_columns.keep, self.session.archive, dict(self.state.said))

    def arrange(self, room: WindowClass) -> None:
        self._narrow = room is WindowClass.NARROW
        self.head.counts.setVisible(room is WindowClass.WIDE)
        wide = self.face.px("width.unlock") + (5 if room is WindowClass.WIDE else 0) * self.face.px("space.l")
        self.left.setMinimumWidth(0 if self._narrow else wide)
        self.left.setMaximumWidth(self.maximumWidth() if self._narrow else wide)
        self._show_panes()

    def refresh(self, changed: object) -> None:
        if self.state.step is Step.DONE:
            self._read_questions()

    # -- choosing

    def choose_file(self) -> None:
        if self.state.step is not Step.IMPORT and (chosen := self.ask_open()):
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Look at this file."""
        if self.state.step is Step.IMPORT:
            return
        self.state.begin(path)
        self.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        if path := dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self.take_file(path)

    def _ask_open(self) -> str:
        say = self.face.say
        return QFileDialog.getOpenFileName(self, say("ui.rosters.dialog"), "", say("ui.rosters.files"))[0]

    def _ask_save(self) -> str:
        say = self.face.say
        name = say("ui.rosters.save_name")
        return QFileDialog.getSaveFileName(self, say("ui.rosters.save_dialog"), name, say("ui.rosters.save_files"))[0]

    # -- looking

    def look(self) -> None:
        """Work out what an import would do now; a look that is no longer wanted is stopped."""
        self.stop()
        path = self.state.path
        if path is None:
            return
        self.show_state()
        session = self.session
        self._task = session.background.run(
            roster_preview.preview,
            session.archive,
            path,
            today=session.today(),
            columns=dict(self.state.said),
            reads=True,
            cancellable=True,
            on_done=lambda seen: self._looked(path, seen),
            on_problem=lambda problems: self._not_looked(path, problems),
        )

    def _looked(self, path: Path, seen: Preview) -> None:
        if self.state.path == path and self.state.step is Step.MATCH:
            first = self.state.preview is None
            self.state.preview = seen
            self.show_state()
            if first and self.isVisible():
                self.mapping.focus_first()

    def _not_looked(self, path: Path, problems: list[Problem]) -> None:
        if self.state.path != path or problems[0].key == "import_cancelled":
            return
        self.state.path, self.state.step = None, Step.CHOOSE
        self.note.say(problems[0].key, tone="warn", **dict(problems[0].values))
        self.show_state(keep_note=True)

    def _match(self, source: str, at: int, target: str) -> None:
        self.state.match(source, at, target)
        self.look()

    def _filter(self, chosen: str) -> None:
        self.state.filter = chosen
        self._show_rows()

    # -- importing

    def go_on(self) -> None:
        """The chief action of the step."""
        if self.state.step is Step.MATCH and not self.state.hindrance():
            self._import()
        elif self.state.step is Step.DONE:
            self.session.go(places.HOUSEHOLDS, "")
        elif self.state.step is Step.CHOOSE:
            self.choose_file()

    def go_back(self) -> None:
        if self.state.step is Step.MATCH:
            self.keep()
        self.stop()
        self.state.path, self.state.step, self.state.preview = None, Step.CHOOSE, None
        self.show_state()

    def _import(self) -> None:
        state, session = self.state, self.session
        state.step = Step.IMPORT
        self.show_state()
        self.progress.begin("ui.rosters.importing", file=state.path.name if state.path else "")
        self._task = session.background.run(
            rosters.import_roster,
            session.archive,
            state.path,
            today=session.today(),
            columns=dict(state.said),
            progress=self.progress.advance,
            cancellable=True,
            on_done=self._imported,
            on_problem=self._not_imported,
        )

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _imported(self, result: ImportResult) -> None:
        self.progress.end()
        self.state.result, self.state.step = result, Step.DONE
        self.session.status.saved(self.session.now())
        self.session.feed.look()
        self._read_questions()
        self.show_state()

    def _not_imported(self, problems: list[Problem]) -> None:
        self.progress.end()
        self.state.step = Step.MATCH
        self.note.say(problems[0].key, tone="warn", **dict(problems[0].values))
        self.show_state(keep_note=True)

    def _read_questions(self) -> None:
        session = self.session
        session.background.read(answering.asked, session.archive, today=session.today(), on_done=self._show_questions)

    def _show_questions(self, waiting: list[Asked]) -> None:
        self.state.take_questions(waiting)
        self.questions.show_questions()

    def save_rows(self) -> None:
        """The rows asked and refused, with the reasons, as a workbook."""
        state, session = self.state, self.session
        if state.path is None or not state.problem_rows() or not (chosen := self.ask_save()):
            return
        out = Path(chosen)
        out = out if out.suffix else out.with_suffix(".xlsx")

        def told(_none: object) -> None:
            session.status.tell("ui.rosters.saved_rows", None, count=f"{state.problem_rows():,}", file=out.name)

        session.background.run(
            roster_preview.save_reasons,
            session.archive,
            state.path,
            out,
            named=state.named(),
            today=session.today(),
            columns=dict(state.said),
            language=self.face.language,
            on_done=told,
            on_problem=session.tell_problems,
        )

    # -- showing

    def show_state(self, *, keep_note: bool = False) -> None:
        state = self.state
        if not keep_note:
            self.note.say("")
        self.body.setCurrentIndex({Step.CHOOSE: 0, Step.MATCH: 1, Step.IMPORT: 2, Step.DONE: 1}[state.step])
        self._show_head()
        if state.preview is not None:
            self.mapping.show_lists(state.preview.lists)
        self._show_rows()
        if state.result is not None:
            self.result.show_result(state.result)
        self._show_panes()

    def _show_head(self) -> None:
        state, head = self.state, self.head
        head.title.say("ui.rosters.done_title" if state.step is Step.DONE else "ui.page.import")
        head.counts.say(f"ui.rosters.step.{state.step.value}")
        self._say_file()
        self.back.setVisible(state.step in (Step.MATCH, Step.DONE))
        self.back.say("ui.rosters.another" if state.step is Step.DONE else "ui.rosters.back")
        self.other.setVisible(state.step is Step.DONE)
        self.chief.setVisible(state.step in (Step.MATCH, Step.DONE))
        if state.step is Step.DONE:
            self.chief.say("ui.rosters.show_households")
            self.chief.set_icon("house")
            self.chief.allow()
            return
        self.chief.set_icon("download-simple")
        self.chief.say("ui.rosters.import_people" if state.new_people else "ui.rosters.import", count=f"{state.new_people:,}")
        hindrance = state.hindrance()
        if hindrance:
            self.chief.refuse(hindrance)
            if state.preview is not None:
                self.note.say(hindrance, tone="warn")
        else:
            self.chief.allow()

    def _say_file(self) -> None:
        key, told = about_file(self.state, self.face.say)
        if key:
            self.head.line.say(key, **told)
        else:
            self.head.line.show_text("")

    def _show_rows(self) -> None:
        self.rows.show_rows(self.state, Teller(self.face.say, self.face.language, self.session.today()))

    def _show_panes(self) -> None:
        """Both beside each other, or one at a time where there is no room."""
        done = self.state.step is Step.DONE
        self.left.setCurrentWidget(self.result if done else self.mapping)
        self.right.setCurrentWidget(self.questions if done else self.rows)
        names = ("result", "questions") if done else ("mapping", "rows")
        self.tabs.show_tabs([Tab(name, key=f"ui.rosters.pane.{name}") for name in names])
        self.tabs.setVisible(self._narrow)
        second = self.tabs.currentIndex() == 1
        self.left.setVisible(not self._narrow or not second)
        self.right.setVisible(not self._narrow or second)
