"""Names: spelling, what is none, and initials in every reading."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.names import MOST_INITIALS, initials, name_problem, read_name


@pytest.mark.parametrize("dot", "·•・･‧∙⋅．.·●")
def test_middle_dots_of_all_kinds_become_one(dot: str) -> None:
    assert read_name(f"巴音{dot}托娅") == "巴音\u00b7托娅"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王 二", "王二"),
        (" 王\u3000二\t", "王二"),
        ("王\u200b二\ufeff", "王二"),
        ("巴音 · 额尔敦", "巴音·额尔敦"),
        ("'李四", "李四"),
        ('="王五"', "王五"),
        ("Anna  Maria", "Anna Maria"),
        ("Ａｎｎａ", "Anna"),
        ("Бат  Эрдэнэ", "Бат Эрдэнэ"),
        ("=1+1", "=1+1"),
        ("王二·", "王二"),
        ("\u1820\u202f\u1836\u1822\u1828", "\u1820\u202f\u1836\u1822\u1828"),
        ("", ""),
    ],
)
def test_one_spelling_of_blanks_and_wrappers(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize("name", ["王䶮", "李㛃", "张𫖮", "周𬭎", "吴𬀩", "郑𰻝", "冯\U000323af", "巴图宝力德乌云其木"])
def test_rare_characters_and_long_names_stay_whole(name: str) -> None:
    assert read_name(name) == name
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "name_empty"),
        ("\u3000 ", "name_empty"),
        ("无", "name_placeholder"),
        ("不详", "name_placeholder"),
        ("—", "name_placeholder"),
        ("0", "name_placeholder"),
        ("=1+1", "name_formula"),
        ("@SUM(A1)", "name_formula"),
        ("+王", "name_formula"),
        ("123", "name_digits"),
        ("???!", "name_digits"),
        ("姓名", "name_heading"),
        ("姓 名", "name_heading"),
        ("合计", "name_total"),
        ("合 计", "name_total"),
        ("1034人", "name_total"),
        ("合计320户1034人", "name_total"),
        ("填表人：某某", "name_total"),
        ("注：以上人员均已核实", "name_total"),
        ("甲" * 61, "name_too_long"),
    ],
)
def test_what_is_no_name_is_told_by_its_key(text: str, key: str) -> None:
    assert name_problem(text) == key


@pytest.mark.parametrize("name", ["计小花", "单春梅", "共青", "无忌", "巴音•托娅", "Anna Maria", "Бат", "张三(大)", "总布日"])
def test_names_that_look_like_other_words_are_names(name: str) -> None:
    assert name_problem(name) is None


SURNAMES = {
    "单春梅": ("scm", "dcm"),
    "仇桂花": ("qgh", "cgh"),
    "解秀英": ("xxy", "jxy"),
    "查玉兰": ("zyl", "cyl"),
    "曾广财": ("zgc", "cgc"),
    "区桂芳": ("ogf", "qgf"),
    "翟玉梅": ("zym", "dym"),
    "覃秀兰": ("qxl", "txl"),
    "朴正花": ("pzh",),
    "尉迟海": ("ych", "wch"),
    "盖玉芝": ("gyz",),
    "万俟兰": ("mql", "wsl"),
}


@pytest.mark.parametrize(("name", "both"), SURNAMES.items())
def test_surname_and_everyday_reading_both_find_the_name(name: str, both: tuple[str, ...]) -> None:
    assert set(both) <= initials(name)


def test_initials_pass_over_dots_and_keep_other_letters() -> None:
    assert "byty" in initials("巴音·托娅")
    assert initials("Anna 王") == {"annaw", "annay"}
    assert initials("冯\U000323af") == initials("冯")
    assert initials("·") == frozenset()


def test_a_name_of_characters_with_many_readings_stays_small() -> None:
    assert 1 < len(initials("单仇解查曾区翟覃朴尉")) <= MOST_INITIALS


def test_initials_of_a_roster_take_little_time() -> None:
    names = [a + b + c for a in "单仇解查曾区翟覃朴尉" for b in "迟盖万俟王李张高巴音" for c in "额尔敦其格那乌兰玉梅"]
    initials("".join(names))
    start = time.perf_counter()
    for name in names:
        initials(name)
    assert (time.perf_counter() - start) / len(names) < 100e-6  # ten times what it takes here


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_reading_a_name_twice_changes_nothing_and_any_text_is_answered(text: str) -> None:
    name = read_name(text)
    assert read_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert name_problem(text) == name_problem(name)
    assert all(spelling == spelling.lower() for spelling in initials(name))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x20000, max_codepoint=0x2F7FF), min_size=1, max_size=8))
def test_no_character_beyond_the_basic_plane_is_lost(text: str) -> None:
    assert read_name(text) == text
