"""Single records as a person saves them: every rule names its field, nothing is half saved, codes may be words."""

from __future__ import annotations

import pytest

from shequ_desktop.domain import codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import records
from shequ_desktop.storage.archive import Archive
from shequ_desktop.wording import say
from tests.made import TODAY, fields_of, id_number, typed

NOBODY = "01a0c450-6c00-7000-a238-e3a8ed1ecb8c"
ELDER = id_number(7, sex="2")  # born 1950-03-01, a woman


def refused(archive: Archive, kind: str, **fields: str) -> list[Problem]:
    answer = records.add(archive, kind=kind, typed=fields, today=TODAY)
    assert isinstance(answer, list), answer
    for problem in answer:
        assert say(problem.key, "zh_CN", **dict(problem.values))
        assert say(problem.key, "en", **dict(problem.values))
    return answer


def keys(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.key, problem.field) for problem in problems]


def changed(archive: Archive, kind: str, record: str, **fields: str) -> bool | list[Problem]:
    return records.edit(archive, kind=kind, record=record, typed=fields, today=TODAY)


def shown(archive: Archive, kind: str, record: str) -> dict[str, object]:
    found = records.get(archive, kind=kind, record=record)
    assert not isinstance(found, Problem)
    return dict(found.fields)


def count(archive: Archive) -> int:
    with archive.read() as reader:
        return sum(reader.count(kind) for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "field", "text", "key"),
    [
        ("resident", "id_number", ELDER[:-1], "id_length"),
        ("resident", "id_number", ELDER[:-1] + ("1" if ELDER[-1] != "1" else "2"), "id_check_digit"),
        ("resident", "id_number", "152501199902310012", "id_date"),
        ("resident", "id_number", "无", "id_placeholder"),
        ("resident", "id_number", "1.52501E+17", "id_rounded"),
        ("resident", "birth_date", "2026-13-01", "not_a_date"),
        ("resident", "birth_date", "2027-01-01", "date_in_future"),
        ("resident", "sex", "雌", "code_unknown"),
        ("resident", "education", "宇宙大学", "code_unknown"),
        ("resident", "subsidies", "低保、彩票", "code_unknown"),
        ("resident", "remark", "一\0二", "text_unreadable"),
        ("resident", "remark", "一\ud800", "text_unreadable"),
        ("resident", "remark", "长" * 10_000, "text_too_long"),
        ("resident", "no_such", "x", "no_such_field"),
        ("phone", "number", "12", "not_a_phone"),
        ("phone", "number", "13947901234、13947905678", "not_a_phone"),
        ("phone", "resident", "张三", "not_an_id"),
        ("phone", "resident", NOBODY, "no_such_record"),
        ("phone", "resident", NOBODY.upper(), "not_an_id"),
        ("membership", "household", "-" * 36, "not_an_id"),
        ("membership", "household", NOBODY.replace("-", "")[:32] + "----", "no_such_record"),
        ("care_record", "care_kind", "camel", "not_in_list"),
        ("care_record", "special_hardship", "也许", "yes_or_no"),
        ("care_record", "opened_on", "2026-11-31", "not_a_date"),
        ("household", "area", "月球", "area_unknown"),
        ("visit", "visited_on", "2027-01-01", "date_in_future"),
    ],
)
def test_each_rule_names_its_field_and_nothing_is_saved(archive: Archive, kind: str, field: str, text: str, key: str) -> None:
    who = typed(archive, "resident", name="其木格")
    home = typed(archive, "household", number="1")
    before = count(archive)
    good = {
        "resident": {"name": "乌云"},
        "phone": {"resident": who, "number": "13947901234"},
        "membership": {"resident": who, "household": home},
        "care_record": {"resident": who, "care_kind": "elder"},
        "visit": {"household": home, "visited_on": "2026-11-01"},
    }.get(kind, {})
    problems = refused(archive, kind, **{**good, field: text})
    told_as = {"sex": "told_sex", "birth_date": "told_birth_date"}.get(field, field)
    assert keys(problems) == [(key, told_as)]
    assert count(archive) == before


@pytest.mark.parametrize(
    ("name", "key"),
    [("", "needed"), ("   ", "needed"), ("姓名", "name_heading"), ("合计", "name_total"), ("不详", "name_placeholder"),
     ("=A1", "name_formula"), ("123", "name_digits"), ("长" * 61, "name_too_long")],
)  # fmt: skip
def test_a_person_needs_a_name_that_is_one(archive: Archive, name: str, key: str) -> None:
    assert keys(refused(archive, "resident", name=name)) == [(key, "name")]


def test_all_problems_are_told_at_once(archive: Archive) -> None:
    problems = refused(archive, "resident", name="其木格", sex="雌", id_number="12", alias="=x", remark="\0")
    assert {field for _, field in keys(problems)} == {"told_sex", "id_number", "alias", "remark"}


@pytest.mark.parametrize("kind", [kind for kind, declared in KINDS.items() if declared.required])
def test_what_a_record_cannot_be_without_is_named(archive: Archive, kind: str) -> None:
    assert [field for _, field in keys(refused(archive, kind))] == list(KINDS[kind].required)


def test_a_kind_that_does_not_exist_is_one_problem_everywhere(archive: Archive) -> None:
    assert keys(refused(archive, "camel", name="x")) == [("no_such_kind", "")]
    assert changed(archive, "camel", NOBODY, name="x") == [Problem("no_such_kind", values=(("kind", "camel"),))]
    assert records.retract(archive, kind="camel", record=NOBODY) == [Problem("no_such_kind", values=(("kind", "camel"),))]
    assert records.get(archive, kind="camel", record=NOBODY) == Problem("no_such_kind", values=(("kind", "camel"),))


@pytest.mark.parametrize("record", [NOBODY, "x", "", "张三", "\0", "0" * 36])
def test_a_record_that_does_not_exist_is_one_problem_everywhere(archive: Archive, record: str) -> None:
    wanted = Problem("no_such_record", values=(("kind", "household"), ("record", record)))
    assert changed(archive, "household", record, number="1") == [wanted]
    assert records.retract(archive, kind="household", record=record) == [wanted]
    assert records.get(archive, kind="household", record=record) == wanted


def test_codes_may_be_given_as_codes_or_as_the_words_that_people_use(archive: Archive) -> None:
    words = typed(archive, "resident", name="甲", sex="女", ethnic_group="蒙古族", education="文盲", marital_status="离异")
    assert (
        fields_of(archive, "resident", words)["ethnic_group"]
        == fields_of(archive, "resident", typed(archive, "resident", name="乙", ethnic_group="蒙"))["ethnic_group"]
    )
    kept = fields_of(archive, "resident", words)
    again = typed(archive, "resident", name="丙", sex=kept["told_sex"], education=kept["education"])
    assert fields_of(archive, "resident", again)["education"] == kept["education"]
    assert fields_of(archive, "resident", again)["told_sex"] == kept["told_sex"]


def test_a_set_is_kept_sorted_each_code_once(archive: Archive) -> None:
    first, second = (row.code for row in codes.table("subsidy_kind").rows[:2])
    who = typed(archive, "resident", name="其木格", subsidies=f"{second}、{first},{second}；{first}")
    assert fields_of(archive, "resident", who)["subsidies"] == sorted([first, second])


def test_sex_and_birth_date_in_force_come_from_a_valid_number_and_what_was_told_is_kept(archive: Archive) -> None:
    who = typed(archive, "resident", name="其木格", sex="男", birth_date="1951-02")
    assert (shown(archive, "resident", who)["sex"], shown(archive, "resident", who)["birth_date"]) == ("1", "1951-02")
    changed(archive, "resident", who, id_number=ELDER)
    told = shown(archive, "resident", who)
    assert (told["sex"], told["birth_date"]) == ("2", "1950-03-01")
    assert (told["told_sex"], told["told_birth_date"]) == ("1", "1951-02")
    changed(archive, "resident", who, id_number="")
    assert (shown(archive, "resident", who)["sex"], shown(archive, "resident", who)["birth_date"]) == ("1", "1951-02")


def test_values_in_force_are_never_written(archive: Archive) -> None:
    who = typed(archive, "resident", name="其木格", id_number=ELDER)
    assert set(fields_of(archive, "resident", who)) == {"name", "id_number"}


def test_a_change_of_nothing_says_so_and_an_empty_text_takes_a_value_away(archive: Archive) -> None:
    home = typed(archive, "household", number="17", remark="旧")
    assert changed(archive, "household", home, number=" 17 ") is False
    assert changed(archive, "household", home, remark="") is True
    assert fields_of(archive, "household", home) == {"number": "17"}


def test_what_a_record_cannot_be_without_cannot_be_taken_away(archive: Archive) -> None:
    who = typed(archive, "resident", name="其木格")
    answer = changed(archive, "resident", who, name="")
    assert isinstance(answer, list)
    assert keys(answer) == [("needed", "name")]


def test_a_promise_may_lie_ahead(archive: Archive) -> None:
    home = typed(archive, "household", number="17")
    promise = typed(archive, "follow_up", household=home, promised="帮忙办残疾证", due_on="2027年3月1日")
    assert fields_of(archive, "follow_up", promise)["due_on"] == "2027-03-01"


def test_texts_of_many_alphabets_and_lines_come_back_as_they_were(archive: Archive) -> None:
    for text in ("ᠪᠠᠭᠠᠲᠤᠷ ᠡᠷᠦᠬᠡ\u202fᠶᠢᠨ", "𰻝𰻝面", "a\nb\tc", "=1+1", "😀", "长" * 4000, "'; DROP TABLE household; --"):
        home = typed(archive, "household", number="1", remark=text)
        assert fields_of(archive, "household", home)["remark"] == text


def test_a_retracted_record_is_marked_and_retracting_it_again_does_nothing(archive: Archive) -> None:
    home = typed(archive, "household", number="17")
    assert records.retract(archive, kind="household", record=home) is True
    assert records.retract(archive, kind="household", record=home) is False
    found = records.get(archive, kind="household", record=home)
    assert not isinstance(found, Problem)
    assert found.retracted
