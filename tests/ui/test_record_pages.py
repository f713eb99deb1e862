"""Today, households, residents, care and what waits for a decision: at every size nothing is cut, named, in the eye's order."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.window import Window
from tests.ui.conftest import Opened, wear
from tests.ui.gacha import Gacha, make_gacha
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

MINE = [kind for kind in PAGES if kind.key in ("today", "decide", "households", "residents", "care")]


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


def show(window: Window, page: str, target: str = "") -> MainWindow:
    assert window.main is not None
    window.main.go(page, target)
    assert window.background.wait(10_000)
    settle()
    assert window.background.wait(10_000)
    QApplication.processEvents()
    return window.main


def targets(gacha: Gacha) -> list[tuple[str, str]]:
    return [
        ("today", ""),
        ("decide", ""),
        ("households", ""),
        ("households", gacha.overdue),
        ("residents", ""),
        ("residents", gacha.elder),
        ("care", ""),
        ("care", gacha.care),
        ("households", "new"),
    ]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_whatever_size_and_language(gacha: Gacha, opened: Opened, language: str, scale: float) -> None:
    window = opened(MINE)
    wear(window, language=language, scale=scale)
    wrong: dict[str, list[str]] = {}
    for width, height in SIZES:
        window.resize(width, height)
        for page, target in targets(gacha):
            show(window, page, target)
            if found := clipped(window):
                wrong[f"{page} {target} {width}x{height}"] = found
    assert wrong == {}


def test_no_tab_of_a_record_is_cut(gacha: Gacha, opened: Opened) -> None:
    window = opened(MINE)
    wear(window, language="en")
    wrong = {}
    for width, height in SIZES:
        window.resize(width, height)
        for page, target in (("households", gacha.overdue), ("residents", gacha.elder), ("care", gacha.care)):
            main = show(window, page, target)
            for _ in range(5):
                main.page.shown.tabs.step(1)  # type: ignore[union-attr]
                assert window.background.wait(10_000)
                settle()
                if found := clipped(window):
                    wrong[f"{page} {width}"] = found
    assert wrong == {}


def test_everything_has_a_name_and_tab_goes_as_the_eye_goes(gacha: Gacha, opened: Opened) -> None:
    window = opened(MINE)
    for page, target in targets(gacha):
        main = show(window, page, target)
        assert unnamed(window) == [], page
        assert main.page is not None
        assert order_faults(main.page) == [], page


def test_no_page_holds_the_event_loop(gacha: Gacha, opened: Opened, watchdog: Watchdog) -> None:
    window = opened(MINE)
    for page, target in targets(gacha):
        show(window, page, target)  # the first time a page is made
        watchdog.forgive()
    watchdog.start()
    for page, target in targets(gacha):
        show(window, page, target)
