"""A window on an archive that belongs to a league of this process, and a colleague's laptop beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from shequ_desktop.services import enrolling, synchronise
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.sync.keeper import SyncKeeper
from shequ_desktop.ui.window import Window
from tests.exchange.place import Laptop, Place
from tests.made import NOW_MS


@dataclass
class Meeting:
    """`mine`: the archive that the window shows, as tests write into it."""

    place: Place
    mine: Laptop
    other: Laptop

    def keeper(self, main: MainWindow) -> SyncKeeper:
        """Exchanges over the road of this process."""
        exchange = functools.partial(synchronise.synchronise, road=self.mine.road, ticks=self.place.ticks, pause=lambda _s: None)
        return SyncKeeper(main, exchange)


def meet(folder: Path, archive: Archive, *, enrolled: bool = True) -> Meeting:
    place = Place(folder, f"sqlite:///{folder}/league.db")
    place.hands.now_ms = NOW_MS
    archive.clock = place.hands.look
    mine = place.join("mine", archive, [0])
    if enrolled:
        problem = enrolling.enroll(archive, server="http://league", code=place.code(), road=mine.road)
        assert problem is None, problem
    return Meeting(place, mine, place.laptop("萨仁"))


def come_in(window: Window, until: Callable[[], bool] = lambda: True) -> None:
    """Let everything read and written come in."""
    for _ in range(6):
        assert window.background.wait(15_000)
        QApplication.processEvents()
        if until():
            return
