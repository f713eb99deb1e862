"""A person decides what two wrote differently: by mouse, by keyboard, another value, many at once; puts back what was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import conflicts
from shequ_desktop.services.conflict_cases import DECIDED, TWINS, UNSEEN, WAITS
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.conflicts.conflict_state import LATER, MINE
from shequ_desktop.ui.conflicts.conflicts_page import ConflictsPage
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.window import Window
from tests.made import fields_of, id_number, save
from tests.ui.conftest import wear
from tests.ui.leagues import Meeting, come_in, meet
from tests.ui.walks import SIZES, clipped, order_faults, settle, unnamed

Opened = Callable[..., Window]


@pytest.fixture
def meeting(tmp_path: Path, archive: Archive) -> Iterator[Meeting]:
    made = meet(tmp_path, archive)
    yield made
    made.other.archive.close()
    made.place.database.close()


def differ(meeting: Meeting, *, names: int = 1, risk: bool = False) -> list[str]:
    """Residents whose names, and the risk of the first, both laptops wrote differently."""
    mine, other = meeting.mine, meeting.other
    people = [mine.add("resident", name=f"斯琴{n}", id_number=id_number(n), id_kind="111") for n in range(names)]
    home = mine.add("household", number="7", address="陶力嘎查三组 12 号")
    mine.add("membership", household=home, resident=people[0], relation="02")
    mine.add("membership", household=home, resident=mine.add("resident", name="巴特尔"), relation="10")
    care = mine.add("care_record", resident=people[0], care_kind="elder", contact_phone="13812340001")
    mine.synced()
    other.synced()
    for n, person in enumerate(people):
        mine.edit(person, "resident", name=f"斯琴高娃{n}")
        meeting.place.hands.pass_(minutes=1)
        other.edit(person, "resident", name=f"斯琴高洼{n}")
    if risk:
        mine.edit(care, "care_record", risk="1")
        other.edit(care, "care_record", risk="2")
    for laptop in (mine, other, mine):
        laptop.synced()
    return [*people, care]


def show(opened: Opened) -> tuple[Window, ConflictsPage]:
    window = opened()
    assert window.main is not None
    window.main.go("conflicts")
    come_in(window)
    come_in(window)
    page = window.main.page
    assert isinstance(page, ConflictsPage)
    return window, page


def compose(field: Field, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field.editor, event)


def name_of(meeting: Meeting, person: str) -> object:
    return fields_of(meeting.mine.archive, "resident", person)["name"]


def test_both_values_stand_side_by_side_with_writer_and_computer(opened: Opened, meeting: Meeting) -> None:
    differ(meeting)
    _, page = show(opened)
    panels = page.case_pane.parts[0].panels
    assert [panel.choice.text for panel in panels] == ["斯琴0", "斯琴高娃0", "斯琴高洼0"]
    assert panels[1].choice.lines[0].endswith("（您）")
    assert "本机" in panels[1].choice.lines[1]
    assert panels[2].choice.lines[0] == "萨仁"
    assert "另一台电脑" in panels[2].choice.lines[1]
    assert panels[0].radio.isHidden()


def test_the_household_around_is_told(opened: Opened, meeting: Meeting) -> None:
    differ(meeting)
    _, page = show(opened)
    told = " ".join(word.text() for word in page.case_pane.home)
    assert "巴特尔" in told
    assert "陶力嘎查三组 12 号" in told


def test_choosing_the_other_value_decides_for_everybody(opened: Opened, meeting: Meeting) -> None:
    person, _ = differ(meeting)
    window, page = show(opened)
    assert not page.chief.isEnabled()
    page.case_pane.parts[0].panels[2].radio.click()
    assert page.chief.text() == "这样决定 1 处"
    page.chief.click()
    come_in(window)
    come_in(window)
    assert name_of(meeting, person) == "斯琴高洼0"
    assert page.state.counts()[WAITS] == 0
    meeting.mine.synced()
    meeting.other.synced()
    assert conflicts.conflicts(meeting.other.archive) == []


def test_two_conflicts_about_one_person_are_decided_together(opened: Opened, meeting: Meeting) -> None:
    person, care = differ(meeting, risk=True)
    window, page = show(opened)
    assert len(page.case_pane.parts) == 2
    assert page.head.title.text() == "斯琴高娃0：2 处写得不一样"
    for part in page.case_pane.parts:
        part.panels[2].radio.click()
    assert page.chief.text() == "这样决定 2 处"
    page.keys()["finish"]()
    come_in(window)
    assert fields_of(meeting.mine.archive, "care_record", care)["risk"] == "2"
    assert name_of(meeting, person) == "斯琴高洼0"


def test_deciding_by_the_keyboard_alone(opened: Opened, meeting: Meeting) -> None:
    person, _ = differ(meeting)
    window, page = show(opened)
    window.activateWindow()
    page.list_pane.list.setFocus()
    QTest.keyClick(page.list_pane.list, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is page.case_pane.parts[0].panels[1].radio
    QTest.keyClick(focused, Qt.Key.Key_Right)
    chosen = QApplication.focusWidget()
    assert chosen is not None
    QTest.keyClick(chosen, Qt.Key.Key_Space)
    QTest.keyClick(chosen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    come_in(window)
    assert name_of(meeting, person) == "斯琴高洼0"


def test_another_value_is_written_with_all_rules(opened: Opened, meeting: Meeting) -> None:
    person, _ = differ(meeting)
    window, page = show(opened)
    part = page.case_pane.parts[0]
    part.other.click()
    assert not page.chief.isEnabled()
    QTest.keyClicks(part.fields["name"].editor, "123")
    page.chief.click()
    come_in(window)
    assert part.fields["name"].is_wrong
    part.fields["name"].set_text("")
    compose(part.fields["name"], "乌云")
    page.chief.click()
    come_in(window)
    assert name_of(meeting, person) == "乌云"


def test_a_code_is_chosen_from_its_table(opened: Opened, meeting: Meeting) -> None:
    _, care = differ(meeting, risk=True)
    window, page = show(opened)
    part = next(part for part in page.case_pane.parts if "risk" in part.fields)
    part.other.click()
    field = part.fields["risk"]
    QTest.keyClicks(field.editor, "3")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    page.chief.click()
    come_in(window)
    assert fields_of(meeting.mine.archive, "care_record", care)["risk"] == "3"


def test_many_are_decided_at_once(opened: Opened, meeting: Meeting) -> None:
    people = differ(meeting, names=4)[:4]
    window, page = show(opened)
    assert page.state.counts()[WAITS] == 4
    page.decide_many(LATER)
    come_in(window)
    come_in(window)
    assert page.state.counts()[WAITS] == 0
    assert [name_of(meeting, person) for person in people] == [f"斯琴高洼{n}" for n in range(4)]


def test_the_menu_counts_what_each_way_would_decide(opened: Opened, meeting: Meeting) -> None:
    differ(meeting, names=2)
    _, page = show(opened)
    page._open_menu()
    assert [act.text()[:3] for act in page.menu.actions()] == ["2 处"] * 3
    page.menu.close()
    assert len(page.state.many(MINE, page._device)) == 2


def test_a_decision_may_be_changed_afterwards(opened: Opened, meeting: Meeting) -> None:
    person, _ = differ(meeting)
    window, page = show(opened)
    page.case_pane.parts[0].panels[2].radio.click()
    page.act()
    come_in(window)
    come_in(window)
    page.list_pane.chips.choose(DECIDED)
    page.list_pane.list.choose_first()
    come_in(window)
    page.case_pane.parts[0].panels[1].radio.click()
    assert page.chief.text() == "换成选的 1 处"
    page.act()
    come_in(window)
    assert name_of(meeting, person) == "斯琴高娃0"


def test_what_a_later_writer_had_not_seen_is_listed_and_put_back(opened: Opened, meeting: Meeting) -> None:
    home = meeting.mine.add("household", number="7", remark="门朝南")
    meeting.mine.synced()
    meeting.other.synced()
    meeting.mine.edit(home, remark="有两只狗")
    meeting.place.hands.pass_(minutes=1)
    meeting.other.edit(home, remark="没有狗")
    for laptop in (meeting.mine, meeting.other, meeting.mine):
        laptop.synced()
    window, page = show(opened)
    page.list_pane.chips.choose(UNSEEN)
    page.list_pane.list.choose_first()
    come_in(window)
    lost = next(panel for panel in page.case_pane.parts[0].panels if panel.choice.text == "有两只狗")
    lost.radio.click()
    page.act()
    come_in(window)
    assert fields_of(meeting.mine.archive, "household", home)["remark"] == "有两只狗"


def test_numbers_are_masked_until_somebody_asks_which_is_written_down(opened: Opened, meeting: Meeting) -> None:
    _, care = differ(meeting)
    meeting.mine.edit(care, "care_record", contact_phone="13812342206")
    meeting.other.edit(care, "care_record", contact_phone="13812342260")
    for laptop in (meeting.mine, meeting.other, meeting.mine):
        laptop.synced()
    window, page = show(opened)
    part = next(part for part in page.case_pane.parts if part.conflict.group == "contact")
    assert part.panels[1].choice.text == "138****2206"
    part.panels[1].radio.click()
    part.eye.click()
    come_in(window)
    assert [panel.choice.text for panel in part.panels[1:]] == ["13812342206", "13812342260"]
    assert part.panels[1].radio.isChecked()
    with meeting.mine.archive.read() as reader:
        assert any("contact_phone" in detail for _, _, _, detail in audit.lines(reader.connection))
    part.eye.click()
    assert part.panels[1].choice.text == "138****2206"


def test_people_with_one_number_are_shown_to_look_at(opened: Opened, meeting: Meeting) -> None:
    for name in ("白弘堃", "白弘坤"):
        save(meeting.mine.archive, "resident", name=name, id_number=id_number(9), id_kind="111")
    window, page = show(opened)
    assert page.state.counts()[TWINS] == 1
    page.list_pane.chips.choose(TWINS)
    page.list_pane.list.choose_first()
    come_in(window)
    assert [button.text() for button in page.case_pane.openers] == ["打开 白弘堃", "打开 白弘坤"]


def test_what_is_typed_survives_another_text_size_and_a_lock(opened: Opened, meeting: Meeting) -> None:
    differ(meeting)
    window, page = show(opened)
    page.case_pane.parts[0].other.click()
    compose(page.case_pane.parts[0].fields["name"], "乌云其木格")
    wear(window, scale=1.25)
    come_in(window)
    come_in(window)
    assert window.main is not None
    again = window.main.page
    assert isinstance(again, ConflictsPage)
    assert again is not page
    assert again.case_pane.parts[0].other.isChecked()
    assert again.case_pane.parts[0].fields["name"].text() == "乌云其木格"


def test_a_refresh_in_the_background_moves_nothing_under_the_hand(opened: Opened, meeting: Meeting) -> None:
    person, _ = differ(meeting)
    window, page = show(opened)
    window.activateWindow()
    part = page.case_pane.parts[0]
    part.other.click()
    field = part.fields["name"]
    field.setFocus()
    compose(field, "乌云")
    meeting.mine.edit(person, "resident", remark="常来")
    page.session.feed.look()
    come_in(window)
    come_in(window)
    assert page.case_pane.parts[0] is part
    assert field.text() == "乌云"
    assert QApplication.focusWidget() is field.editor


def test_an_empty_list_says_so(opened: Opened, meeting: Meeting) -> None:
    _, page = show(opened)
    assert page.list_pane.count.text() == "没有等您决定的。"
    assert not page.chief.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_nameless(opened: Opened, meeting: Meeting, size: tuple[int, int], language: str) -> None:
    differ(meeting, risk=True)
    window = opened()
    wear(window, language=language)
    window.resize(*size)
    assert window.main is not None
    window.main.go("conflicts")
    come_in(window)
    come_in(window)
    page = window.main.page
    assert isinstance(page, ConflictsPage)
    for _ in range(2):
        settle()
        assert clipped(page) == []
        assert unnamed(page) == []
        assert order_faults(page) == []
        page.case_pane.parts[0].other.click()
        page._enter("")
