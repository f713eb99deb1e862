"""What the window's benchmark does in processes of its own: an empty window, ours until it can be used, a person's acts timed.

`python -m benchmarks._window_acts empty | ours FOLDER | acts FOLDER`. The first two print when they could be used.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

SEARCHES, RESIDENTS, FRAMES, ROUNDS = 40, 60, 300, 40
WAIT_MS = 30_000


class FirstPaint(QObject):
    """Calls `then` when the window was painted and everything posted before was done."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then, self._seen = then, False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._then)
        return False


def told() -> None:
    print(time.monotonic(), flush=True)
    os._exit(0)


def empty() -> None:
    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    window.resize(1366, 768)
    FirstPaint(window, told)
    window.show()
    application.exec()


def ours(folder: Path) -> None:
    """As `shequ-desktop-window` starts, until the passphrase can be typed."""
    from shequ_desktop.cli.window import outside
    from shequ_desktop.ui.start import run_window

    def begin(window: QWidget) -> None:
        FirstPaint(window, told)

    run_window(folder, outside(), language="zh_CN", begin=begin)


def acts(folder: Path) -> None:
    """Everything that is timed in one window; prints one JSON document."""
    from benchmarks import _people
    from shequ_desktop.cli.window import outside
    from shequ_desktop.ui import pictures
    from shequ_desktop.ui.pages import COMPANIONS

    face = pictures.unseen_face(folder, "zh_CN")
    begun = time.perf_counter()
    window = pictures.unlocked(face, folder, outside(), passphrase=_people.PASSPHRASE, companions=COMPANIONS)
    assert window is not None
    person = Person(window)
    answer: dict[str, object] = {"unlock to Today ms": 1000 * (time.perf_counter() - begun)}
    QTest.qWait(1500)
    answer["idle MB"] = memory_mb()
    answer["search ms"], answer["bare ms"] = person.search()
    answer["open ms"] = person.open_residents()
    answer["frame ms"] = person.scroll()
    person.go_round(ROUNDS // 4)
    before = memory_mb()
    person.go_round(ROUNDS)
    answer["after MB"], answer["before MB"] = memory_mb(), before
    print(json.dumps(answer), flush=True)
    os._exit(0)


class Person:
    """Acts as somebody at the keyboard; a time ends when what was asked for is painted."""

    def __init__(self, window: object) -> None:
        from shequ_desktop.ui.window import Window

        assert isinstance(window, Window)
        assert window.main is not None
        self.window, self.main = window, window.main
        self.draw = random.Random(5)
        with self.main.session.archive.read() as reader:
            self.people = self.draw.sample(list(reader.columns("resident", "name", "id_number")), 2 * RESIDENTS)

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.perf_counter() + WAIT_MS / 1000
        while not holds():
            assert time.perf_counter() < end, "it does not come"
            QApplication.processEvents()
            time.sleep(0.0002)
        QApplication.processEvents()

    def rest(self) -> None:
        for _ in range(3):
            self.window.background.wait(WAIT_MS)
            QApplication.processEvents()

    def search(self) -> tuple[list[float], list[float]]:
        """Each key of a name in the search line, until the answers are painted; beside the same query of the service alone."""
        from shequ_desktop.services import looking_up
        from shequ_desktop.ui.search_box import MOST

        ours_ms, bare_ms, box = [], [], self.main.top.search
        seen = Painted(box.answers.viewport())
        for _, name, number in self.people[:SEARCHES]:
            for words in (name[:2], number[-4:]):
                box.begin()
                box.line.clear()
                for letter in words:
                    seen.times = 0
                    begun = time.perf_counter()
                    box.line.insert(letter)
                    box.line.textEdited.emit(box.line.text())
                    self.until(lambda: seen.times > 0)
                    ours_ms.append(1000 * (time.perf_counter() - begun))
                    self.rest()
                    begun = time.perf_counter()
                    looking_up.answers(self.main.session.archive, words=box.line.text(), limit=MOST)
                    bare_ms.append(1000 * (time.perf_counter() - begun))
            box.line.clear()
            box.answers.hide()
        return ours_ms, bare_ms

    def open_residents(self) -> list[float]:
        """A resident chosen by id, until name and facts of this one stand there."""
        spent = []
        self.main.go("residents")
        self.rest()
        for record, name, _ in self.people[:RESIDENTS]:
            begun = time.perf_counter()
            self.main.go("residents", record)
            self.until(functools.partial(self._stands_there, record, name))
            spent.append(1000 * (time.perf_counter() - begun))
            self.rest()
        return spent

    def _stands_there(self, record: str, name: str) -> bool:
        from shequ_desktop.ui.residents.residents_page import ResidentsPage

        page = self.main.page
        return isinstance(page, ResidentsPage) and page.shown.head.title.text() == name and page.target() == record

    def scroll(self) -> list[float]:
        """Pages down, jumps and small steps over the list of everybody; the longest that one frame held the loop."""
        self.main.go("residents")
        self.rest()
        page = self.main.page
        view = page.pane.list  # type: ignore[union-attr]
        bar, frames = view.verticalScrollBar(), []
        for step in range(FRAMES):
            if step % 3 == 2:
                target = self.draw.randrange(bar.maximum())
            else:
                target = min(bar.maximum(), bar.value() + (bar.pageStep() if step % 3 else 40))
            begun = time.perf_counter()
            bar.setValue(target)
            QApplication.processEvents()
            view.repaint()
            frames.append(1000 * (time.perf_counter() - begun))
        self.rest()
        return frames

    def go_round(self, rounds: int) -> None:
        """A shortened hour of the day: pages, people, words searched, a visit begun, the guide, another text size."""
        for turn in range(rounds):
            for page in ("today", "households", "residents", "care", "visits", "sync", "settings", "help"):
                self.main.go(page)
                self.rest()
            record, _, number = self.people[turn % len(self.people)]
            self.main.go("residents", record)
            self.main.top.search.begin()
            QTest.keyClicks(self.main.top.search.line, number[-4:])
            QTest.qWait(60)
            QTest.keyClick(self.main.top.search.line, Qt.Key.Key_Escape)
            self.main.top.search.line.clear()
            self.rest()


class Painted(QObject):
    """Counts paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


def memory_mb() -> float:
    """What this process holds of the machine's memory now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    act = sys.argv[1]
    if act == "empty":
        empty()
    else:
        {"ours": ours, "acts": acts}[act](Path(sys.argv[2]))
