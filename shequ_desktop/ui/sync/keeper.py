"""Keeps the exchange going beside the window: by timer, when a network returns, by key; says how it goes in the status bar.

Never a dialog. One of them lives as long as the main window; pages find it by `keeper_of`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import preferences, synchronise
from shequ_desktop.services.synchronise import Synchronised
from shequ_desktop.ui import places
from shequ_desktop.ui.background import Task
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.sync.sync_state import AFTER_START_S, SOON_S, Under, Wishes, next_wait_s

_NOT_REACHED = ("league_not_reached", "league_broke_off", "sync_stopped")
Exchange = Callable[..., Synchronised | Problem]


class SyncKeeper(QObject):
    """`changed`: it began, went on or ended. `problem`: why the last one did not reach its end."""

    changed = Signal()

    def __init__(self, main: MainWindow, exchange: Exchange = synchronise.synchronise) -> None:
        super().__init__(main)
        self._main, self._session, self._exchange = main, main.session, exchange
        self.under: Under | None = None
        self.problem: Problem | None = None
        self.last: Synchronised | None = None
        self._failures = 0
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._by_itself)
        main.sync_asked.connect(self.sync_now)
        main.settings_chosen.connect(self.plan)
        self._listen_to_network()
        if not self._session.safe:
            self.plan(AFTER_START_S)
        stop = self.stop_task
        self.destroyed.connect(lambda: stop())

    # -- when

    def wishes(self) -> Wishes:
        chosen = preferences.load(self._session.archive.folder)
        return Wishes(
            bool(chosen["sync_by_itself"]), int(chosen["sync_minutes"]), bool(chosen["sync_saves_traffic"]), self._is_metered()
        )

    def plan(self, at_most_s: int = 0) -> None:
        """Wait for the next time; `at_most_s`: no longer than this."""
        wait = next_wait_s(self.wishes(), self._failures)
        if wait is None or self._session.safe:
            self._timer.stop()
            return
        self._timer.start((min(wait, at_most_s) if at_most_s else wait) * 1000)

    @property
    def seconds_to_next(self) -> int | None:
        return self._timer.remainingTime() // 1000 if self._timer.isActive() else None

    def _listen_to_network(self) -> None:
        """Where the system can tell, a network that returns is used at once; elsewhere the timer finds it."""
        QNetworkInformation.loadDefaultBackend()
        network = QNetworkInformation.instance()
        if network is not None:
            network.reachabilityChanged.connect(self.network_changed)

    def network_changed(self, reachability: object) -> None:
        if reachability == QNetworkInformation.Reachability.Online and self.under is None:
            self.plan(SOON_S)

    @staticmethod
    def _is_metered() -> bool:
        """Whether the line costs by what it carries; true where the system cannot tell, so that nothing is spent unasked."""
        network = QNetworkInformation.instance()
        if network is None or not network.supports(QNetworkInformation.Feature.Metered):
            return True
        return network.isMetered()

    # -- doing

    def sync_now(self) -> None:
        """Somebody asks. Pressed while one is under way it changes nothing."""
        self._begin(by_hand=True)

    def stop(self) -> None:
        """What has gone counts; the rest goes the next time."""
        self.stop_task()

    def stop_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _by_itself(self) -> None:
        session = self._session
        session.background.read(synchronise.status, session.archive, on_done=self._go_where_it_may)

    def _go_where_it_may(self, status: synchronise.Status) -> None:
        if not isValid(self):
            return
        if status.enrolled and not status.on_hold:
            self._begin(by_hand=False)
        else:
            self.plan()

    def _begin(self, *, by_hand: bool) -> None:
        if self.under is not None:
            return
        self._timer.stop()
        self.under, self.problem = Under(time.monotonic()), None
        self._task = self._session.background.run(
            self._exchange,
            self._session.archive,
            by_hand=by_hand,
            talks=True,
            progress=self._progress,
            cancellable=True,
            on_done=self._ended,
            on_problem=self._refused,
        )
        self._tell()

    def _progress(self, done: int, total: int) -> None:
        if isValid(self) and self.under is not None:
            self.under = Under(self.under.began_s, done, total)
            self._tell()

    def _ended(self, done: Synchronised) -> None:
        if not isValid(self):
            return
        self.last = done
        for note in done.notes:
            self._session.status.tell(note.key, None, **dict(note.values))
        self._rest(done.problem)

    def _refused(self, problems: list[Problem]) -> None:
        if not isValid(self):
            return
        self._rest(problems[0])
        if problems[0].key in ("not_enrolled", "practice_archive_stays"):
            self._session.go(places.SYNC, "")

    def _rest(self, problem: Problem | None) -> None:
        self.under, self.problem, self._task = None, problem, None
        self._failures = self._failures + 1 if problem else 0
        status = self._session.status
        status.sending("")
        status.reachable(problem is None or problem.key not in _NOT_REACHED)
        self._session.feed.look()
        self._main.read_standing()
        self.plan()
        self.changed.emit()

    def _tell(self) -> None:
        under = self.under
        if under is not None and under.total:
            self._session.status.sending("ui.sync.bar_sending", done=f"{under.done:,}", total=f"{under.total:,}")
        else:
            self._session.status.sending("ui.sync.bar_working")
        self.changed.emit()


def keeper_of(widget: QWidget) -> SyncKeeper | None:
    """The keeper of the window that this page is in."""
    here: Any = widget.parentWidget()
    while here is not None:
        if isinstance(here, MainWindow):
            found: SyncKeeper | None = here.findChild(SyncKeeper)
            return found
        here = here.parentWidget()
    return None
