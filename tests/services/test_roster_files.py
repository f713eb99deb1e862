"""The three lists as villages keep them: counts, what is asked, what stands afterwards."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.domain.identity import IdNumber, read_id_number
from tests.services.roster_trials import (
    LEFT_BEHIND,
    ROSTER,
    ROSTER_XLS,
    TODAY,
    counts,
    differences,
    export,
    new_archive,
    of_kind,
    one,
    reasons,
    taken_in,
)


def test_a_list_with_merged_heading_and_households_over_several_rows(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, ROSTER)
        assert counts(result) == (1035, 977, 8, 49, 1)
        assert reasons(result) == {
            "id_check_digit": 16,
            "id_rounded": 13,
            "sex_differs_from_number": 11,
            "date_in_future": 3,
            "birth_date_differs_from_number": 3,
            "not_a_date": 3,
            "not_a_person": 1,
        }
        assert result.created == {
            "household": 320, "resident": 1026, "membership": 1026, "phone": 320, "care_record": 175, "question": 50
        }  # fmt: skip
        head = one(archive, "resident", id_number="15252319611125979X")
        home = one(archive, "membership", resident=head["id"])
        household = one(archive, "household", number="1525230003")
        assert home["fields"] == {"household": household["id"], "resident": head["id"], "relation": "02"}
        family = [m for m in of_kind(archive, "membership") if m["fields"]["household"] == household["id"]]
        assert len(family) == 5


def test_a_care_record_is_opened_on_the_day_that_the_list_describes(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, ROSTER)
        care = of_kind(archive, "care_record")
        assert {record["fields"]["opened_on"] for record in care} == {"2026-03-01"}
        assert {record["fields"]["care_kind"] for record in care} == {"elder", "child", "woman"}


def test_an_old_excel_list_in_which_the_head_is_known_by_number(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, ROSTER_XLS)
        assert counts(result) == (1280, 1232, 0, 48, 0)
        assert reasons(result) == {"id_rounded": 25, "id_check_digit": 23}
        assert result.created["household"] == 400
        assert result.created["membership"] == 1280
        away = [r for r in of_kind(archive, "resident") if r["fields"].get("residence_state") == "21"]
        assert len(away) == 176
        assert {r["fields"]["residence_place"] for r in away} == {"呼和浩特", "锡林浩特", "北京", "包头"}


def test_left_behind_people_are_matched_asked_or_added(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, ROSTER)
        taken_in(archive, ROSTER_XLS)
        residents = len(of_kind(archive, "resident"))
        before = export(archive)
        result = taken_in(archive, LEFT_BEHIND)
        assert counts(result) == (146, 48, 93, 5, 0)
        assert len(of_kind(archive, "resident")) == residents + 50
        assert (result.created, result.changed) == differences(before, export(archive))
        care = [record["fields"] for record in of_kind(archive, "care_record")]
        assert len({(record["resident"], record["care_kind"]) for record in care}) == len(care)
        named = one(archive, "care_record", contact_name="孙㛃燕")
        assert (named["fields"]["contact_phone"], named["fields"]["away_members"]) == ("17930523919", "子女")
        assert named["fields"]["remark"] == "未入学"


def test_people_who_stand_in_both_lists_are_one_resident_in_one_household(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, ROSTER)
        result = taken_in(archive, ROSTER_XLS)
        assert result.matched + result.asked == 32 + 48
        assert result.created["household"] == 390
        resident = one(archive, "resident", id_number="152527195502181353")
        assert resident["fields"]["education"]
        one(archive, "membership", resident=resident["id"])


def test_no_number_that_is_wrong_stands_as_certain(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        for path in (ROSTER, ROSTER_XLS, LEFT_BEHIND):
            taken_in(archive, path)
        numbers = [r["fields"]["id_number"] for r in of_kind(archive, "resident") if "id_number" in r["fields"]]
        assert len(numbers) > 2000
        assert [number for number in numbers if not isinstance(read_id_number(number), IdNumber)] == []
        assert len(set(numbers)) == len(numbers)


def test_the_same_files_again_add_nobody_and_ask_nothing(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        for path in (ROSTER, ROSTER_XLS, LEFT_BEHIND):
            taken_in(archive, path)
        before = export(archive)
        for path, rows, refused in ((ROSTER, 1035, 1), (ROSTER_XLS, 1280, 0), (LEFT_BEHIND, 146, 0)):
            again = taken_in(archive, path)
            assert counts(again) == (rows, 0, rows - refused, 0, refused)
            assert (again.created, again.changed) == ({}, {})
        assert export(archive) == before


def test_places_that_are_in_no_table_are_asked_once_each_and_turn_no_row_into_asked(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, ROSTER_XLS)
        places = [named for named in result.rows_named if named.state == "area"]
        assert sorted(named.value for named in places) == [
            "乌兰浩特市爱国街道陶力嘎查（老名）",
            "苏尼特左旗满都拉图镇陶力嘎查（老名）",
            "阿拉善左旗巴润别立镇东滩",
        ]
        known = one(archive, "household", address="太仆寺旗千斤沟镇葫芦峪村委会236号")
        assert known["fields"]["area"] == "152527101202"
        spoken = next(h for h in of_kind(archive, "household") if h["fields"].get("area_words", "").endswith("东滩"))
        assert spoken["fields"]["area"] == "152921105"


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        dry = taken_in(archive, ROSTER, dry_run=True)
        assert export(archive) == []
        real = taken_in(archive, ROSTER, today=TODAY)
        assert counts(dry) == counts(real)
        assert (dry.created, dry.changed) == (real.created, real.changed)
