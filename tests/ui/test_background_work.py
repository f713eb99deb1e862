"""Work beside the window: results come back in its thread, problems as values, nothing holds it up or keeps it alive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.background import Background, field_problems
from tests.ui.walks import Watchdog


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background(lambda error: Problem("ui.told", values=(("sentence", type(error).__name__),)))
    yield made
    made.close()


def test_a_result_comes_back_in_the_windows_thread(background: Background) -> None:
    found: list[object] = []
    threads: list[threading.Thread] = []

    def done(result: object) -> None:
        found.append(result)
        threads.append(threading.current_thread())

    background.run(lambda: threading.current_thread().name, on_done=done)
    background.read(lambda: threading.current_thread().name, on_done=done)
    assert background.wait(5_000)
    assert sorted(map(str, found)) == ["reader", "writer"]
    assert set(threads) == {threading.main_thread()}


def test_a_problem_goes_to_who_asked_and_not_to_who_waits_for_a_result(background: Background) -> None:
    told: list[Problem] = []
    done: list[object] = []
    for answer in (Problem("needed", "name"), [Problem("needed", "name")]):
        background.run(lambda answer=answer: answer, on_done=done.append, on_problem=told.extend)
    assert background.wait(5_000)
    assert [problem.key for problem in told] == ["needed", "needed"]
    assert done == []


def test_an_empty_list_is_a_result(background: Background) -> None:
    done: list[object] = []
    background.read(list, on_done=done.append)
    assert background.wait(5_000)
    assert done == [[]]


def test_what_nobody_foresaw_is_told_and_the_next_work_is_done_all_the_same(background: Background) -> None:
    told: list[Problem] = []
    done: list[object] = []

    def fails() -> None:
        raise ZeroDivisionError

    background.run(fails, on_problem=told.extend)
    background.run(lambda: 7, on_done=done.append)
    assert background.wait(5_000)
    assert told == [Problem("ui.told", values=(("sentence", "ZeroDivisionError"),))]
    assert done == [7]


def test_writes_are_done_in_the_order_in_which_they_were_asked(background: Background) -> None:
    order: list[int] = []
    for number in range(50):
        background.run(order.append, number)
    assert background.wait(5_000)
    assert order == list(range(50))


def test_reading_does_not_wait_for_a_long_write(background: Background) -> None:
    go_on, read = threading.Event(), threading.Event()
    background.run(go_on.wait, 5)
    background.read(lambda: "read", on_done=lambda _: read.set())
    deadline = time.monotonic() + 3
    while not read.is_set() and time.monotonic() < deadline:
        QCoreApplication.processEvents()
    go_on.set()
    assert read.is_set()
    assert background.wait(5_000)


def test_progress_is_told_in_the_windows_thread_and_a_wish_to_stop_is_heard(background: Background) -> None:
    told: list[tuple[int, int]] = []

    def long(*, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
        for number in range(1, 2_000):
            if cancelled():
                return number
            progress(number, 2_000)
            time.sleep(0.005)
        return 0

    stopped_at: list[int] = []
    task = background.run(long, progress=lambda *at: told.append(at), cancellable=True, on_done=stopped_at.append)
    deadline = time.monotonic() + 3
    while not told and time.monotonic() < deadline:
        QCoreApplication.processEvents()
    task.cancel()
    assert background.wait(5_000)
    assert told[0][1] == 2_000
    assert 0 < stopped_at[0] < 2_000


def test_long_work_does_not_hold_the_event_loop(background: Background, watchdog: Watchdog) -> None:
    background.run(time.sleep, 0.5)
    assert background.wait(5_000)


def test_waiting_ends_at_its_limit_though_the_work_does_not(background: Background) -> None:
    go_on = threading.Event()
    background.run(go_on.wait, 10)
    began = time.monotonic()
    assert not background.wait(200)
    assert time.monotonic() - began < 2
    go_on.set()
    assert background.wait(5_000)


def test_problems_beside_fields_are_told_from_the_others() -> None:
    beside, rest = field_problems([Problem("needed", "name"), Problem("id_length", "name"), Problem("archive_busy")])
    assert beside == {"name": Problem("needed", "name")}
    assert rest == [Problem("archive_busy")]
