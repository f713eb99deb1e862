"""The window on a real encrypted archive, without a screen; the watchdog that fails a test whose event loop is held."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import unlocking
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.face import Face, Look
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.page import PageKind
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.warming import warm_up
from shequ_desktop.ui.window import Window
from tests.fixtures import archive, clock, empty_archive
from tests.made import COST, PASSPHRASE, TODAY, USER, Clock
from tests.ui.walks import Flashes, Watchdog

__all__ = ["archive", "clock", "empty_archive"]

Opened = Callable[..., Window]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["shequ-desktop"]


@pytest.fixture(scope="session")
def one_face(qapp: QApplication) -> Face:
    """An application has one face; each test finds it in its usual look. The pages' code is loaded, as it is by then."""
    warm_up()
    return Face(qapp, Look())


@pytest.fixture
def face(one_face: Face) -> Iterator[Face]:
    yield one_face
    one_face.choose(Look())


@pytest.fixture
def unforeseen() -> list[Exception]:
    """What nobody foresaw: a test that does not expect it asserts that it is empty, and `window` does so for it."""
    return []


@pytest.fixture
def outside(clock: Clock, unforeseen: list[Exception]) -> Outside:
    """A day in November, cheap keys."""

    def note(error: Exception, _language: str) -> str:
        unforeseen.append(error)
        return type(error).__name__

    return Outside(
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 25, 14, 2, tzinfo=UTC),
        unlock=lambda folder, *, user, passphrase: unlocking.unlock(folder, user=user, passphrase=passphrase, clock=clock),
        make=lambda folder, *, user, passphrase: unlocking.make(folder, user=user, passphrase=passphrase, clock=clock, cost=COST),
        recover=lambda folder, *, user, code, passphrase: unlocking.unlock_by_recovery(
            folder, user=user, code=code, passphrase=passphrase, clock=clock
        ),
        unforeseen=note,
        version="1.0.0",
    )


@pytest.fixture
def opened(qapp: QApplication, face: Face, archive: Archive, outside: Outside, unforeseen: list[Exception]) -> Iterator[Opened]:
    """`opened(kinds)`: a window on the archive of `archive.folder`, unlocked; `opened(kinds, unlocked=False)` asks first."""
    windows: list[Window] = []
    flashes = Flashes()
    qapp.installEventFilter(flashes)

    def open_window(kinds: Sequence[PageKind] = PAGES, *, unlocked: bool = True, safe: bool = False) -> Window:
        window = Window(face, archive.folder, outside, kinds, safe=safe)
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        if unlocked:
            unlock(window)
        return window

    yield open_window
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete.value
    )  # else every window lives on, and is styled anew each time
    qapp.removeEventFilter(flashes)
    assert unforeseen == []
    assert flashes.seen == []


@pytest.fixture
def window(opened: Opened) -> Window:
    """An unlocked window with every page that exists."""
    return opened()


@pytest.fixture
def main(window: Window) -> MainWindow:
    assert window.main is not None
    return window.main


@pytest.fixture
def watchdog(qapp: QApplication) -> Iterator[Watchdog]:
    """Fails the test when the event loop is held for more than 100 ms while it runs."""
    dog = Watchdog()
    dog.start()
    yield dog
    dog.stop()
    assert dog.longest_ms <= dog.limit_ms, f"the event loop was held for {dog.longest_ms:.0f} ms"


def unlock(window: Window, user: str = USER, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase as a person does, and wait until the archive is open."""
    page = window.shown
    page.people.setCurrentText(user)  # type: ignore[attr-defined]
    page.passphrase.set_text(passphrase)  # type: ignore[attr-defined]
    page.try_to_open()  # type: ignore[attr-defined]
    assert window.background.wait(10_000)
    QApplication.processEvents()
    assert window.main is not None
    assert window.background.wait(10_000)


def wear(window: Window, **look: object) -> None:
    """Choose another theme, text size or language, and let the window be built anew where it must."""
    window.face.choose(replace(window.face.look, **look))  # type: ignore[arg-type]
    window.looks_otherwise()
    assert window.background.wait(10_000)
    QApplication.processEvents()


def day(text: str) -> date:
    return date.fromisoformat(text)
