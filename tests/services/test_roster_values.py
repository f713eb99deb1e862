"""What single cells say, places of households, what a row is known by again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.identity import check_digit
from shequ_desktop.domain.problems import KEYS
from shequ_desktop.rosters.people import PaperHousehold, PaperRow
from shequ_desktop.services import rosters
from shequ_desktop.services.roster_households import Places
from shequ_desktop.services.roster_memory import Remembered, matched, packed, unpacked
from shequ_desktop.services.roster_plan import RowNamed
from shequ_desktop.services.roster_values import Told, care_labels, says_same, told
from shequ_desktop.wording import LANGUAGES
from tests.services.roster_trials import TODAY, new_archive, taken_in, written

SERVICES = Path(rosters.__file__).parent
REASONS = {
    "differs_from_archive", "later_known", "retracted_since", "area_unknown", "code_unknown", "lives_elsewhere",
    "care_label_unknown", "no_care_record",
}  # fmt: skip


@pytest.mark.parametrize(
    ("target", "text", "label", "fields", "problem"),
    [
        ("resident.ethnic_group", "蒙古", "民族", {"ethnic_group": "02"}, ""),
        ("resident.marital_status", "离异", "婚姻状况", {"marital_status": "40"}, ""),
        ("resident.education", "文盲", "文化程度", {"education": "901"}, ""),
        ("resident.education", "在读", "文化程度", {}, ""),
        ("resident.education", "读过几天", "文化程度", {}, "code_unknown"),
        ("resident.political_status", "√", "党员", {"political_status": "01"}, ""),
        ("resident.political_status", "否", "党员", {}, ""),
        ("resident.subsidies", "是", "低保", {"subsidies": ["102"]}, ""),
        ("resident.subsidies", "低保、高龄津贴", "享受补助", {"subsidies": ["102", "201"]}, ""),
        ("resident.subsidies", "低保、什么补", "享受补助", {"subsidies": ["102"]}, "code_unknown"),
        ("resident.away", "是", "是否外出", {"residence_state": "21"}, ""),
        ("resident.away", "否", "是否外出", {"residence_state": "10"}, ""),
        ("resident.residence_state", "是", "是否常住", {"residence_state": "10"}, ""),
        ("resident.residence_state", "否", "是否常住", {}, "code_unknown"),
        ("resident.id_number", "无", "身份证号", {}, ""),
        ("resident.id_number", "1.525231954020468e+17", "身份证号", {}, "id_rounded"),
        (
            "resident.id_number",
            "１５２５２７２０１４１１１９８８０１",
            "身份证号",
            {"id_number": "152527201411198801", "id_kind": "111"},
            "",
        ),
        ("resident.told_birth_date", "不详", "出生日期", {}, ""),
        ("resident.told_birth_date", "1990.2.30", "出生日期", {"birth_words": "1990.2.30"}, "not_a_date"),
        ("resident.name", "巴音•朝鲁", "姓名", {"name": "巴音·朝鲁"}, ""),
        ("household.village_group", "第一组", "组别", {"village_group": "一组"}, ""),
        ("care_record.contact_phone", "12345", "联系人电话", {}, "not_a_phone"),
    ],
)
def test_a_cell_says_what_it_says(target: str, text: str, label: str, fields: Mapping[str, Any], problem: str) -> None:
    said = told(target, text, label, TODAY)
    assert ({name: value for name, value in said.fields.items() if value is not None}, said.problem) == (fields, problem)


@pytest.mark.parametrize(
    ("text", "groups", "unknown"),
    [
        ("留守老人", (("elder", "留守老人"),), ()),
        ("留守老人、残疾人", (("elder", "留守老人"), ("other", "残疾人")), ()),
        ("留守妇女/党员", (("woman", "留守妇女"),), ("党员",)),
        ("否", (), ()),
    ],
)
def test_care_labels_name_the_kind_of_care(text: str, groups: Any, unknown: Any) -> None:
    assert care_labels(text) == (groups, unknown)


def test_a_number_of_fifteen_digits_says_the_same_as_its_form_of_eighteen() -> None:
    said = told("resident.id_number", "152523420817390", "", TODAY)
    assert said.fields["id_number"] == "152523420817390"
    assert says_same("resident.id_number", said, {"id_number": "15252319420817390" + check_digit("15252319420817390")})
    assert not says_same("resident.id_number", said, {"id_number": "152523194109030110"})


def test_away_for_work_agrees_with_every_sort_of_being_away() -> None:
    away = Told({"residence_state": "21"})
    assert says_same("resident.away", away, {"residence_state": "23"})
    assert not says_same("resident.away", away, {"residence_state": "10"})


GACHA, SUMU, OTHER = "152523100200", "152523100", "152527101200"


@pytest.mark.parametrize(
    ("given_area", "cells", "area", "words"),
    [
        ("", {"household.address": "苏尼特左旗满都拉图镇巴彦哈日阿图嘎查84号"}, GACHA, ""),
        ("", {"household.address": "苏尼特左旗满都拉图镇陶力嘎查（老名）1号"}, SUMU, "苏尼特左旗满都拉图镇陶力嘎查（老名）"),
        (GACHA, {"household.address": "苏尼特左旗满都拉图镇陶力嘎查（老名）1号"}, GACHA, ""),
        (GACHA, {"household.address": "太仆寺旗千斤沟镇七号村委会1号"}, OTHER, ""),
        (GACHA, {}, GACHA, ""),
        (GACHA, {"household.address": "东头第三家"}, GACHA, ""),
        ("", {"household.address": "东头第三家"}, "", "东头第三家"),
        ("", {"area.banner": "苏尼特左旗", "area.sumu": "满都拉图镇", "area.gacha": "巴彦哈日阿图嘎查"}, GACHA, ""),
        ("", {}, "", ""),
    ],
)
def test_an_area_is_told_by_column_address_or_what_was_given(
    given_area: str, cells: Mapping[str, str], area: str, words: str
) -> None:
    assert Places(given_area).of(cells) == (area, words)


def row(at: int, name: str, number: str = "", home: str = "") -> PaperRow:
    cells = {"resident.name": name} | ({"resident.id_number": number} if number else {})
    return PaperRow(at, name, cells, PaperHousehold(home) if home else None, False, at)


def before(at: int, name: str, number: str = "", home: str = "") -> Remembered:
    paper = row(at, name, number, home)
    return Remembered(at, name, home, f"resident {at}", "", "2026-01-01", paper.cells)


A, B = "152523194109030110", "152523194402290229"


@pytest.mark.parametrize(
    ("rows", "remembered", "residents"),
    [
        ([row(2, "甲", A), row(3, "乙", B)], [before(2, "乙", B), before(3, "甲", A)], ["resident 3", "resident 2"]),
        ([row(2, "甲改", A)], [before(2, "甲", A)], ["resident 2"]),
        ([row(2, "甲", A, "h")], [before(9, "甲", "x", "h")], ["resident 9"]),
        ([row(5, "孟和", A), row(6, "孟和", B)], [before(5, "孟和", B)], [None, "resident 5"]),
        ([row(2, "甲"), row(3, "甲")], [before(2, "甲"), before(3, "甲")], ["resident 2", "resident 3"]),
        ([row(2, "甲", "无")], [before(7, "乙", "无")], [None]),
    ],
)
def test_a_row_is_known_again_by_the_surest_sign(
    rows: list[PaperRow], remembered: list[Remembered], residents: list[str | None]
) -> None:
    found, _ = matched(rows, remembered)
    assert [each and each.resident for each in found] == residents


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.text(max_size=4), st.text(max_size=4), st.text(max_size=3)), max_size=8))
def test_what_is_remembered_comes_back_as_it_was_and_each_row_once(told_rows: list[tuple[int, str, str, str]]) -> None:
    remembered = [before(*each) for each in told_rows]
    assert unpacked(packed(remembered)) == remembered
    found, left = matched([row(*each) for each in told_rows], remembered)
    taken = [id(each) for each in found if each is not None]
    assert len(set(taken)) == len(taken)
    assert len(taken) + len(left) == len(remembered)


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in sorted(SERVICES.glob("roster_*.py")))
    own = {reason for reason in REASONS if f'"{reason}"' in source}
    assert own == REASONS
    for reason in (*REASONS, "sex_differs_from_number", "birth_date_differs_from_number", "not_a_person", "no_name", *KEYS):
        result = rosters.ImportResult(1, 0, 0, 1, 0, {}, {}, (RowNamed("表", 2, "asked", reason, "education", "x"),))
        for language in LANGUAGES:
            assert rosters.in_words(result, language)[0]["why"]


def test_columns_that_mean_nothing_known_are_named(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        path = written(tmp_path / "1.xlsx", (("赵春生", "男", "12"),), ("姓名", "性别", "养蜂箱数"))
        document = rosters.as_document(taken_in(archive, path))
        assert document["columns_unread"] == [{"sheet": "Sheet", "heading": "养蜂箱数"}]


def test_how_to_find_the_house_comes_from_the_list_once_for_the_family(tmp_path: Path) -> None:
    heading = ("户号", "顺序号", "标志物", "姓名", "与户主关系", "现住址")
    rows = [("0001", "017", "蓝顶房往西第二户", "巴特尔", "户主", "东滩1号"), ("", "", "", "娜仁", "妻", "")]
    with new_archive(tmp_path) as archive:
        path = written(tmp_path / "名单.xlsx", rows, heading=heading)
        taken_in(archive, path)
        with archive.read() as reader:
            (home,) = [record.fields for record in reader.all("household")]
        assert (home["order_number"], home["landmark"]) == ("017", "蓝顶房往西第二户")
        again = taken_in(archive, path)
        assert (again.matched, again.changed) == (2, {})
