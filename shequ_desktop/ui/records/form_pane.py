"""A form with its head: what is wrong is counted beside the button, drafts are kept at every pause and offered again.

Owns the life of a form from opening to saving. Which service saves it is told by whoever opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import editing, form_drafts
from shequ_desktop.ui.background import field_problems
from shequ_desktop.ui.records.field_form import FieldForm, Section
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines import settle_focused
from shequ_desktop.ui.widgets.marks import Button, bare, ground, hairline, small
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.page_head import PageHead

PAUSE_MS = 700

Typed = Mapping[str, str]
Service = Callable[..., object]


@dataclass(frozen=True)
class FormKind:
    """`name`: for ever, drafts carry it. `title`: its sentence, with `{name}` where somebody is named."""

    name: str
    title: str
    sections: tuple[Section, ...]


@dataclass
class Work:
    """A form that is open. `about`: the record it changes, or to which something is added. `before`: as it was opened.

    `save(typed, changed)` answers the service with its arguments; `said`: the sentence after saving.
    """

    kind: FormKind
    about: str
    save: Callable[[Typed, Typed], tuple[Service, dict[str, Any]]]
    said: str
    name: str = ""
    before: dict[str, str] = field(default_factory=dict)
    done: Callable[[Sequence[editing.Saved]], None] = lambda _saved: None
    nothing: Callable[[], None] = lambda: None


class FormPane(QWidget):
    """`left`: the form was closed; what is typed lies in its draft, or was saved."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.face = session, session.face
        self.work: Work | None = None
        self.form: FieldForm | None = None
        self._saving = False
        ground(self, "surface")
        face = self.face
        self.head = PageHead(face)
        self.later = self.head.add_button("ui.form.later", shortcut="Esc")
        self.save_button = self.head.add_button("ui.form.save", icon="check", chief=True, shortcut="Ctrl+S")
        self.note = Note(face)
        self.discard = small(Button(face, "ui.form.discard", kind="link"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        bare(column)
        column.addWidget(self.head)
        column.addWidget(hairline())
        self._noted = QWidget()
        line = QHBoxLayout(self._noted)
        margin = self.face.px("width.page_margin")
        line.setContentsMargins(margin, self.face.px("space.m"), margin, 0)
        line.addWidget(self.note, 1)
        line.addWidget(self.discard)
        self._noted.hide()
        column.addWidget(self._noted)
        column.addWidget(self._scroll, 1)
        self.later.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.discard.clicked.connect(self.throw_away)

    # -- opening

    def begin(self, work: Work, tell: Teller, *, arrange: Callable[[FieldForm], None] | None = None) -> None:
        """Open a form; what was typed in it and not finished comes back."""
        self.keep()
        self.work, self._saving = work, False
        self.head.title.say(work.kind.title, name=work.name)
        self.head.line.say("ui.form.line")
        self.head.show_counts("")
        self.save_button.allow()
        self._noted.hide()
        form = FieldForm(self.face, tell, work.kind.sections, today=self._session.today)
        form.fill(work.before)
        form.edited.connect(self._edited)
        if arrange:
            arrange(form)
        self._put(form)
        form.focus_first()
        self._session.background.read(
            form_drafts.kept,
            self._session.archive,
            form=work.kind.name,
            about=work.about,
            on_done=lambda content: self._bring_back(work, content),
        )

    def _put(self, form: FieldForm) -> None:
        holder = QWidget()
        ground(holder, "surface")
        row = QHBoxLayout(holder)
        margin = self.face.px("width.page_margin")
        row.setContentsMargins(margin, self.face.px("space.l"), margin, margin)
        row.addWidget(form, 1)
        row.addStretch(0)
        self.form = form
        self._scroll.setWidget(holder)

    def _bring_back(self, work: Work, content: Mapping[str, Any]) -> None:
        """The draft, unless somebody has begun to type already."""
        if work is not self.work or self.form is None or not content or self._is_typed():
            return
        self.form.fill({**work.before, **content.get("typed", {})})
        self.note.say("ui.form.brought_back")
        self._noted.show()
        self.form.focus_on(content.get("focus", ""), int(content.get("cursor", 0)))

    # -- typing

    def _edited(self) -> None:
        self._timer.start()

    def _is_typed(self) -> bool:
        return bool(self.form and self.work and editing.changed(self.work.before, self.form.typed()))

    def keep(self) -> None:
        """Keep what is typed so far; where it is as it was, there is no draft."""
        self._timer.stop()
        work, form = self.work, self.form
        if work is None or form is None or self._saving:
            return
        settle_focused()
        changed = editing.changed(work.before, form.typed())
        focus, cursor = form.focused()
        run, archive = self._session.background.run, self._session.archive
        if changed:
            content = {"typed": changed, "focus": focus, "cursor": cursor}
            run(
                form_drafts.keep, archive, form=work.kind.name, about=work.about, content=content,
                on_done=lambda _kept: self._session.status.saved(self._session.now()),
            )  # fmt: skip
        else:
            run(form_drafts.drop, archive, form=work.kind.name, about=work.about)

    def show_newer(self, typed: Typed, tell: Teller) -> None:
        """Values that came from elsewhere while the form is open stand beside their fields; nothing typed is touched."""
        if self.work is None or self.form is None:
            return
        for name, one in self.form.inputs.items():
            if name in typed and typed[name] != self.work.before.get(name, ""):
                one.note("ui.form.newer", typed[name] or tell.say("ui.empty_value"))

    # -- ending

    def leave(self) -> None:
        """Esc: what is typed stays in the draft."""
        if self.work is None:
            return
        typed = self._is_typed()
        self.keep()
        self._end()
        if typed:
            self._session.status.tell("ui.form.kept")
        self.left.emit()

    def throw_away(self) -> None:
        """The draft is not wanted: the form shows the record again."""
        if self.work is not None and self.form is not None:
            self.form.fill(self.work.before)
            self._noted.hide()
            self.keep()
            self.form.focus_first()

    def save(self) -> None:
        """Save with all rules; pressed twice, it saves once."""
        work, form = self.work, self.form
        if work is None or form is None or self._saving:
            return
        settle_focused()
        self._timer.stop()
        typed = form.typed()
        changed = editing.changed(work.before, typed)
        if not changed and work.before:
            self._end()
            work.nothing()
            self.left.emit()
            return
        self._saving = True
        service, named = work.save(typed, changed)
        self._session.save(
            service, on_done=lambda saved: self._saved(work, saved), on_problem=lambda wrong: self._refused(work, wrong), **named
        )

    def _saved(self, work: Work, saved: object) -> None:
        told: list[editing.Saved] = [saved] if isinstance(saved, editing.Saved) else list(saved)  # type: ignore[call-overload]
        session = self._session
        session.background.run(form_drafts.drop, session.archive, form=work.kind.name, about=work.about)

        def undo() -> None:
            session.save(editing.undo, saved=told)
            session.status.tell("ui.form.undone")

        session.status.tell(work.said, undo, name=work.name)
        if self.work is work:
            self._saving = False
            self._end()
            self.left.emit()
        work.done(told)

    def _refused(self, work: Work, problems: list[Problem]) -> None:
        self._saving = False
        if self.work is not work or self.form is None:
            return
        beside, rest = field_problems(problems)
        kinds = {name.partition(".")[2]: name for name in self.form.inputs}
        named = {name if "." in name else kinds.get(name, name): problem for name, problem in beside.items()}
        shown = self.form.show_problems(named)
        rest += [problem for name, problem in named.items() if name not in self.form.inputs]
        self.head.show_counts("ui.form.wrong" if shown else "", count=shown)
        if rest:
            self._session.tell_problems(rest)

    def _end(self) -> None:
        self.work = self.form = None
        self._timer.stop()
        self._scroll.setWidget(QWidget())
