"""Printing (打印): choose, look at it page by page, save it as a file or send it to a printer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_preview
from shequ_desktop.services.print_jobs import Job
from shequ_desktop.services.print_preview import Prepared
from shequ_desktop.ui.background import Task
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.printing import paper, print_state
from shequ_desktop.ui.printing.page_images import PageImages
from shequ_desktop.ui.printing.page_preview import PagePreview
from shequ_desktop.ui.printing.paper import MakePrinter, Paper
from shequ_desktop.ui.printing.part_list import PartList
from shequ_desktop.ui.printing.print_options import PrintOptions
from shequ_desktop.ui.printing.print_state import PrintState
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.marks import Button, Word, bare, ground, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.progress_line import ProgressLine
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar
from shequ_desktop.ui.window_class import WindowClass
from shequ_desktop.wording import catalogue

PAPER_LANGUAGE = "zh_CN"
"""What a household is given to read and to sign is in Chinese, whatever the window speaks."""
KEPT_LARGE, KEPT_SMALL = 8, 300
OPTIONS, PREVIEW = "options", "preview"


class PrintPage(Page):
    """`open` takes ids of households, visits, residents or care records, separated by commas; none: those due."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        make_printer: MakePrinter = paper.printer_called,
        printers: Callable[[], tuple[str, ...]] = paper.printers,
        ask_file: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(session, parent)
        self.state = PrintState()
        self.prepared: Prepared | None = None
        self._make_printer, self._printers, self._ask_file = make_printer, printers, ask_file or self._ask
        self._speak = catalogue(PAPER_LANGUAGE).__getitem__
        self._counts: Mapping[str, int] = {}
        self._target = ""
        self._preparing: Task | None = None
        self._sending: Task | None = None
        self._room = WindowClass.WIDE
        self._build()

    def _build(self) -> None:
        face = self.face
        self.head = PageHead(face)
        self.head.title.say("ui.print.title", form=face.say(print_state.form_title(self.state.form)))
        self.save_button = self.head.add_button("ui.print.save_pdf", icon="file-pdf", shortcut="Ctrl+S")
        self.print_button = self.head.add_button("ui.print.print", icon="printer", chief=True, shortcut="Ctrl+P", count=0)
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_now)
        self.tabs = TabBar(face, "ui.print.tabs")
        self.tabs.show_tabs([Tab(OPTIONS, "ui.print.tab.options"), Tab(PREVIEW, "ui.print.tab.preview")])
        self.tabs.currentChanged.connect(lambda _place: self._show_parts())
        self.options = PrintOptions(face)
        self.options.setFixedWidth(face.px("width.print_options"))
        self.options.changed.connect(self._changed)
        self.large = PageImages(self.session.background, KEPT_LARGE, self)
        self.small = PageImages(self.session.background, KEPT_SMALL, self)
        self.preview = PagePreview(face, self.large)
        self.preview.leafed.connect(lambda _page: self._tell())
        self.preview.zoomed.connect(self._tell)
        self.parts = PartList(face, self.small)
        self.parts.chosen.connect(self._go_to_part)
        self.parts.dropped.connect(self._drop)
        self.progress = ProgressLine(face)
        self.progress.stop_asked.connect(self._stop)
        middle = QWidget()
        column = QVBoxLayout(middle)
        bare(column)
        column.addWidget(self.preview, 1)
        column.addWidget(self.progress)
        column.addWidget(self._foot())
        self.middle = middle
        row = QHBoxLayout()
        bare(row)
        for widget, stretch in ((self.options, 0), (middle, 1), (self.parts, 0)):
            row.addWidget(widget, stretch)
        whole = QVBoxLayout(self)
        bare(whole)
        bar = QHBoxLayout()
        bar.setContentsMargins(self.face.px("width.page_margin"), 0, 0, 0)
        bar.addWidget(self.tabs)
        whole.addWidget(self.head)
        whole.addLayout(bar)
        whole.addWidget(hairline())
        whole.addLayout(row, 1)

    def _foot(self) -> QWidget:
        face = self.face
        foot = QWidget()
        ground(foot, "surface")
        foot.setFixedHeight(face.px("height.tab_bar"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(face.px("space.m"), 0, face.px("space.m"), 0)
        row.setSpacing(face.px("space.xs"))
        self.page_word = Word(face)
        self.smaller, self.larger = Button(face, kind="flat", icon="minus"), Button(face, kind="flat", icon="plus")
        self.zoom = Button(face, kind="flat")
        for button, key, act in (
            (self.smaller, "ui.print.smaller", lambda: self.preview.step_zoom(-1)),
            (self.larger, "ui.print.larger", lambda: self.preview.step_zoom(1)),
            (self.zoom, "ui.print.fit", self.preview.fit),
        ):
            face.speak(button, key, "tip")
            face.speak(button, key, "name")
            button.clicked.connect(act)
        row.addWidget(self.page_word)
        row.addStretch(1)
        for widget in (self.smaller, self.zoom, self.larger):
            row.addWidget(widget)
        return foot

    def open(self, target: str = "") -> None:
        if target != self._target or self.prepared is None:
            self._target = target
            self.state = print_state.opened_with(target)
            self._prepare()
        self.session.background.run(self._printers, reads=True, on_done=self._show_printers)
        self._tell()

    def target(self) -> str:
        return self._target

    def panes(self) -> list[QWidget]:
        narrow = self._room is WindowClass.NARROW
        if narrow and self.tabs.value() == PREVIEW:
            return [self.preview]
        return [self.options.form.box, *([] if narrow else [self.preview, self.parts])]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {
            "print": self.print_now,
            "finish": self.print_now,
            "save": self.save_pdf,
            "next_tab": lambda: self.tabs.step(1),
            "last_tab": lambda: self.tabs.step(-1),
        }

    def keep(self) -> None:
        """Nothing is written here; what is only being looked at need not go on being drawn."""
        if self._preparing:
            self._preparing.cancel()

    def arrange(self, room: WindowClass) -> None:
        self._room = room
        narrow = room is WindowClass.NARROW
        self.tabs.setVisible(narrow)
        if narrow:
            self.options.setMinimumWidth(0)
            self.options.setMaximumWidth(16_777_215)
        else:
            self.options.setFixedWidth(self.face.px("width.print_options"))
        self._show_parts()

    def _show_parts(self) -> None:
        narrow, value = self._room is WindowClass.NARROW, self.tabs.value()
        self.options.setVisible(not narrow or value != PREVIEW)
        self.middle.setVisible(not narrow or value == PREVIEW)
        self.parts.setVisible(not narrow)

    # what is chosen

    def _changed(self, name: str, value: object) -> None:
        if name == "form":
            self.state = self.state.with_form(str(value))
        else:
            self.state = replace(self.state, **{name: value})  # type: ignore[arg-type]
        if name == "copies":
            self._tell()
        else:
            self._prepare()

    def _drop(self, place: int) -> None:
        """This one is not printed; the way back is offered."""
        if self.prepared is None or len(self.prepared.parts) < 2 or not self.prepared.parts[place].record:
            return
        before = self.state
        self.state = before.without(self.prepared.parts[place].record, self.prepared.parts)

        def bring_back() -> None:
            self.state = before
            self._prepare()

        self.session.status.tell("ui.print.dropped", bring_back)
        self._prepare()

    def _prepare(self) -> None:
        """Draw what is chosen now; what was being drawn before is given up."""
        if self._preparing:
            self._preparing.cancel()
        session, state = self.session, self.state
        self._show_prepared(None)
        self.progress.begin("ui.print.drawing")
        self._preparing = session.background.run(
            print_preview.prepare,
            session.archive,
            state.order,
            whom=state.whom,
            records=state.records,
            speak=self._speak,
            printed_at=session.now(),
            progress=self.progress.advance,
            cancellable=True,
            on_done=functools.partial(self._prepared, state),
            on_problem=functools.partial(self._not_prepared, state),
        )
        count = print_preview.count
        session.background.read(count, session.archive, state.order, on=session.today(), on_done=self._counted)

    def _prepared(self, state: PrintState, prepared: Prepared) -> None:
        if self._is_for(state):
            self._preparing = None
            self.progress.end()
            self._show_prepared(prepared)

    def _not_prepared(self, state: PrintState, problems: list[Problem]) -> None:
        if self._is_for(state):
            self._preparing = None
            self.progress.end()
            self.head.line.say(problems[0].key, **dict(problems[0].values))

    def _is_for(self, state: PrintState) -> bool:
        """Whether what was drawn is still what is wanted."""
        return replace(state, copies=1) == replace(self.state, copies=1)

    def _counted(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._tell()

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self.options.show_printers(names)
        self._tell()

    def _show_prepared(self, prepared: Prepared | None) -> None:
        self.prepared = prepared
        self.large.show(prepared)
        self.small.show(prepared)
        self.preview.show_pages(prepared.job.pages if prepared else 0)
        self.parts.show_parts(prepared.parts if prepared else ())
        self._tell()

    def _go_to_part(self, place: int) -> None:
        if self.prepared and 0 <= place < len(self.prepared.parts):
            self.preview.go(self.prepared.parts[place].first)

    # what is done

    def save_pdf(self) -> None:
        """Ask where, write the file, say where it lies."""
        prepared = self.prepared
        if prepared is None or self._sending:
            return
        name = self._ask_file(print_state.file_name(self.state, self.session.today(), self.face.say))
        if name:
            out = Path(name)
            self.session.save(
                print_preview.save,
                prepared=prepared,
                out=out,
                on_done=lambda job: self._done("ui.print.saved", job, folder=out.parent.name),
            )

    def _ask(self, name: str) -> str:
        title = self.session.say("ui.print.save_title")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), "PDF (*.pdf)")
        return chosen

    def print_now(self) -> None:
        """Send every page to the chosen printer, with its count and a way to stop it."""
        prepared, printer = self.prepared, self.options.printer.value()
        if prepared is None or self._sending or not printer:
            return
        wanted = Paper(printer, self.state.copies, self.options.both_sides.isChecked())
        self.progress.begin("ui.print.printing")
        self._sending = self.session.background.run(
            paper.send,
            self.session.archive,
            prepared,
            wanted,
            make_printer=self._make_printer,
            progress=self.progress.advance,
            cancellable=True,
            on_done=self._sent,
            on_problem=self._not_sent,
        )
        self._tell()

    def _sent(self, job: Job) -> None:
        self._sending = None
        self.progress.end()
        self._done("ui.print.printed", job)

    def _not_sent(self, problems: list[Problem]) -> None:
        self._sending = None
        self.progress.end()
        self.session.tell_problems(problems)
        self._tell()

    def _done(self, key: str, job: object, **values: object) -> None:
        if isinstance(job, Job):
            self.session.status.tell(key, None, forms=job.forms, pages=job.pages, **values)
        self._tell()

    def _stop(self) -> None:
        for task in (self._preparing, self._sending):
            if task:
                task.cancel()

    # what is seen

    def _tell(self) -> None:
        face, state, prepared = self.face, self.state, self.prepared
        self.head.title.say("ui.print.title", form=face.say(print_state.form_title(state.form)))
        whom = print_state.whom_options(state, self._counts, face.say)
        self.options.show_state(state, print_state.form_options(face.say), whom)
        forms = prepared.job.forms if prepared else 0
        self.print_button.say("ui.print.print", count=forms)
        if prepared:
            self.head.line.show_text(print_state.head_line(prepared, state, face.say))
            unreviewed = print_preview.unreviewed(state.order, speak=self._speak)
            key, values = print_state.note(prepared, unreviewed)
            self.options.note.say(key, **values)
            self.parts.mark(print_state.part_at(prepared.parts, self.preview.page))
            self.page_word.say("ui.print.page_of", page=self.preview.page + 1, pages=prepared.job.pages)
        else:
            if self._preparing:
                self.head.line.say("ui.print.drawing")
            self.options.note.say("")
            self.page_word.show_text("")
        word = "ui.print.whole_width" if self.preview.is_whole_width else "ui.print.zoom"
        self.zoom.say(word, percent=f"{self.preview.zoom:.0%}")
        self._allow(prepared)

    def _allow(self, prepared: Prepared | None) -> None:
        """What can be pressed now, and else why not."""
        for button in (self.save_button, self.print_button):
            if self._sending:
                button.refuse("ui.print.printing")
            elif prepared is None:
                button.refuse("ui.print.drawing" if self._preparing else "ui.print.nothing_chosen")
            else:
                button.allow()
        if prepared and not self._sending and not self.options.printer.value():
            self.print_button.refuse("ui.print.no_printer")
