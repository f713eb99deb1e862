"""A list that comes again: the cell now, what it said last time, what the archive holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shequ_desktop.rosters.people import read_lists
from shequ_desktop.rosters.sheets import FileProblem
from shequ_desktop.services import rosters
from shequ_desktop.services.roster_plan import plan_import
from shequ_desktop.storage.archive import Archive
from tests.services.roster_trials import (
    DAY_MS,
    HEADING,
    TODAY,
    Clock,
    counts,
    differences,
    export,
    new_archive,
    of_kind,
    one,
    reasons,
    taken_in,
    written,
)

HEAD = ("8801", "赵春生", "男", "152523194109030110", "户主", "1941-09-03", "13904790100", "一队1号", "小学", "独居")
WIFE = ("8801", "钱玉珍", "女", "152523194402290229", "配偶", "1944-02-29", "", "", "文盲", "")
SON = ("8801", "孙小虎", "男", "152523201512310318", "孙子", "2015-12-31", "", "", "小学", "")
BAD_NUMBER = ("8802", "巴特尔", "男", "152523195807010411", "户主", "1958-07-01", "13904790103", "一队4号", "初中", "")
FIRST = (HEAD, WIFE, SON, BAD_NUMBER)


def changed(row: Sequence[Any], **cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(name, value) for name, value in zip(HEADING, row, strict=True))


def edit(archive: Archive, kind: str, record: str, **fields: Any) -> None:
    with archive.write() as work:
        work.edit(kind, record, fields)


def test_two_corrected_cells_make_exactly_two_changes(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        before = export(archive)
        corrected = (changed(HEAD, 现住址="一队11号"), changed(WIFE, 文化程度="小学"), SON, BAD_NUMBER)
        result = taken_in(archive, written(tmp_path / "corrected.xlsx", corrected))
        assert counts(result) == (4, 0, 4, 0, 0)
        assert (result.created, result.changed) == ({}, {"household": 1, "resident": 1})
        assert differences(before, export(archive)) == ({}, {"household": 1, "resident": 1})
        one(archive, "household", address="一队11号")
        back = taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        assert back.changed == {"household": 1, "resident": 1}
        assert export(archive) == before


def test_a_corrected_telephone_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        result = taken_in(archive, written(tmp_path / "2.xlsx", (changed(HEAD, 电话="13904790199"), *FIRST[1:])))
        assert (result.created, result.changed) == ({}, {"phone": 1})
        assert {record["fields"]["number"] for record in of_kind(archive, "phone")} == {"13904790199", "13904790103"}


def test_a_corrected_number_fills_the_resident_and_answers_the_question(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        first = taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        assert reasons(first) == {"id_check_digit": 1}
        right = changed(BAD_NUMBER, 身份证号="152523195807010410")
        result = taken_in(archive, written(tmp_path / "2.xlsx", (*FIRST[:3], right)))
        assert counts(result) == (4, 0, 4, 0, 0)
        assert result.changed == {"resident": 1, "question": 1}
        assert one(archive, "resident", name="巴特尔")["fields"]["id_number"] == "152523195807010410"
        assert one(archive, "question", field="id_number")["fields"]["answer"] == "corrected"


def test_what_a_person_edited_since_stands_and_nobody_is_asked_again(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        path = written(tmp_path / "1.xlsx", FIRST)
        taken_in(archive, path)
        edit(archive, "household", one(archive, "household", number="8801")["id"], address="人改过的地址")
        edit(archive, "resident", one(archive, "resident", name="赵春生")["id"], remark="人写的备注")
        before = export(archive)
        assert counts(taken_in(archive, path)) == (4, 0, 4, 0, 0)
        assert export(archive) == before


def test_a_cell_that_changed_where_a_person_changed_too_is_asked(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        head = one(archive, "resident", name="赵春生")["id"]
        edit(archive, "resident", head, remark="人写的备注")
        result = taken_in(archive, written(tmp_path / "2.xlsx", (changed(HEAD, 备注="住院"), *FIRST[1:])))
        assert (counts(result), reasons(result)) == ((4, 0, 3, 1, 0), {"differs_from_archive": 1})
        assert result.created == {"question": 1}
        assert one(archive, "resident", name="赵春生")["fields"]["remark"] == "人写的备注"
        assert one(archive, "question", about=head)["fields"]["paper_value"] == "住院"


def test_another_list_fills_what_is_empty_and_asks_where_it_differs(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", (changed(HEAD, 备注=""), *FIRST[1:])))
        other = (("赵春生", "152523194109030110", "初中", "独居"),)
        result = taken_in(archive, written(tmp_path / "2.xlsx", other, ("姓名", "身份证号", "文化程度", "备注")))
        assert reasons(result) == {"differs_from_archive": 1}
        fields = one(archive, "resident", name="赵春生")["fields"]
        assert (fields["education"], fields["remark"]) == ("80", "独居")


def test_an_emptied_cell_takes_away_what_it_had_brought(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        result = taken_in(archive, written(tmp_path / "2.xlsx", (changed(HEAD, 备注="", 电话=""), *FIRST[1:])))
        assert result.changed == {"resident": 1}
        assert "remark" not in one(archive, "resident", name="赵春生")["fields"]
        assert len(of_kind(archive, "phone")) == 2


def test_a_row_put_in_between_moves_no_one(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        newborn = ("8801", "赵小宝", "女", "", "孙女", "2026-10-01", "", "", "", "")
        result = taken_in(archive, written(tmp_path / "2.xlsx", (HEAD, WIFE, newborn, SON, BAD_NUMBER)))
        assert counts(result) == (5, 1, 4, 0, 0)
        assert (result.created, result.changed) == ({"resident": 1, "membership": 1}, {})


def test_a_retracted_person_is_not_registered_again(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        path = written(tmp_path / "1.xlsx", FIRST)
        taken_in(archive, path)
        with archive.write() as work:
            work.retract("resident", one(archive, "resident", name="孙小虎")["id"])
        before = export(archive)
        assert counts(taken_in(archive, path)) == (4, 0, 4, 0, 0)
        assert export(archive) == before
        result = taken_in(archive, written(tmp_path / "2.xlsx", (HEAD, WIFE, changed(SON, 备注="转学"), BAD_NUMBER)))
        assert reasons(result) == {"retracted_since": 1}
        assert len(of_kind(archive, "resident")) == 3


def test_a_list_of_an_earlier_day_asks_where_the_archive_knows_something_later(tmp_path: Path) -> None:
    clock = Clock()
    with new_archive(tmp_path, clock) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST), as_of=date(2026, 3, 1))
        head = one(archive, "resident", name="赵春生")["id"]
        edit(archive, "resident", head, remark="改了")
        clock.now_ms += DAY_MS
        edit(archive, "resident", head, remark="独居")
        result = taken_in(archive, written(tmp_path / "2.xlsx", (changed(HEAD, 备注="住院"), *FIRST[1:])), as_of=date(2026, 4, 1))
        assert reasons(result) == {"later_known": 1}
        assert one(archive, "resident", name="赵春生")["fields"]["remark"] == "独居"


def test_march_s_list_after_may_s_changes_nothing_back(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "may.xlsx", FIRST), as_of=date(2026, 5, 1))
        march = written(tmp_path / "march.xlsx", (changed(HEAD, 备注="与老伴同住"), *FIRST[1:]))
        result = taken_in(archive, march, as_of=date(2026, 3, 1))
        assert reasons(result) == {"later_known": 1}
        assert one(archive, "resident", name="赵春生")["fields"]["remark"] == "独居"


def test_an_old_list_opens_no_care_record_that_was_closed_since_nor_for_the_dead(tmp_path: Path) -> None:
    listed = (("赵春生", "152523194109030110", "留守老人"), ("孙小虎", "152523201512310318", "留守儿童"))
    care_list = written(tmp_path / "care.xlsx", listed, ("姓名", "身份证号", "人员类别"))
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        child = one(archive, "resident", name="孙小虎")["id"]
        with archive.write() as work:
            work.create("care_record", {"resident": child, "care_kind": "child", "closed_on": "2026-09-01"})
        edit(
            archive, "resident", one(archive, "resident", name="赵春生")["id"], residence_state="50", residence_since="2026-06-01"
        )
        result = taken_in(archive, care_list, as_of=date(2026, 3, 1))
        assert reasons(result) == {"later_known": 2}
        assert len(of_kind(archive, "care_record")) == 1


def test_who_lives_in_another_household_is_asked_and_not_moved(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        before = of_kind(archive, "membership")
        moved = (("8803", "孙小虎", "152523201512310318", "子", "二队7号"),)
        result = taken_in(archive, written(tmp_path / "2.xlsx", moved, ("户号", "姓名", "身份证号", "与户主关系", "住址")))
        assert reasons(result) == {"lives_elsewhere": 1}
        assert of_kind(archive, "membership") == before
        assert len(of_kind(archive, "household")) == 2


def test_a_household_number_of_another_village_is_another_household(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", (changed(HEAD, 户号="1"),)))
        other = (("1", "刘桂兰", "女", "152523199001010428", "户主", "", "", "别村9号", "", ""),)
        taken_in(archive, written(tmp_path / "2.xlsx", other, title="别村花名册"))
        assert len(of_kind(archive, "household")) == 2


def test_a_person_without_number_is_known_again_in_the_same_household_by_another_list(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", (HEAD, changed(WIFE, 身份证号=""))))
        head = "152523194109030110"
        listed = (("赵春生", head, head, "户主"), ("钱玉珍", "152523194402290229", head, "配偶"))
        result = taken_in(archive, written(tmp_path / "2.xlsx", listed, ("姓名", "身份证号", "户主身份证号", "与户主关系")))
        assert counts(result) == (2, 0, 2, 0, 0)
        assert one(archive, "resident", name="钱玉珍")["fields"]["id_number"] == "152523194402290229"


def test_a_number_without_a_name_is_the_resident_who_has_it_else_nobody(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, written(tmp_path / "1.xlsx", FIRST))
        rows = (("", "152523194109030110", "初中"), ("", "152523199001010428", "初中"))
        result = taken_in(archive, written(tmp_path / "2.xlsx", rows, ("姓名", "身份证号", "文化程度")))
        assert counts(result) == (2, 0, 0, 1, 1)
        assert reasons(result) == {"differs_from_archive": 1, "no_name": 1}
        with archive.read() as reader:
            lists = read_lists(tmp_path / "2.xlsx", today=TODAY)
            assert not isinstance(lists, FileProblem)
            wish = rosters.wish_of(
                archive, area="", as_of=None, today=TODAY, progress=lambda _done, _total: None, cancelled=lambda: False
            )
            assert plan_import(lists, reader, wish).became == ("matched", "refused")


def test_a_number_that_two_residents_have_goes_to_the_older_and_stays_with_it(tmp_path: Path) -> None:
    listed = written(tmp_path / "1.xlsx", (("赵春生", "152523194109030110", "独居"),), ("姓名", "身份证号", "备注"))
    with new_archive(tmp_path) as archive:
        with archive.write() as work:
            older, newer = (work.create("resident", {"name": "赵春生", "id_number": HEAD[3]}) for _ in range(2))
        taken_in(archive, listed)
        assert [record["id"] for record in of_kind(archive, "resident") if record["fields"].get("remark")] == [older]
        with archive.write() as work:
            work.retract("resident", older)
        before = export(archive)
        taken_in(archive, listed)
        assert export(archive) == before
        assert newer in before[0]
