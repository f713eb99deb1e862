"""Keeps the draft of a visit at every pause. Knows no field: it asks for the state when it writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import visits
from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.visit_forms import VisitDraft
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.visits.visit_state import VisitState

PAUSE_MS = 300
"""After so long without a letter the draft is kept."""
DRAFTS = Changed(frozenset({"draft"}))
"""Told to the views when a draft has come or gone; drafts are no records, so the feed does not see them."""


class DraftKeeper(QObject):
    """`kept`: what is written is safe. `at`: when that was, None while nothing was written here."""

    kept = Signal()

    def __init__(self, session: Session, state: Callable[[], VisitState | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._state = session, state
        self.at: datetime | None = None
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)

    def begin(self, at: datetime | None) -> None:
        """Another form. `at`: when its draft was kept last."""
        self._pause.stop()
        self._dirty, self.at = False, at

    def touched(self) -> None:
        """Something was written; it is kept when the hand rests."""
        self._dirty = True
        self._pause.start()

    def moved(self) -> None:
        """The cursor stands elsewhere; worth keeping where there is a draft at all."""
        self._dirty = self._dirty or self.at is not None

    def stop(self) -> None:
        """Nothing more is kept: the visit is being finished, or put away."""
        self._pause.stop()
        self._dirty = False

    def keep_now(self) -> None:
        """Write the draft; each of several that follow each other is written in its turn."""
        self._pause.stop()
        state = self._state()
        if state is None or not self._dirty:
            return
        self._dirty = False
        self._session.background.run(
            visits.keep,
            self._session.archive,
            draft=state.form.draft,
            content=state.content(),
            on_done=self._was_kept,
            on_problem=self._not_kept,
        )

    def discard(self, draft: VisitDraft) -> None:
        """Let a draft go on which nobody wrote anything."""
        self.stop()
        run, archive = self._session.background.run, self._session.archive
        run(visits.discard, archive, draft=draft, on_done=lambda _done: self.tell_drafts())

    def tell_drafts(self) -> None:
        self._session.feed.records_changed.emit(DRAFTS)

    def _was_kept(self, draft: VisitDraft) -> None:
        self._session.status.saved(self._session.now())
        state = self._state()
        if state and draft.id == state.form.draft.id:
            first, self.at = self.at is None, self._session.now()
            self.kept.emit()
            if first:
                self.tell_drafts()

    def _not_kept(self, problems: list[Problem]) -> None:
        self._dirty = True
        self._session.tell_problems(problems)
