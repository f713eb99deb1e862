"""Headings are found, columns told, households followed from row to row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.rosters.cells import text_of, yes_or_no
from shequ_desktop.rosters.columns import care_kinds, plain_heading, targets, targets_of
from shequ_desktop.rosters.headings import Heading, day_of, find_heading
from shequ_desktop.rosters.people import PaperList, _read_list, same_house
from shequ_desktop.rosters.sheets import Area, Cell, Sheet

TODAY = date(2026, 11, 25)


def sheet(rows: Sequence[Sequence[Cell]], merged: tuple[Area, ...] = ()) -> Sheet:
    return Sheet("表", [list(row) for row in rows], merged)


def heading(rows: Sequence[Sequence[Cell]], merged: tuple[Area, ...] = ()) -> Heading:
    found = find_heading(sheet(rows, merged))
    assert found
    return found


def listed(rows: Sequence[Sequence[Cell]], merged: tuple[Area, ...] = ()) -> PaperList:
    return _read_list(sheet(rows, merged), heading(rows, merged), TODAY, lambda _source: {})


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("姓　名", "resident.name"),
        ("公民身份号码", "resident.id_number"),
        ("身份证号（18位）", "resident.id_number"),
        ("联系电话：", "phone.number"),
        ("*与户主关系", "membership.relation"),
        ("户主", "head.name"),
        ("监护人/联系人", "care_record.contact_name"),
        ("嘎查（村）", "area.gacha"),
    ],
)
def test_a_heading_is_told_whatever_blanks_and_brackets_it_has(words: str, target: str) -> None:
    assert targets_of(words)[0] == target


def test_every_target_is_a_declared_field_or_a_word_of_the_room() -> None:
    from shequ_desktop.domain.records import KINDS

    own = {"ignored", "record.id", "resident.age", "resident.away", "head.name", "head.id_number", "head.phone"}
    own |= {"area.banner", "area.sumu", "area.gacha"}
    meant = {target for each in targets().values() for target in each} - own
    undeclared = [t for t in meant if t.partition(".")[2] not in KINDS[t.partition(".")[0]].by_name]
    assert undeclared == []
    assert set(care_kinds().values()) == {"elder", "child", "woman", "other"}


def test_title_and_unit_rows_above_are_no_heading_and_tell_the_day() -> None:
    rows = [
        ["2026年度花名册", "", ""],
        ["填报单位：", "填报日期：", "2026.3.1"],
        ["姓名", "性别", "民族"],
        ["赵春生", "男", "汉"],
    ]
    found = heading(rows)
    assert (found.first, found.last) == (2, 2)
    assert day_of(sheet(rows), found, today=TODAY) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("统计时间：2026年3月", date(2026, 3, 31)),
        ("截止2026-02-10", date(2026, 2, 10)),
        ("填报日期：2027.1.1", None),
        ("2026年度", None),
    ],
)
def test_the_day_of_a_list_is_never_one_to_come(words: str, day: date | None) -> None:
    rows = [[words], ["姓名", "性别"], ["赵春生", "男"]]
    assert day_of(sheet(rows), heading(rows), today=TODAY) == day


def test_a_heading_of_two_levels_without_merged_cells_is_one_heading() -> None:
    rows = [["户号", "成员情况", "", ""], ["", "姓名", "性别", "与户主关系"], ["1", "赵春生", "男", "户主"]]
    found = heading(rows)
    assert (found.first, found.last) == (0, 1)
    assert found.columns == {"household.number": 0, "resident.name": 1, "resident.told_sex": 2, "membership.relation": 3}


def test_the_first_row_of_people_is_no_part_of_the_heading() -> None:
    rows = [["姓名", "与户主关系", "户号"], ["赵春生", "户主", "1"], ["钱玉珍", "配偶", "1"]]
    assert (heading(rows).first, heading(rows).last) == (0, 0)


def test_a_sheet_without_names_is_no_list() -> None:
    assert find_heading(sheet([["户号", "现住址"], ["1", "一队"]])) is None
    assert find_heading(sheet([["这张表说明怎么填写姓名"], ["请写清楚"]])) is None


def test_totals_notes_and_repeated_headings_are_refused_and_nobody_is_lost() -> None:
    rows = [
        ["姓名", "性别", "身份证号"],
        ["赵春生", "男", "152523194109030110"],
        ["", "", ""],
        ["姓名", "性别", "身份证号"],
        ["无", "男", ""],
        ["", "", "152523199001010428"],
        ["备注：以上属实", "", ""],
        ["合计", "2人", ""],
    ]
    found = listed(rows)
    assert [person.row for person in found.people] == [2, 6]
    assert [tuple(row) for row in found.refused] == [
        (4, "not_a_person"),
        (5, "no_name"),
        (7, "not_a_person"),
        (8, "not_a_person"),
    ]


def households(rows: Sequence[Sequence[Cell]], merged: tuple[Area, ...] = ()) -> list[list[str]]:
    """Names by household, in order; those of none stand alone."""
    groups: dict[str, list[str]] = {}
    for n, person in enumerate(listed(rows, merged).people):
        groups.setdefault(person.household.key if person.household else f"none {n}", []).append(person.name)
    return list(groups.values())


def test_a_household_number_is_told_once_for_the_rows_below() -> None:
    rows = [["户号", "姓名", "与户主关系"], ["7", "甲一", "户主"], ["", "甲二", "妻"], ["8", "乙一", "户主"], ["", "乙二", ""]]
    assert households(rows) == [["甲一", "甲二"], ["乙一", "乙二"]]


@pytest.mark.parametrize("placeholder", ["0", "无", "不详", "1111"])
def test_a_placeholder_is_no_household_number(placeholder: str) -> None:
    rows = [
        ["户号", "姓名", "与户主关系"],
        [placeholder, "甲一", "户主"],
        [placeholder, "甲二", "妻"],
        [placeholder, "乙一", "户主"],
    ]
    assert households(rows) == [["甲一", "甲二"], ["乙一"]]


def test_without_household_columns_the_head_begins_a_family_also_where_the_relation_is_blank() -> None:
    rows = [["姓名", "与户主关系"], ["甲一", "户主"], ["甲二", "妻"], ["乙一", ""], ["乙二", "子"]]
    found = listed(rows)
    assert households(rows) == [["甲一", "甲二"], ["乙一", "乙二"]]
    assert [person.name for person in found.people if person.heads] == ["甲一", "乙一"]


def test_two_families_whose_heads_have_one_name_stay_two() -> None:
    rows = [
        ["户主姓名", "姓名", "与户主关系"],
        ["甲一", "甲一", "户主"],
        ["甲一", "甲二", "妻"],
        ["乙一", "乙一", "户主"],
        ["甲一", "甲一", "户主"],
    ]
    assert households(rows) == [["甲一", "甲二"], ["乙一"], ["甲一"]]


def test_a_list_of_heads_only_has_its_people_in_the_head_s_column() -> None:
    found = listed([["户主姓名", "户主身份证号", "住址"], ["甲一", "152523194109030110", "一队1号"]])
    assert [(person.name, person.household and person.household.head_id) for person in found.people] == [
        ("甲一", "152523194109030110")
    ]


def test_merged_cells_hold_a_family_together_although_a_second_row_says_head() -> None:
    rows = [["户号", "姓名", "与户主关系"], ["7", "甲一", "户主"], ["", "甲二", "户主"], ["8", "乙一", "户主"]]
    assert households(rows, ((1, 0, 2, 0),)) == [["甲一", "甲二"], ["乙一"]]


def test_the_same_list_is_known_again_next_year_and_in_its_report() -> None:
    rows = [["2026年花名册", "", "", ""], ["姓名", "性别", "", ""], ["赵春生", "男", "", ""]]
    later = [["2027年花名册", "", "", ""], ["姓名", "性别", "原表行号", "原因"], ["赵春生", "男", "9", "性别不对"]]
    assert listed(rows).source == listed(later).source
    assert listed(later).people[0].was_row == 9
    assert listed(rows).source != listed([["另一村花名册"], ["姓名", "性别"], ["赵春生", "男"]]).source


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13904790100.0, "13904790100"),
        (152523941030.5, "152523941030.5"),
        (1.525231954020468e17, "1.525231954020468e+17"),
        (True, "是"),
        ("　赵 春生\u3000", "赵 春生"),
        ("a\x00b\x07", "ab"),
        ("一\r\n二", "一\n二"),
        (None, ""),
        (date(1990, 4, 3), "1990-04-03"),
    ],
)
def test_a_cell_has_one_text_whatever_its_sort(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("text", "answer"), [("√", True), ("是", True), ("Ｙ", True), ("否", False), ("×", False), ("在家", None)]
)
def test_a_tick_is_a_yes_and_a_cross_a_no(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_headings_of_any_text_never_fail(text: str) -> None:
    known = {target for meant in targets().values() for target in meant}
    assert set(targets_of(text)) <= known
    assert not any(sign.isspace() for sign in plain_heading(text))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=8), st.floats(allow_nan=False, allow_infinity=False), st.none()), max_size=5),
        max_size=8,
    )
)
def test_every_row_that_holds_anything_is_a_person_or_refused(rows: list[list[Cell]]) -> None:
    found = listed([["姓名", "性别", "户号", "与户主关系", "住址"], *rows])
    filled = [at + 2 for at, row in enumerate(rows) if any(text_of(cell) for cell in row)]
    assert sorted([person.row for person in found.people] + [row.row for row in found.refused]) == filled


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_one_house_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert same_house(one, other) is same_house(other, one)
    assert same_house(one, f" {one} ")
