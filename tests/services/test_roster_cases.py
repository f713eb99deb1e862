"""Cases from practice: each file of `tests/data/cases`, and what is right about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shequ_desktop.storage.archive import Archive
from tests.services.roster_trials import DATA, counts, export, new_archive, of_kind, one, reasons, taken_in

CASES = DATA / "cases"


def by_name(archive: Archive) -> dict[str, dict[str, str]]:
    return {record["fields"]["name"]: record["fields"] for record in of_kind(archive, "resident")}


@pytest.mark.parametrize("file", ["01-mac-dates/花名册.xlsx", "02-wps-dimension/人口.xlsx", "05-html-xls/系统导出.xls"])
def test_five_residents_with_the_birth_dates_that_their_numbers_say(file: str, tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, CASES / file)
        assert counts(result) == (5, 5, 0, 0, 0)
        assert {name: told["told_birth_date"] for name, told in by_name(archive).items()} == {
            "赵春生": "1941-09-03",
            "钱玉珍": "1944-02-29",
            "孙小虎": "2015-12-31",
            "巴特尔": "1958-07-01",
            "乌云其木格": "1990-01-01",
        }


def test_a_byte_order_mark_wrapped_numbers_and_an_address_of_two_lines(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        assert counts(taken_in(archive, CASES / "03-csv-bom/人口.csv")) == (5, 5, 0, 0, 0)
        numbers = sorted(told["id_number"] for told in by_name(archive).values())
        assert numbers == [
            "152523194109030110", "152523194402290229", "152523195807010410", "152523199001010428", "152523201512310318"
        ]  # fmt: skip
        one(archive, "household", address="苏尼特左旗满都拉图镇陶力嘎查2号\n(冬营地: 北12公里)")


def test_gb18030_gives_exactly_the_rare_characters(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        assert counts(taken_in(archive, CASES / "04-csv-gb18030/人口.csv")) == (5, 5, 0, 0, 0)
        assert set(by_name(archive)) == {"王\u4dae", "李\u36c3", "张\U0002b5ae", "周\U0002cb4e", "那日苏"}


def test_a_formula_that_was_never_computed_says_nothing(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        assert counts(taken_in(archive, CASES / "06-formulas/公式.xlsx")) == (5, 5, 0, 0, 0)
        told = by_name(archive)["乌云其木格"]
        assert (told["sex"], told["birth_date"]) == ("2", "1990-01-01")
        assert "told_sex" not in told
        assert by_name(archive)["赵春生"]["told_birth_date"] == "1941-09-03"


def test_numbers_of_other_documents_are_good_and_the_one_that_is_not_is_asked(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, CASES / "07-id-kinds/人口.xlsx")
        assert counts(result) == (5, 4, 0, 1, 0)
        people = by_name(archive)
        assert [people[name]["id_kind"] for name in ("陈嘉明", "何美玲", "林文雄", "巴图宝力德")] == ["901", "901", "902", "553"]
        assert "id_number" not in people["图雅"]
        question = one(archive, "question", field="id_number")
        assert question["fields"]["paper_value"] == "91564319920821026?"
        assert question["fields"]["about"] == one(archive, "resident", name="图雅")["id"]


def test_numbers_of_areas_that_are_in_no_list_any_more_are_taken_without_a_word(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, CASES / "08-old-areas/人口.xlsx")
        assert counts(result) == (5, 5, 0, 0, 0)
        assert all("id_number" in told for told in by_name(archive).values())


@pytest.mark.parametrize(("file", "people"), [("10-surnames/人口.xlsx", 12), ("11-rare-print/人口.xlsx", 8)])
def test_rare_names_are_taken_whole(file: str, people: int, tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        assert counts(taken_in(archive, CASES / file)) == (people, people, 0, 0, 0)
        if people == 8:
            assert "冯\U000323af" in by_name(archive)


def test_texts_that_look_like_formulas_are_kept_letter_for_letter(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, CASES / "12-formula-text/人口.xlsx")
        assert counts(result) == (4, 3, 0, 1, 0)
        assert reasons(result) == {"name_formula": 1}
        assert "=1+1" in by_name(archive)
        addresses = {record["fields"]["address"] for record in of_kind(archive, "household")}
        assert {"-低保户-东头第三家", "@村医家隔壁"} <= addresses
        assert one(archive, "phone", number="13904790002")


def test_lunar_birthdays_are_kept_as_told_and_derived_where_they_can_be(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, CASES / "13-lunar/老人.csv")
        assert counts(result) == (6, 5, 0, 1, 0)
        assert reasons(result) == {"lunar_day_missing": 1}
        told = {name: (fields.get("told_birth_date"), fields["birth_words"]) for name, fields in by_name(archive).items()}
        assert told == {
            "刘大柱": ("1947-03-25", "农历1947年闰二月初三"),
            "刘二柱": ("1947-02-23", "农历1947年二月初三"),
            "马桂英": ("1941-08-07", "阴历1941年闰六月十五"),
            "高凤山": (None, "农历1943年腊月三十"),
            "高秀云": ("1949", "农历1949年七月"),
            "罗老太": ("1947", "属猪的，1947年"),
        }
        assert one(archive, "question", field="told_birth_date")["fields"]["paper_value"] == "农历1943年腊月三十"


def test_a_known_person_gets_the_care_record_that_a_second_list_brings(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, CASES / "14-left-behind-existing/1-居民.xlsx")
        second = CASES / "14-left-behind-existing/2-留守人员.csv"
        assert counts(taken_in(archive, second)) == (3, 1, 2, 0, 0)
        assert (len(of_kind(archive, "resident")), len(of_kind(archive, "care_record"))) == (6, 3)
        before = export(archive)
        assert taken_in(archive, second).created == {}
        assert export(archive) == before
