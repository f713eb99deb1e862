"""Residents and care, used as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.widgets.facts import MaskedValue
from tests.made import TODAY, edit, fields_of, id_number, save
from tests.ui.acting import Led, cells, main_of, press, rest, show, told, undo
from tests.ui.conftest import Opened
from tests.ui.gacha import Gacha, household, make_gacha


@pytest.fixture
def gacha(archive: Archive) -> Gacha:
    return make_gacha(archive)


@pytest.fixture
def led() -> Led:
    return Led()


def test_a_resident_stands_beside_the_list_with_what_happened(gacha: Gacha, opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "residents", gacha.elder)
    assert page.shown.head.title.text() == "斯琴高娃"
    assert page.shown.head.line.text() == "82岁 女 · 人称高娃额吉 · 独居老人 · 逾期 6 天 · 档案还缺 2 项"
    assert page.shown.head.line.toolTip() == "还缺：民族、居住状态"
    rows = page.shown.overview.timeline.rows.rows
    assert [(row.risk_word, row.name) for row in rows] == [
        ("答应", "把血压计带过去"), ("走访", "上门：见到本人，情况正常"), ("建档", "列为独居老人"),
    ]  # fmt: skip
    assert "膝盖疼，睡不好" in rows[1].below


def test_numbers_are_masked_until_asked_for_and_hidden_again(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.elder)
    number = page.shown.overview.identity.findChildren(MaskedValue)[0]
    whole = id_number(7, born=TODAY.replace(year=1944, month=2, day=19))
    QTest.mouseClick(number.button, Qt.MouseButton.LeftButton)
    rest(window)
    assert number.value.text() == whole
    number.hide_again()
    assert number.value.text() == "1525**********014X"
    with archive.read() as reader:
        assert audit.lines(reader.connection)[-1][3] == f"resident.id_number {gacha.elder}"


def test_words_and_chips_narrow_the_list(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "residents")
    assert page.pane.count.text() == "5 人"
    page.entries.words.setText("1234")
    page.entries._typed()
    rest(window)
    assert [row.name for row in page.pane.list.rows.rows] == ["斯琴高娃"]


def test_a_name_is_changed_with_rules_and_undone(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.elder)
    press(window, "edit")
    form = page.shown.form.form
    form.inputs["resident.name"].put("")
    press(window, "save")
    assert form.inputs["resident.name"].widget.is_wrong
    assert form.inputs["resident.name"].widget.message.sentence.text() == "姓名不能空着。请填上再保存。"
    form.inputs["resident.name"].put("斯琴高娃玛")
    press(window, "save")
    assert page.shown.head.title.text() == "斯琴高娃玛"
    undo(window)
    assert fields_of(archive, "resident", gacha.elder)["name"] == "斯琴高娃"


def test_codes_are_chosen_by_initials_or_number_and_several_from_a_menu(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.elder)
    press(window, "edit")
    form = page.shown.form.form
    group = form.inputs["resident.ethnic_group"].widget
    group.setFocus()
    QTest.keyClicks(group.editor, "mgz")
    QTest.keyClick(group.editor, Qt.Key.Key_Return)
    subsidies = form.inputs["resident.subsidies"]
    subsidies._turn("102")
    subsidies._turn("101")
    subsidies._turn("102")
    press(window, "save")
    fields = fields_of(archive, "resident", gacha.elder)
    assert (fields["ethnic_group"], fields["subsidies"]) == ("02", ["101"])


def test_what_an_id_number_says_stands_inside_its_field(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.grandson)
    press(window, "edit")
    field = page.shown.form.form.inputs["resident.id_number"].widget
    field.setFocus()
    QTest.keyClicks(field.editor, id_number(3, sex="1", born=TODAY.replace(year=2016, month=9, day=20)))
    assert field.trailing.text() == "2016-09-20 · 10岁 男"


def test_a_telephone_is_added_and_changed(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.grandson)
    press(window, "next_tab")
    assert not page.shown.edit_phone.isEnabled()
    page.shown.add_phone.click()
    rest(window)
    page.shown.form.form.inputs["phone.number"].put("12")
    press(window, "save")
    assert page.shown.is_writing
    page.shown.form.form.inputs["phone.number"].put("13847905678")
    press(window, "save")
    with archive.read() as reader:
        assert [one.fields["number"] for one in reader.where("phone", resident=gacha.grandson)] == ["13847905678"]
    assert page.shown.edit_phone.isEnabled()


def test_a_person_without_a_household_says_why_no_visit_can_be_recorded(
    gacha: Gacha, opened: Opened, led: Led, archive: Archive
) -> None:
    alone = save(archive, "resident", name="阿古拉")
    page = show(opened(led.kinds()), "residents", alone)
    assert not page.shown.record_button.isEnabled()
    assert page.shown.record_button.toolTip() == "先登记这个人在哪一户，才能记录走访。"


def test_a_thousand_residents_are_read_as_they_come_into_sight(opened: Opened, led: Led, archive: Archive) -> None:
    with archive.write() as work:
        for number in range(1_000):
            work.create("resident", {"name": f"额尔敦{number:04}"})
    window = opened(led.kinds())
    page = show(window, "residents")
    rows = page.pane.list.rows.rows
    assert len(rows) == 1_000
    assert len(rows.known()) < 100
    page.pane.list.verticalScrollBar().setValue(500 * 56)
    rest(window)
    assert rows[505].name == "额尔敦0505"
    assert len(rows.known()) < 300


def test_somebody_is_listed_for_care_from_their_record(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.grandson)
    page.shown.tabs.choose("care")
    rest(window)
    page.shown.add_care.click()
    rest(window)
    care = main_of(window).page
    form = care.shown.form.form  # type: ignore[union-attr]
    press(window, "save")
    assert form.inputs["care_record.care_kind"].widget.message.isVisible()
    form.inputs["care_record.care_kind"].put("child")
    form.inputs["care_record.risk"].put("2")
    press(window, "save")
    with archive.read() as reader:
        made = reader.where("care_record", resident=gacha.grandson)
    assert [(one.fields["care_kind"], one.fields["risk"], one.fields["opened_on"]) for one in made] == [
        ("child", "2", TODAY.isoformat())
    ]
    assert care.shown.head.title.text() == "苏和"  # type: ignore[union-attr]
    assert told(window) == "苏和 已列入关爱"


def test_the_care_page_says_risk_interval_and_who_is_responsible(gacha: Gacha, opened: Opened, led: Led) -> None:
    page = show(opened(led.kinds()), "care", gacha.care)
    note = page.shown.overview.notes[0]
    assert (note.level.text(), note.often.text()) == ("风险高", "每 7 天走访一次")
    assert [word.text() for word in note._words] == ["独居老人 · 责任人 乌云", "11月25日 周三，陈静 评定"]
    assert page.pane.list.rows.rows[0].below == "每 7 天 · 上次 13 天前 · 乌云"


def test_a_risk_is_assessed_anew_and_the_due_day_follows(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "care", gacha.care)
    edit(page.session.archive, "follow_up", gacha.promise, done_on=TODAY.isoformat())
    QTest.mouseClick(page.shown.overview.notes[0].button, Qt.MouseButton.LeftButton)
    rest(window)
    page.shown.form.form.inputs["care_record.risk"].put("3")
    press(window, "save")
    assert page.shown.overview.notes[0].often.text() == "每 90 天走访一次"
    assert page.pane.list.rows.rows[-1].id == gacha.care
    undo(window)
    assert page.shown.overview.notes[0].often.text() == "每 7 天走访一次"


def test_assessing_from_the_resident_opens_the_form_of_care(gacha: Gacha, opened: Opened, led: Led) -> None:
    window = opened(led.kinds())
    page = show(window, "residents", gacha.elder)
    page.shown.overview.risk_asked.emit(gacha.care)
    rest(window)
    care = main_of(window).page
    assert care.shown.is_writing  # type: ignore[union-attr]
    assert care.shown.work.about == gacha.care  # type: ignore[union-attr]


def test_a_care_record_is_closed_and_leaves_the_list(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    window = opened(led.kinds())
    page = show(window, "care", gacha.care)
    page.shown.close_button.click()
    rest(window)
    page.shown.form.form.inputs["care_record.closed_on"].put("今天")
    page.shown.form.form.inputs["care_record.closed_reason"].put("随子女外出")
    press(window, "save")
    assert fields_of(archive, "care_record", gacha.care)["closed_on"] == TODAY.isoformat()
    assert page.pane.list.rows.place_of(gacha.care) == -1
    undo(window)
    assert page.pane.list.rows.place_of(gacha.care) >= 0


def test_the_mongolian_name_stands_upright_beside_the_facts(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    edit(archive, "resident", gacha.elder, name_mn="ᠰᠡᠴᠡᠨ ᠭᠣᠸᠠ")
    page = show(opened(led.kinds()), "residents", gacha.elder)
    label = page.shown.overview.mongolian
    assert label.isVisible()
    assert label.height() >= label.sizeHint().height() > 60


def test_a_household_opens_from_the_residents_tab(gacha: Gacha, opened: Opened, led: Led, archive: Archive) -> None:
    home, person = household(archive, "宝音")
    window = opened(led.kinds())
    page = show(window, "residents", person)
    page.shown.tabs.choose("homes")
    rest(window)
    assert cells(page.shown.homes)[0][:2] == ["宝音", "户主"]
    page.shown.homes.choose(home)
    page.shown.homes.asked.emit(0)
    rest(window)
    here = main_of(window).history.here
    assert here is not None
    assert (here.page, here.target) == ("households", home)
