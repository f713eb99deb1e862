"""Work beside the window: a thread that writes, one that reads, one that talks to a league; results come back to the window's.

Knows no service. Whatever was begun is either done or told as a problem; a closing window waits for it, not for ever.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer, Signal

from shequ_desktop.domain.problems import Problem

Done = Callable[[Any], None]
OnProblem = Callable[[list[Problem]], None]
Progress = Callable[[int, int], None]
PROGRESS_EVERY_MS = 100


@dataclass(eq=False)
class Task:
    """One thing under way. `cancel` asks it to stop; what it had not finished is then as if never begun."""

    act: Callable[[], Any]
    on_done: Done | None = None
    on_problem: OnProblem | None = None
    on_progress: Progress | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    told: tuple[int, int] | None = None

    def cancel(self) -> None:
        self.stopped.set()

    def is_cancelled(self) -> bool:
        return self.stopped.is_set()


class _Thread(threading.Thread):
    """Takes tasks one after the other. A daemon: a thread that hangs must not keep the process alive."""

    def __init__(self, name: str, finished: Callable[[Task, Any, Exception | None], None]) -> None:
        super().__init__(name=name, daemon=True)
        self.tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._finished = finished

    def run(self) -> None:
        while True:
            task = self.tasks.get()
            if task is None:
                return
            self._do(task)
            del task  # an idle thread must not keep an archive that was locked

    def _do(self, task: Task) -> None:
        try:
            result, error = task.act(), None
        except Exception as raised:  # told in the window's thread as an unforeseen problem
            result, error = None, raised
        self._finished(task, result, error)


class Background(QObject):
    """`unforeseen` makes of an exception what is told to a person, and logs where it arose."""

    idle_changed = Signal(bool)
    _finished = Signal(object)

    def __init__(self, unforeseen: Callable[[Exception], Problem], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unforeseen = unforeseen
        self._under_way: set[Task] = set()
        self._closing = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._writer, self._reader = _Thread("writer", self._hand_over), _Thread("reader", self._hand_over)
        self._talker = _Thread("talker", self._hand_over)
        for thread in self._threads:
            thread.start()
        self._progress = QTimer(self)
        self._progress.setInterval(PROGRESS_EVERY_MS)
        self._progress.timeout.connect(self._tell_progress)

    @property
    def _threads(self) -> tuple[_Thread, ...]:
        return self._writer, self._reader, self._talker

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_done: Done | None = None,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
        cancellable: bool = False,
        reads: bool = False,
        talks: bool = False,
        **named: Any,
    ) -> Task:
        """Call `function` beside the window. `reads`: it only reads, and need not wait for what is being written.

        `talks`: it waits for a network most of the time, and may hold up neither saving nor reading.

        With `progress` the function is given `progress=`, with `cancellable` it is given `cancelled=`. What it answers goes to
        `on_done`; a Problem or a list of them goes to `on_problem`, and so does what nobody foresaw.
        """
        task = Task(lambda: None, on_done, on_problem, progress)
        if progress is not None:
            named["progress"] = lambda done, total: setattr(task, "told", (done, total))
        if cancellable:
            named["cancelled"] = task.is_cancelled
        task.act = lambda: function(*arguments, **named)
        self._under_way.add(task)
        (self._reader if reads else self._talker if talks else self._writer).tasks.put(task)
        if len(self._under_way) == 1:
            self.idle_changed.emit(False)
        if progress is not None:
            self._progress.start()
        return task

    def read(self, function: Callable[..., Any], *arguments: Any, on_done: Done, **named: Any) -> Task:
        """Read beside the window; a problem shows nothing."""
        return self.run(function, *arguments, on_done=on_done, reads=True, **named)

    @property
    def is_idle(self) -> bool:
        return not self._under_way

    def let_go(self) -> None:
        """Whoever asked is gone: what is under way is done all the same, and nobody is told of it."""
        for task in self._under_way:
            task.on_done = task.on_problem = task.on_progress = None

    def cancel_all(self) -> None:
        for task in self._under_way:
            task.cancel()

    def wait(self, at_most_ms: int) -> bool:
        """Let everything under way come to its end while the window lives; whether all did."""
        deadline, loop = QDeadlineTimer(at_most_ms), QEventLoop()
        while self._under_way and not deadline.hasExpired():
            loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return not self._under_way

    def close(self) -> None:
        """Take nothing more; the threads end when they have done what they have."""
        self._closing = True
        self._progress.stop()
        for thread in self._threads:
            thread.tasks.put(None)

    def _hand_over(self, task: Task, result: Any, error: Exception | None) -> None:
        try:
            self._finished.emit((task, result, error))
        except RuntimeError:  # the window is gone: nobody is left to be told
            return

    def _deliver(self, finished: tuple[Task, Any, Exception | None]) -> None:
        task, result, error = finished
        self._under_way.discard(task)
        if not self._under_way:
            self._progress.stop()
            self.idle_changed.emit(True)
        problems = [self._unforeseen(error)] if error is not None else problems_of(result)
        if problems:
            if task.on_problem is not None:
                task.on_problem(problems)
        elif task.on_done is not None:
            task.on_done(result)

    def _tell_progress(self) -> None:
        for task in list(self._under_way):
            told, task.told = task.told, None
            if told is not None and task.on_progress is not None:
                task.on_progress(*told)


def problems_of(result: object) -> list[Problem]:
    """The problems that a service answered in place of a result."""
    if isinstance(result, Problem):
        return [result]
    if isinstance(result, list) and result and all(isinstance(one, Problem) for one in result):
        return list(result)
    return []


def field_problems(problems: Iterable[Problem]) -> tuple[dict[str, Problem], list[Problem]]:
    """({field: its first problem}, those that belong to no field)"""
    beside: dict[str, Problem] = {}
    rest = []
    for problem in problems:
        if problem.field:
            beside.setdefault(problem.field, problem)
        else:
            rest.append(problem)
    return beside, rest
