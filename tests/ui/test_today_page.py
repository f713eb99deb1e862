"""Today and what waits for a decision, used as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shequ_desktop.services import noticing
from shequ_desktop.storage.archive import Archive
from tests.made import edit, fields_of, save
from tests.ui.acting import Led, focused, press, rest, show, told, undo
from tests.ui.conftest import Opened
from tests.ui.gacha import LONGEST, Gacha, household, make_gacha


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


@pytest.fixture
def led() -> Led:
    return Led()


def test_the_day_stands_there_in_its_groups_with_the_most_urgent_chosen(gacha: Gacha, opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "today")
    rows = page.visits.rows.rows
    assert [(row.name, row.facts) for row in rows if row.head] == [("逾期", "1"), ("今天到期", "1"), ("新列入", "1")]
    assert [row.name for row in rows if not row.head] == ["斯琴高娃", LONGEST, "敖登格日勒"]
    assert [row.due for row in rows if not row.head] == ["逾期 6 天", "今天", "待评估"]
    assert page.visits.chosen_id() == f"household {gacha.overdue}"
    assert page.head.line.text().endswith("到期和逾期共 2 户")


def test_enter_on_a_row_records_a_visit_of_that_household(gacha: Gacha, opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "today")
    page.visits.setFocus()
    QTest.keyClick(page.visits, Qt.Key.Key_Return)
    assert led.opened["visit"] == [gacha.overdue]


def test_the_household_of_the_chosen_row_is_one_key_away(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    show(window, "today")
    press(window, "edit")
    assert window.main is not None
    assert window.main.history.here is not None
    assert (window.main.history.here.page, window.main.history.here.target) == ("households", gacha.overdue)


def test_ticking_a_promise_is_saved_and_can_be_undone(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "today")
    page.promises.setFocus()
    page.promises.choose(gacha.promise)
    QTest.keyClick(page.promises, Qt.Key.Key_Space)
    rest(window)
    assert fields_of(archive, "follow_up", gacha.promise)["done_on"] == "2026-11-25"
    assert gacha.promise not in [row.id for row in page.promises.rows.rows]
    assert told(window) == "已办：把血压计带过去"
    undo(window)
    assert gacha.promise in [row.id for row in page.promises.rows.rows]


def test_the_tick_box_is_pressed_with_the_mouse_and_the_rest_of_the_row_only_chooses(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "today")
    index = page.promises.rows.index(page.promises.rows.place_of(gacha.promise), 0)
    box = page.promises.visualRect(index)
    QTest.mouseClick(page.promises.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    rest(window)
    assert "done_on" not in fields_of(archive, "follow_up", gacha.promise)
    where = page.promises._drawn.tick_box(box).center()
    QTest.mouseClick(page.promises.viewport(), Qt.MouseButton.LeftButton, pos=where)
    rest(window)
    assert "done_on" in fields_of(archive, "follow_up", gacha.promise)


def test_printing_asks_for_all_forms_that_are_due(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    show(window, "today")
    press(window, "print")
    assert led.opened["print"] == ["due"]


def test_an_empty_archive_says_what_will_be_here_and_leads_to_the_import(opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "today")
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert led.opened["import"] == [""]


def test_something_new_from_elsewhere_moves_no_choice_and_no_focus(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "today")
    page.visits.setFocus()
    page.visits.choose(f"household {gacha.due}")
    home, person = household(archive, "阿古拉")
    save(archive, "care_record", resident=person, care_kind="child", risk="1", opened_on="2026-09-01")
    assert window.main is not None
    window.main.session.feed.look()
    rest(window)
    assert f"household {home}" in [row.id for row in page.visits.rows.rows]
    assert page.visits.chosen_id() == f"household {gacha.due}"
    assert focused() is page.visits


def test_a_question_leads_to_its_place_and_is_decided_by_keyboard(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "today")
    page.to_decide.setFocus()
    page.to_decide.choose(gacha.question)
    QTest.keyClick(page.to_decide, Qt.Key.Key_Return)
    rest(window)
    assert window.main is not None
    decide = window.main.page
    assert decide is not None
    assert [panel.choice.text for panel in decide.panels.values()] == ["男", "女", "…"]  # type: ignore[attr-defined]
    assert not decide.decide_button.isEnabled()  # type: ignore[attr-defined]
    decide.panels["paper"].radio.click()  # type: ignore[attr-defined]
    press(window, "finish")
    assert fields_of(archive, "resident", gacha.grandson)["told_sex"] == "2"
    assert decide.empty.isVisible()  # type: ignore[attr-defined]
    undo(window)
    assert fields_of(archive, "resident", gacha.grandson)["told_sex"] == "1"
    assert decide.list.isVisible()  # type: ignore[attr-defined]


def test_another_value_is_written_with_all_rules(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    decide = show(window, "decide", gacha.question)
    decide.panels["other"].radio.click()
    press(window, "finish")
    assert decide.other.is_wrong
    decide.other.set_text("不男不女")
    press(window, "finish")
    assert decide.other.is_wrong
    assert "answer" not in fields_of(archive, "question", gacha.question)
    decide.other.set_text("女")
    press(window, "finish")
    assert fields_of(archive, "resident", gacha.grandson)["told_sex"] == "2"


def test_a_finding_leads_to_the_household(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    save(archive, "membership", household=gacha.quiet, resident=gacha.grandson, relation="02")
    window = opened(led.kinds())
    decide = show(window, "decide")
    decide.list.choose(f"two_heads {gacha.quiet}")
    rest(window)
    assert not decide.decide_button.isEnabled()
    press(window, "edit")
    assert window.main is not None
    assert window.main.history.here is not None
    assert window.main.history.here.target == gacha.quiet


def test_a_question_answered_elsewhere_leaves_the_page_by_itself(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    decide = show(window, "decide", gacha.question)
    edit(archive, "question", gacha.question, answer="kept", answered_on="2026-11-25")
    assert noticing.now(archive)
    assert window.main is not None
    window.main.session.feed.look()
    rest(window)
    assert decide.empty.isVisible()
