"""What waits to be sent, with how far it has come; in place of it the way to join a league where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.services.sync_overview import Overview
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.sync.join_form import JoinForm
from shequ_desktop.ui.sync.sync_rows import WAIT_COLUMNS, waiting, waiting_id, waiting_line
from shequ_desktop.ui.sync.sync_state import Under
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines_table import LinesTable
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, ground, put

_STATES = (
    ("check", "text_2", "ui.sync.here"),
    ("paper-plane-tilt", "accent", "ui.sync.sent"),
    ("checks", "ok", "ui.sync.seen"),
)


class WaitsPane(QWidget):
    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = session.face
        self._face = face
        ground(self, "surface")
        self.count, self.aside = Word(face, "section"), Word(face, "small")
        self.table = LinesTable(face, "ui.sync.waits_table", WAIT_COLUMNS, dense=True)
        self.what, self.left = Word(face), Word(face, "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        face.speak(self.bar, "ui.sync.bar_working", "name")
        self.join = JoinForm(session)
        self.progress = self._progress()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting())
        self.stack.addWidget(self._scrolling(self.join))
        column = QVBoxLayout(self)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.l"), margin, face.px("space.l"))
        column.addWidget(self.stack)

    @staticmethod
    def _scrolling(part: QWidget) -> QScrollArea:
        put(part, ground="surface")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(part)
        return area

    def _waiting(self) -> QWidget:
        face, part = self._face, QWidget()
        head = QHBoxLayout()
        bare(head, face.px("space.s"))
        head.addWidget(self.count)
        head.addWidget(self.aside, 1)
        column = QVBoxLayout(part)
        bare(column, face.px("space.s"))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.progress)
        column.addLayout(self._legend())
        column.addStretch(0)
        return part

    def _progress(self) -> QWidget:
        part = QWidget()
        line = QHBoxLayout()
        bare(line)
        line.addWidget(self.what, 1)
        line.addWidget(self.left)
        column = QVBoxLayout(part)
        bare(column, self._face.px("space.xs"))
        column.addLayout(line)
        column.addWidget(self.bar)
        part.hide()
        return part

    def _legend(self) -> QHBoxLayout:
        """The three states that a change goes through."""
        face, row = self._face, QHBoxLayout()
        bare(row, face.px("space.xs"))
        for icon, tone, key in _STATES:
            word = Word(face, "small", key)
            word.tone("" if tone == "text_2" else tone)
            row.addWidget(Picture(face, icon, tone, "small"))
            row.addWidget(word)
            row.addSpacing(face.px("space.m"))
        row.addStretch(1)
        return row

    def show_overview(self, shown: Overview, teller: Teller) -> None:
        joins = not shown.status.enrolled and not shown.practice
        self.stack.setCurrentIndex(1 if joins else 0)
        self.table.show_lines(waiting(shown), waiting_line(teller), waiting_id)
        self.table.setVisible(self.table.lines.rowCount() > 0)
        if shown.status.waiting:
            self.count.say("ui.sync.waits", count=f"{shown.status.waiting:,}")
        else:
            self.count.say("ui.sync.waits_none" if shown.status.enrolled else "ui.sync.waits", count="0")
        self._say_beside(shown)

    def _say_beside(self, shown: Overview) -> None:
        self.aside.tone("warn" if shown.aside else "")
        if shown.aside:
            self.aside.say("ui.sync.aside", count=f"{len(shown.aside):,}")
        elif shown.status.enrolled and not shown.status.waiting and shown.status.last_contact_ms:
            self.aside.say("ui.sync.waits_none_more")
        else:
            self.aside.show_text("")

    def show_under(self, under: Under | None, now_s: float) -> None:
        """How far the exchange is, and how long it may still take."""
        self.progress.setVisible(under is not None)
        if under is None:
            return
        if not under.total:
            self.bar.setRange(0, 0)
            self.what.say("ui.sync.progress_taking" if under.done else "ui.sync.bar_working")
            self.left.show_text("")
            return
        self.bar.setRange(0, under.total)
        self.bar.setValue(under.done)
        self.what.say("ui.sync.progress_sending", done=f"{under.done:,}", total=f"{under.total:,}")
        left = under.seconds_left(now_s)
        if left is None:
            self.left.show_text("")
        elif left < 90:
            self.left.say("ui.sync.progress_left_s", count=left)
        else:
            self.left.say("ui.sync.progress_left_min", count=round(left / 60))
