"""Suggestions and complaints (意见建议): one is written at the left, one's own and what the league said stand at the right."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import suggestions
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.suggestions import KIND, Own, Suggestion
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.suggestions.suggestion_rows import Shown, shown
from shequ_desktop.ui.widgets.choices import CodeField
from shequ_desktop.ui.widgets.field import text_area
from shequ_desktop.ui.widgets.lines import settle_focused
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, ground, hairline
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.options import Option
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.window_class import WindowClass

PAUSE_MS = 300
"""After so long without a letter the draft is kept."""
FORM_WIDTH, LINES, MOST = 440, 8, 50


class SuggestionsPage(Page):
    """`open(page)` begins one about that page. Nothing is asked; what is typed is kept."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._own: Own | None = None
        self._about = ""
        self._dirty = self._finishing = False
        self._pages = {kind.key: kind.word for kind in PAGES if not kind.hidden}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._build()

    def _build(self) -> None:
        face = self.face
        self.head = PageHead(face)
        self.head.title.say("ui.page.suggestions")
        self.head.line.say("ui.suggestions.line")
        self.finish_button = self.head.add_button("ui.suggestions.finish", icon="check", chief=True, shortcut="Ctrl+Enter")
        self.finish_button.clicked.connect(self.finish)
        options = [Option(key, face.say(word)) for key, word in self._pages.items()]
        self.about = CodeField(face, "ui.suggestions.about", options, width="short")
        self.text = text_area(face, "ui.suggestions.text", lines=LINES, hint="ui.suggestions.hint")
        self.text.edited.connect(self._typed)
        self.about.chosen.connect(lambda _page: self._typed())
        self.note = Note(face, "ui.suggestions.no_person")
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        column.setSpacing(face.px("space.l"))
        for widget in (self.about, self.text, self.note):
            column.addWidget(widget)
        column.addStretch(1)
        self.own = QWidget()
        ground(self.own, "surface")
        self.own_column = QVBoxLayout(self.own)
        self.own_column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        self.own_column.setSpacing(face.px("space.l"))
        self.area = _scrolling()
        face.speak(self.area, "ui.suggestions.own", "name")
        self._lay_out()
        self._draw([])

    def _lay_out(self) -> None:
        both = QWidget()
        self._row = QHBoxLayout(both)
        bare(self._row)
        ground(both, "surface")
        self._row.addWidget(self.form)
        self._row.addWidget(self.own, 1)
        self.area.setWidget(both)
        whole = QVBoxLayout(self)
        bare(whole)
        for part in (self.head, hairline()):
            whole.addWidget(part)
        whole.addWidget(self.area, 1)
        order = [self.about.editor, self.text.editor, self.area, self.finish_button]
        for earlier, later in itertools.pairwise(order):
            QWidget.setTabOrder(earlier, later)

    # -- what the window asks

    def open(self, target: str = "") -> None:
        self._about = target if target in self._pages else ""
        self._read()

    def panes(self) -> list[QWidget]:
        return [self.text, self.area]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {"finish": self.finish, "save": self.keep}

    def keep(self) -> None:
        self._pause.stop()
        if self._own is not None and self._dirty and not self._finishing:
            self._dirty = False
            text, about = self.text.text(), self.about.value()
            self.session.save(suggestions.keep, draft=self._own.draft, text=text, about_page=about)

    def refresh(self, changed: Changed) -> None:
        if KIND in changed.kinds:
            self._read()

    def arrange(self, room: WindowClass) -> None:
        """Beside each other; in a narrow window one below the other."""
        narrow = room is WindowClass.NARROW
        self._row.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        self.form.setMinimumWidth(0)
        self.form.setMaximumWidth(16_777_215)
        if not narrow:
            self.form.setFixedWidth(self.face.scaled(FORM_WIDTH))

    # -- reading

    def _read(self) -> None:
        self.session.background.read(suggestions.own, self.session.archive, on_done=self._show)

    def _show(self, own: Own) -> None:
        """A draft is put into the fields once; later readings leave what is typed alone."""
        if self._own is None:
            self._own = own
            if not self._dirty:
                self._fill(own)
        elif self._about and not self.text.text().strip():
            self.about.set_value(self._about)
        self._about = ""
        words = {key: self.session.say(word) for key, word in self._pages.items()}
        self._draw(shown(own, words, self.session.today(), self.session.say))

    def _fill(self, own: Own) -> None:
        self.text.set_text(str(own.draft.content.get("text", "")))
        self.about.set_value(str(own.draft.content.get("about_page", "")) or self._about)

    def _draw(self, rows: list[Shown]) -> None:
        """One below the other; nothing is drawn anew where nothing differs."""
        if self.own.property("shown") == repr(rows):
            return
        self.own.setProperty("shown", repr(rows))
        column = self.own_column
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        column.addWidget(Word(self.face, "section", "ui.suggestions.own"))
        if not rows:
            column.addWidget(Word(self.face, "quiet", "ui.suggestions.none").wrapping())
        for row in rows[:MOST]:
            column.addWidget(_block(self.face, row))
            column.addWidget(hairline())
        column.addStretch(1)

    # -- acting

    def _typed(self) -> None:
        self._dirty = True
        self._pause.start()

    def finish(self) -> None:
        """Say it. The fields are empty at once; Ctrl+Z brings the text back."""
        settle_focused()
        if self._own is None or self._finishing:
            return
        self._pause.stop()
        self._finishing, self._dirty = True, False
        text, about = self.text.text(), self.about.value()
        self.session.save(
            suggestions.write, draft=self._own.draft, text=text, about_page=about, today=self.session.today(),
            on_done=lambda record: self._said(str(record), text.strip(), about),
            on_problem=self._refused,
        )  # fmt: skip

    def _said(self, record: str, text: str, about: str) -> None:
        session = self.session
        said = Suggestion(record, text, about, 0, suggestions.WAITING)
        self._begin_anew()

        def undo() -> None:
            self.keep()
            session.save(suggestions.take_back, suggestion=said, on_done=lambda _done: self._begin_anew())

        session.status.tell("ui.suggestions.said", undo)

    def _begin_anew(self) -> None:
        self._finishing, self._own = False, None
        self.text.set_text("")
        self.about.set_value("")
        self._read()

    def _refused(self, problems: list[Problem]) -> None:
        self._finishing, self._dirty = False, True
        if problems[0].key == "needed":
            self.text.show_error("ui.suggestions.needed")
        elif problems[0].field == "text":
            self.text.show_problem(problems[0])
        else:
            self.session.tell_problems(problems)
        self.text.editor.setFocus()


def _scrolling() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return area


def _block(face: Face, row: Shown) -> QWidget:
    """When and where it stands; the text; the answer below."""
    block = QWidget()
    column = QVBoxLayout(block)
    bare(column, face.px("space.xs"))
    line = QHBoxLayout()
    bare(line, face.px("space.s"))
    icon, tone, words = row.state
    head, state = Word(face, "small").wrapping(), Word(face, "plain_small")
    head.show_text(row.head)
    state.show_text(words)
    state.tone(tone if tone != "text_2" else "")
    line.addWidget(head, 1)
    line.addWidget(Picture(face, icon, tone, "small"))
    line.addWidget(state)
    column.addLayout(line)
    text = Word(face).wrapping()
    text.show_text(row.text)
    column.addWidget(text)
    if row.answer:
        answered, answer = Word(face, "label"), Word(face, "strong").wrapping()
        answered.show_text(row.answered)
        answer.show_text(row.answer)
        column.addWidget(answered)
        column.addWidget(answer)
    return block
