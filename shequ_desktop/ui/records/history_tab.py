"""History (历史): every value that was written, who, when, what became of it; an older one can be restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import editing, past
from shequ_desktop.services.past import PastLine
from shequ_desktop.ui import days
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line, LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word, bare

COLUMNS = (
    Column("ui.history.when"),
    Column("ui.history.what", gives=True),
    Column("ui.history.value", gives=True),
    Column("ui.history.who", gives=True, leaves=1),
    Column("ui.history.became"),
)
_TONES = {"stands": "ok", "waits": "warn", "unsent": "text_2"}


def line_of(one: PastLine, tell: Teller) -> Line:
    """One value in words."""
    declared = KINDS[one.kind].by_name[one.field]
    term = tell.term(one.kind, one.field)
    what = tell.say("ui.history.of_whom", name=one.name, term=term) if one.name else term
    who = tell.say("ui.history.by_roster", user=one.user) if one.origin == "roster" else one.user
    value = tell.value(declared, one.value) or tell.say("ui.history.emptied")
    return Line(
        one.id,
        (
            Cell(days.moment(one.at.astimezone(), tell.today, tell.say), tone="text_2", small=True),
            Cell(what),
            Cell(value, strong=one.in_force),
            Cell(who, tone="text_2"),
            Cell(tell.say(f"ui.history.became.{one.became}"), tone=_TONES.get(one.became, "text_2"), small=True),
        ),
    )


class HistoryTab(QWidget):
    """Read when it comes into sight. `read`: the service with the record it is asked for."""

    def __init__(self, session: Session, teller: Callable[[], Teller], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._teller = session, teller
        face = session.face
        self._lines: Sequence[PastLine] = ()
        self._asked: tuple[Callable[..., list[PastLine]], str] | None = None
        self.table = LinesTable(face, "ui.history.list", COLUMNS, dense=True)
        self.restore_button = Button(face, "ui.history.restore", icon="arrow-u-up-left")
        self.none = Word(face, "quiet", "ui.history.none")
        column = QVBoxLayout(self)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.m"), margin, 0)
        column.setSpacing(face.px("space.m"))
        foot = QHBoxLayout()
        bare(foot)
        foot.addWidget(self.restore_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        self.restore_button.clicked.connect(self.restore)
        self.table.chosen.connect(lambda _line: self._allow())
        self.none.hide()
        self._allow()

    def show_of(self, read: Callable[..., list[PastLine]], record: str) -> None:
        """Read the history of this record; what is shown stays until it is there."""
        self._asked = (read, record)
        self._session.background.read(
            read, self._session.archive, record=record, on_done=lambda lines: self._show((read, record), lines)
        )

    def _show(self, asked: tuple[Callable[..., list[PastLine]], str], lines: Sequence[PastLine]) -> None:
        if asked != self._asked:
            return
        self._lines, tell = lines, self._teller()
        self.table.show_lines(lines, lambda one: line_of(one, tell))
        self.none.setVisible(not lines)
        self._allow()

    def _chosen(self) -> PastLine | None:
        chosen = self.table.chosen_id()
        return next((line for line in self._lines if line.id == chosen), None)

    def _allow(self) -> None:
        line = self._chosen()
        if line is not None and not line.in_force:
            self.restore_button.allow()
        else:
            self.restore_button.refuse("ui.history.pick")

    def restore(self) -> None:
        """Write the chosen value again; the save before it can be had back by undo."""
        line, session = self._chosen(), self._session
        if line is None:
            return
        tell = self._teller()
        term = tell.term(line.kind, line.field)
        value = tell.value(KINDS[line.kind].by_name[line.field], line.value) or tell.say("ui.history.emptied")

        def done(saved: Any) -> None:
            def undo() -> None:
                session.save(editing.undo, saved=[saved])
                session.status.tell("ui.form.undone")

            session.status.tell("ui.history.restored", undo, term=term, value=value)

        session.save(past.restore, line=line, on_done=done)
