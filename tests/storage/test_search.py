"""Everybody is found by whatever is known of them, and nobody by what no longer holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.identity import check_digit
from shequ_desktop.services import doctoring, finding
from shequ_desktop.storage import search_index
from shequ_desktop.storage.archive import Archive
from tests.made import edit, id_number, make_archive, reopen, save

# Surname, initials by the surname's reading, initials by the everyday reading (case 10).
TWO_READINGS = [
    ("单春梅", "scm", "dcm"), ("仇广海", "qgh", "cgh"), ("解小燕", "xxy", "jxy"), ("查玉兰", "zyl", "cyl"),
    ("曾国才", "zgc", "cgc"), ("区广福", "ogf", "qgf"), ("翟玉明", "zym", "dym"), ("覃小兰", "qxl", "txl"),
    ("朴正花", "pzh", "pzh"), ("尉迟红", "ych", "wch"), ("盖玉珍", "gyz", "gyz"), ("万俟林", "mql", "wsl"),
]  # fmt: skip


def found(archive: Archive, words: str) -> list[str]:
    """Names and numbers of what is found."""
    hits = finding.find(archive, words=words)
    return [hit.fields.get("name") or hit.fields.get("number") or hit.id for hit in hits]


def retract(archive: Archive, kind: str, record: str, *, back: bool = False) -> None:
    with archive.write() as work:
        work.retract(kind, record, back=back)


@pytest.mark.parametrize("words", ["额尔敦其木格", "额尔", "其木格", "木", "eedqmg", "EEDQMG", "qmg", "eed", "小额", "xe"])
def test_a_person_is_found_by_part_of_a_name_by_another_name_and_by_initials(archive: Archive, words: str) -> None:
    save(archive, "resident", name="额尔敦其木格", alias="小额")
    save(archive, "resident", name="张三")
    assert found(archive, words) == ["额尔敦其木格"]


def test_both_readings_of_a_surname_find_its_one_person(archive: Archive) -> None:
    for name, _, _ in TWO_READINGS:
        save(archive, "resident", name=name)
    for name, by_surname, everyday in TWO_READINGS:
        assert found(archive, by_surname) == [name]
        assert found(archive, everyday) == [name]


def test_a_name_with_dots_is_found_with_and_without_them(archive: Archive) -> None:
    save(archive, "resident", name="阿拉坦·其其格")
    for words in ("阿拉坦其其格", "阿拉坦·其其格", "阿拉坦•其", "坦其", "altqqg"):
        assert found(archive, words) == ["阿拉坦·其其格"], words


@pytest.mark.parametrize("name", ["䶮㛃", "𫖮𬭎", "𰻝𰻝", "王𫖮"])
def test_rare_characters_are_found(archive: Archive, name: str) -> None:
    save(archive, "resident", name=name)
    save(archive, "resident", name="王明")
    assert found(archive, name) == [name]
    assert found(archive, name[-1]) == [name]


@pytest.mark.parametrize("words", ["练009", "练", "009"])
def test_a_number_with_characters_before_it_is_found_as_it_is_written(archive: Archive, words: str) -> None:
    save(archive, "household", number="练009")
    save(archive, "household", number="户100")
    assert found(archive, words) == ["练009"]


@pytest.mark.parametrize("words", ["Sarangerel", "sarang", "SARA", "Bat-Erdene", "bat erdene", "erdene"])
def test_latin_names_are_found_in_any_case_and_by_their_beginning(archive: Archive, words: str) -> None:
    save(archive, "resident", name="Sarangerel Bat-Erdene")
    assert found(archive, words) == ["Sarangerel Bat-Erdene"]


def test_a_mongolian_and_a_cyrillic_name_are_found(archive: Archive) -> None:
    save(archive, "resident", name="巴特尔", name_mn="ᠪᠠᠭᠠᠲᠤᠷ", alias="Баатар")
    for words in ("ᠪᠠᠭᠠᠲᠤᠷ", "баатар", "Баатар"):
        assert found(archive, words) == ["巴特尔"], words


def test_a_number_is_found_whole_by_its_beginning_and_by_its_last_four(archive: Archive) -> None:
    number = id_number(17)
    who = save(archive, "resident", name="其木格", id_number=number)
    save(archive, "phone", resident=who, number="13947901234")
    save(archive, "phone", resident=who, number="0479-7521234")
    typed = (number, number[-4:], number[:8], number.lower(), "13947901234", "1394790", "1234", "0479-7521234", "7521234")
    for words in (*typed, "139 4790 1234", f"{number[:6]} {number[6:]}"):
        assert found(archive, words) == ["其木格"], words
    assert found(archive, "9999") == []


def test_old_and_new_form_of_one_number_find_the_same_person(archive: Archive) -> None:
    old = "152501500301021"
    first = f"{old[:6]}19{old[6:]}"
    new = first + check_digit(first)
    save(archive, "resident", name="旧证", id_number=old)
    for words in (old, new, old[-4:], new[-4:]):
        assert found(archive, words) == ["旧证"], words
    save(archive, "resident", name="新证", id_number=new)
    assert sorted(found(archive, old)) == sorted(found(archive, new)) == ["新证", "旧证"]


@pytest.mark.parametrize("words", ["H12345678", "h12345678", "5678", "h123"])
def test_a_permit_with_letters_is_found(archive: Archive, words: str) -> None:
    save(archive, "resident", name="港客", id_number="H12345678")
    assert found(archive, words) == ["港客"]


@pytest.mark.parametrize("words", ["A-0017", "a0017", "0017", "乌兰察布东街", "东街3号", "蓝门", "3号", "３号"])
def test_a_household_is_found_by_its_number_and_by_part_of_its_address(archive: Archive, words: str) -> None:
    save(archive, "household", number="A-0017", address="乌兰察布东街3号院", landmark="蓝门对面")
    save(archive, "household", number="B-0018", address="锡林大街9号")
    assert found(archive, words) == ["A-0017"]


def test_several_words_must_all_fit(archive: Archive) -> None:
    for name, phone in (("其木格", "13947901234"), ("其木格", "13947905678"), ("巴特尔", "13947901235")):
        who = save(archive, "resident", name=name, remark=phone)
        save(archive, "phone", resident=who, number=phone)
    assert found(archive, "其木格 5678") == ["其木格"]
    assert found(archive, "  qmg   13947901234 ") == ["其木格"]
    assert found(archive, "其木格 1235") == []


def test_names_that_begin_so_come_first(archive: Archive) -> None:
    for name in ("李王", "张小王", "王小"):
        save(archive, "resident", name=name)
    assert found(archive, "王")[0] == "王小"
    assert len(found(archive, "王")) == 3


def test_what_was_retracted_is_not_found_until_it_is_brought_back(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格")
    retract(archive, "resident", who)
    assert found(archive, "其木格") == []
    retract(archive, "resident", who, back=True)
    assert found(archive, "其木格") == ["其木格"]


def test_a_changed_name_and_a_changed_number_are_found_by_the_new_only(archive: Archive) -> None:
    who = save(archive, "resident", name="其木格")
    phone = save(archive, "phone", resident=who, number="13947901234")
    edit(archive, "resident", who, name="乌云")
    edit(archive, "phone", phone, number="13947905678")
    assert [found(archive, words) for words in ("其木格", "13947901234", "1234")] == [[], [], []]
    assert [found(archive, words) for words in ("乌云", "13947905678")] == [["乌云"], ["乌云"]]


def test_a_telephone_that_moved_to_somebody_else_leaves_nothing_behind(archive: Archive) -> None:
    first, second = save(archive, "resident", name="其木格"), save(archive, "resident", name="乌云")
    phone = save(archive, "phone", resident=first, number="13947901234")
    edit(archive, "phone", phone, resident=second)
    assert found(archive, "13947901234") == ["乌云"]
    retract(archive, "phone", phone)
    assert found(archive, "13947901234") == []
    assert {check.state for check in doctoring.examine(archive)} == {"right"}


def test_two_people_with_one_telephone_are_both_found(archive: Archive) -> None:
    for name in ("其木格", "乌云"):
        save(archive, "phone", resident=save(archive, "resident", name=name), number="13947901234")
    assert sorted(found(archive, "13947901234")) == ["乌云", "其木格"]


@pytest.mark.parametrize(
    "words",
    ['"', "*", "AND", "OR", "NOT", "NEAR", "(", ")", "()", "^", ":", "name:", "-", "+", "{name}", '"*" AND', "'; --", "", " ",
     "\0", "\ud800", "a*b", "NEAR(a b)", "其\0木", "x0", "其*", "·", "%", "_", "ａ", "😀", "a" * 10_000,
     "其" * 10_000, "其 " * 5_000],
)  # fmt: skip
def test_no_sign_is_taken_for_an_order(archive: Archive, words: str) -> None:
    save(archive, "resident", name="张三")
    assert found(archive, words) == []


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One archive for all the texts of a test that only reads."""
    made = make_archive(tmp_path_factory.mktemp("kept") / "a")
    save(made, "resident", name="其木格", id_number=id_number(1))
    yield made
    made.close()


@settings(max_examples=150, deadline=None)
@given(words=st.one_of(st.text(max_size=30), st.text('"*()^:-+{}AND OR NEAR,其木15', max_size=30)))
def test_no_text_at_all_fails(kept: Archive, words: str) -> None:
    assert {hit.fields["name"] for hit in finding.find(kept, words=words)} <= {"其木格"}


def test_an_index_that_an_older_program_spelled_is_made_anew(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "SPELLING", 0)
    monkeypatch.setattr(search_index, "tokens", lambda text: "old")
    save(archive, "resident", name="其木格")
    assert found(archive, "old") == ["其木格"]
    monkeypatch.undo()
    archive.close()
    opened = reopen(archive.folder)
    assert found(opened, "其木格") == ["其木格"]
    assert found(opened, "old") == []
    assert {check.state for check in doctoring.examine(opened)} == {"right"}
    opened.close()


def test_the_migration_makes_the_same_index_as_a_rebuild(archive: Archive) -> None:
    def shape() -> str:
        with archive.read() as reader:
            told = reader.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'search'").scalar()
        return str(told)

    by_migration = shape()
    with archive.engine.begin() as connection:
        search_index.rebuild(connection)
    assert shape() == by_migration


def test_at_most_as_many_as_asked_for(archive: Archive) -> None:
    with archive.write() as work:
        work.put("resident", [(work.new_id(), {"name": "其木格"}) for _ in range(80)])
    assert len(finding.find(archive, words="其木格")) == 50
    assert len(finding.find(archive, words="木", limit=70)) == 70
