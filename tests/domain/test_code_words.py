"""Words for codes, and every word in the three rosters."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from shequ_desktop import paths
from shequ_desktop.domain import codes
from shequ_desktop.domain.codes import match, match_several, names_no_code
from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.records import KINDS

ROSTERS = Path(__file__).parent.parent / "data" / "roster"
NO_CODE = {("education", "在读"), ("health_status", "失能"), ("residence_state", "是"), ("residence_state", "否")}
"""Words of the rosters that are understood and deliberately give no code of the table."""


@pytest.mark.parametrize("name", codes.names())
def test_every_code_is_found_by_itself_and_by_its_official_words(name: str) -> None:
    for row in codes.table(name).rows:
        assert match(name, row.code) == row.code
        assert match(name, row.zh) == row.code
        assert codes.zh(name, row.code) == row.zh


def test_every_synonym_says_what_its_row_says_and_hides_no_official_word() -> None:
    with (paths.resources() / "codes" / "synonyms.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({(row["table"], row["words"]) for row in rows}) == len(rows)
    for row in rows:
        assert (match(row["table"], row["words"]) or "") == row["code"], row
        assert not row["code"] or row["code"] in codes.table(row["table"]).by_code, row


def test_the_tables_that_fields_name_are_there() -> None:
    named = {field.codes for kind in KINDS.values() for field in kind.fields if field.codes and field.type is not Type.REF}
    assert named <= set(codes.names())


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("relation_to_head", "子", "20"),
        ("relation_to_head", "儿子", "20"),
        ("relation_to_head", "长子", "22"),
        ("relation_to_head", "女", "30"),
        ("relation_to_head", "配偶", "10"),
        ("relation_to_head", "户主", "02"),
        ("relation_to_head", "本人", "01"),
        ("relation_to_head", "父", "51"),
        ("relation_to_head", "母", "52"),
        ("relation_to_head", "儿媳", "38"),
        ("relation_to_head", "其他", "80"),
        ("ethnic_group", "汉", "01"),
        ("ethnic_group", "汉族", "01"),
        ("ethnic_group", "鄂温克", "45"),
        ("marital_status", "离异", "40"),
        ("education", "文盲", "901"),
        ("education", "大专", "30"),
        ("education", "本科", "20"),
        ("education", "学龄前", "902"),
        ("occupation_status", "在读", "31"),
        ("sex", " 男性 ", "1"),
        ("sex", "２", "2"),
        ("health_status", "慢性病，需长期服药", "30"),
        ("health_status", "高血压", "31"),
        ("political_status", "党员", "01"),
        ("registration_kind", "农业", "1"),
        ("registration_kind", "非农业", "2"),
        ("subsidy_kind", "低保", "102"),
        ("subsidy_kind", "五保", "104"),
        ("disability_grade", "二级", "2"),
        ("education", "高中或中专", None),
        ("relation_to_head", "子女", None),
        ("marital_status", "", None),
    ],
)
def test_words_that_people_write(name: str, text: str, code: str | None) -> None:
    assert match(name, text) == code


def test_words_without_a_code_are_known_and_unknown_words_are_not() -> None:
    assert names_no_code("education", "在读")
    assert not names_no_code("education", "高中")
    assert not names_no_code("education", "甲乙丙")
    assert match("residence_state", "是") is None


def test_several_words_in_a_cell_give_several_codes_and_what_is_left() -> None:
    assert match_several("subsidy_kind", "高龄津贴、低保/看病报销") == (("102", "201"), ("看病报销",))
    assert match_several("subsidy_kind", "住房救助、危房改造") == (("110",), ())
    assert match_several("subsidy_kind", "无") == ((), ())


def test_an_unknown_code_is_shown_as_itself() -> None:
    assert codes.zh("sex", "77") == "77"


def _column(rows: list[list[str]], head: int, title: str) -> set[str]:
    at = rows[head].index(title)
    return {row[at] for row in rows[head + 1 :] if len(row) > at and row[at]}


def _workbook(name: str) -> list[list[str]]:
    sheet = CalamineWorkbook.from_path(str(ROSTERS / name)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def _text(name: str) -> list[list[str]]:
    return list(csv.reader((ROSTERS / name).read_text(encoding="gb18030").splitlines()))


@pytest.mark.parametrize(
    ("read", "file", "head", "title", "name"),
    [
        (_workbook, "居民信息表.xls", 0, "性别", "sex"),
        (_workbook, "居民信息表.xls", 0, "民族", "ethnic_group"),
        (_workbook, "居民信息表.xls", 0, "与户主关系", "relation_to_head"),
        (_workbook, "居民信息表.xls", 0, "文化程度", "education"),
        (_workbook, "居民信息表.xls", 0, "婚姻状况", "marital_status"),
        (_workbook, "居民信息表.xls", 0, "是否外出", "residence_state"),
        (_workbook, "花名册-合并表头.xlsx", 3, "性别", "sex"),
        (_workbook, "花名册-合并表头.xlsx", 3, "民族", "ethnic_group"),
        (_workbook, "花名册-合并表头.xlsx", 3, "与户主关系", "relation_to_head"),
        (_text, "留守人员登记.csv", 0, "健康状况", "health_status"),
    ],
)
def test_every_word_of_the_rosters_is_matched_or_deliberately_has_no_code(
    read: Callable[[str], list[list[str]]], file: str, head: int, title: str, name: str
) -> None:
    words = _column(read(file), head, title)
    assert words
    for word in words:
        assert match(name, word) or (name, word) in NO_CODE, word
        assert names_no_code(name, word) == ((name, word) in NO_CODE), word
