"""A person syncs: sees what waits, presses, stops, joins a league; the timer does it alone, and never with a dialog."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication, QDialog

from shequ_desktop.services import enrolling, practice, preferences
from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.main_window import MainWindow
from shequ_desktop.ui.sync.keeper import SyncKeeper
from shequ_desktop.ui.sync.sync_page import SyncPage
from shequ_desktop.ui.sync.sync_state import DAY_S, Under, Wishes, loudness, next_wait_s
from shequ_desktop.ui.window import Window
from tests.made import save
from tests.ui.conftest import wear
from tests.ui.leagues import Meeting, come_in, meet
from tests.ui.walks import SIZES, clipped, order_faults, settle, unnamed

Opened = Callable[..., Window]
Shown = tuple[Window, MainWindow, SyncPage, SyncKeeper]


@pytest.fixture
def meeting(tmp_path: Path, archive: Archive) -> Iterator[Meeting]:
    made = meet(tmp_path, archive)
    yield made
    made.other.archive.close()
    made.place.database.close()


def show(opened: Opened, meeting: Meeting) -> Shown:
    window = opened()
    main = window.main
    assert main is not None
    for made_before in main.findChildren(SyncKeeper):
        made_before.deleteLater()
        made_before.setParent(None)
    keeper = meeting.keeper(main)
    main.go("sync")
    come_in(window)
    page = main.page
    assert isinstance(page, SyncPage)
    return window, main, page, keeper


def test_what_waits_is_listed_by_kind_and_is_gone_after_a_sync(opened: Opened, meeting: Meeting) -> None:
    save(meeting.mine.archive, "household", number="7")
    save(meeting.mine.archive, "resident", name="斯琴高娃")
    window, main, page, _ = show(opened, meeting)
    texts = [page.waits.table.lines.line(place).spoken() for place in range(page.waits.table.lines.rowCount())]
    assert len(texts) == 2
    assert any("斯琴高娃" in text for text in texts)
    assert page.waits.count.text() == "等着上传 2 项"
    page.chief.click()
    come_in(window)
    assert page.waits.table.lines.rowCount() == 0
    assert page.waits.count.text() == "都传上去了"
    assert main.status.network.text() == "在线"
    assert "斯琴高娃" in " ".join(meeting.place.export())


def test_the_key_syncs_from_any_page(opened: Opened, meeting: Meeting) -> None:
    save(meeting.mine.archive, "household", number="7")
    window, main, page, _ = show(opened, meeting)
    main.go("settings")
    main.sync_asked.emit()
    come_in(window)
    assert main.page is not page
    assert meeting.place.export()


def test_each_exchange_stands_in_the_history_with_what_went_and_came(opened: Opened, meeting: Meeting) -> None:
    meeting.other.add("household", number="8")
    meeting.other.synced()
    save(meeting.mine.archive, "household", number="7")
    window, _, page, _ = show(opened, meeting)
    page.press()
    come_in(window)
    cells = [cell.text for cell in page.past.table.lines.line(0).cells]
    assert cells[1:] == ["您按的", "1", "1", "完成"]


def test_what_the_league_does_not_take_is_named_with_its_reason(opened: Opened, meeting: Meeting) -> None:
    with meeting.mine.archive.write() as work:
        work.create("household", {"number": "9", "remark": "a\0b"})
    window, main, page, _ = show(opened, meeting)
    page.press()
    come_in(window)
    told = page.waits.table.lines.line(0).spoken()
    assert "放在一边" in told
    assert page.note.isVisible()
    assert "放在一边" in main.status.waiting.text()


def test_a_line_that_breaks_is_said_quietly_and_tried_again_by_itself(opened: Opened, meeting: Meeting) -> None:
    save(meeting.mine.archive, "household", number="7")
    meeting.mine.road.faults = ["lost"] * 20
    window, main, page, keeper = show(opened, meeting)
    page.press()
    come_in(window)
    assert main.status.network.text() == "离线"
    assert page.note.sentence.text().startswith("14:02 断线")
    assert not [dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, QDialog)]
    wait = keeper.seconds_to_next
    assert wait is not None
    assert wait <= 60
    meeting.mine.road.faults = []
    keeper._timer.timeout.emit()
    come_in(window)
    come_in(window)
    assert page.waits.count.text() == "都传上去了"


def test_pressed_again_it_stops_and_what_has_gone_counts(opened: Opened, meeting: Meeting) -> None:
    for n in range(30):
        save(meeting.mine.archive, "household", number=str(n))
    window, _, page, keeper = show(opened, meeting)
    page.press()
    assert keeper.under is not None
    assert page.chief.text() == "停下"
    page.press()
    assert not page.chief.isEnabled()
    come_in(window)
    assert keeper.under is None
    assert page.chief.text() == "现在同步"
    assert page.chief.isEnabled()
    left = page.overview.status.waiting if page.overview else 0
    assert left in (0, 30)


def test_a_network_that_returns_is_used_soon(opened: Opened, meeting: Meeting) -> None:
    _, _, _, keeper = show(opened, meeting)
    keeper.network_changed(QNetworkInformation.Reachability.Online)
    wait = keeper.seconds_to_next
    assert wait is not None
    assert wait <= 3


def test_a_restored_archive_waits_for_a_persons_yes(opened: Opened, meeting: Meeting) -> None:
    with meeting.mine.archive.engine.begin() as connection:
        meta.put(connection, sync_hold=1)
    save(meeting.mine.archive, "household", number="7")
    window, _, page, keeper = show(opened, meeting)
    assert "同意" in page.note.sentence.text()
    keeper._timer.timeout.emit()
    come_in(window)
    come_in(window)
    assert meeting.place.export() == []
    page.press()
    come_in(window)
    assert meeting.place.export() != []


def test_pausing_stops_the_timer_and_not_the_button(opened: Opened, meeting: Meeting) -> None:
    window, _, page, keeper = show(opened, meeting)
    assert keeper.seconds_to_next is not None
    page.past.by_itself.click()
    come_in(window)
    assert keeper.seconds_to_next is None
    assert preferences.load(meeting.mine.archive.folder)["sync_by_itself"] is False
    save(meeting.mine.archive, "household", number="7")
    page.press()
    come_in(window)
    assert meeting.place.export() != []
    assert keeper.seconds_to_next is None
    assert "不自己同步" in page.head.line.text()


def test_a_safe_start_syncs_nothing_by_itself(opened: Opened, meeting: Meeting) -> None:
    window = opened(safe=True)
    assert window.main is not None
    assert meeting.keeper(window.main).seconds_to_next is None


def test_joining_from_here_by_code(opened: Opened, tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = meet(tmp_path, archive, enrolled=False)
    monkeypatch.setattr(enrolling, "road_to", lambda _server: meeting.mine.road)
    window, main, page, _ = show(opened, meeting)
    assert page.chief.text() == "登记这台电脑"
    page.press()
    assert page.waits.join.server.is_wrong
    page.waits.join.server.set_text("league.example")
    page.waits.join.code.set_text("ABC")
    page.press()
    come_in(window)
    assert page.waits.join.code.is_wrong
    assert page.waits.join.server.text() == "league.example"
    page.waits.join.code.set_text(meeting.place.code())
    page.press()
    come_in(window)
    come_in(window)
    assert page.overview is not None
    assert page.overview.status.enrolled
    assert page.chief.text() == "现在同步"
    assert main.status.network.text() == "在线"
    meeting.other.archive.close()
    meeting.place.database.close()


def test_a_practice_archive_says_that_it_cannot_sync(opened: Opened, tmp_path: Path, archive: Archive) -> None:
    practice.mark(archive)
    meeting = meet(tmp_path, archive, enrolled=False)
    _, _, page, _ = show(opened, meeting)
    assert not page.chief.isEnabled()
    assert "练习" in page.note.sentence.text()
    meeting.other.archive.close()
    meeting.place.database.close()


def test_the_number_in_navigation_comes_with_a_save(opened: Opened, meeting: Meeting) -> None:
    window, main, page, _ = show(opened, meeting)
    save(meeting.mine.archive, "household", number="7")
    main.session.feed.look()
    come_in(window)
    come_in(window)
    assert page.waits.count.text() == "等着上传 1 项"
    assert main.status.waiting.text() == "1 项待上传"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_nameless(opened: Opened, meeting: Meeting, size: tuple[int, int], language: str) -> None:
    with meeting.mine.archive.write() as work:
        work.create("household", {"number": "9", "remark": "a\0b"})
    save(meeting.mine.archive, "resident", name="斯琴高娃其其格图雅")
    window, _, page, _ = show(opened, meeting)
    page.press()
    come_in(window)
    save(meeting.mine.archive, "resident", name="斯琴高娃其其格图雅")
    wear(window, language=language)
    window.resize(*size)
    assert window.main is not None
    window.main.go("sync")
    come_in(window)
    shown = window.main.page
    assert isinstance(shown, SyncPage)
    for tab in range(2):
        shown.tabs.setCurrentIndex(tab)
        settle()
        assert clipped(shown) == []
        assert unnamed(shown) == []
        assert order_faults(shown) == []


def test_waits_grow_with_failures_and_never_beyond_the_interval() -> None:
    waits = [next_wait_s(Wishes(minutes=10), failures) for failures in range(8)]
    assert waits == [600, 60, 120, 300, 600, 600, 600, 600]
    assert next_wait_s(Wishes(by_itself=False), 3) is None


def test_a_metered_line_is_spared_where_somebody_wants_that() -> None:
    assert next_wait_s(Wishes(spares=True, metered=True), 0) == DAY_S
    assert next_wait_s(Wishes(spares=True, metered=False), 0) == 1_800
    assert next_wait_s(Wishes(spares=False, metered=True), 0) == 1_800


def test_what_is_left_is_guessed_by_what_has_gone() -> None:
    assert Under(0.0, 0, 10).seconds_left(5.0) is None
    assert Under(0.0, 5, 10).seconds_left(5.0) == 5
    assert Under(0.0, 3, 0).seconds_left(5.0) is None


def test_days_without_sync_grow_louder() -> None:
    assert [loudness(days) for days in (0, 2, 3, 6, 7, 40, None)] == ["", "", "text", "text", "warn", "warn", "warn"]


def test_a_window_closed_during_a_sync_ends_soon_and_loses_nothing(opened: Opened, meeting: Meeting) -> None:
    for n in range(30):
        save(meeting.mine.archive, "household", number=str(n))
    window, _, page, _ = show(opened, meeting)
    page.press()
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    meeting.mine.synced()
    assert len(meeting.place.export()) == 30
