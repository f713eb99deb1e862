"""The report of an import and the workbook of an export: they open, hold texts only, and come in again."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import openpyxl

from shequ_desktop.domain.identity import check_digit
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import exporting, rosters
from tests.services.roster_trials import DATA, ROSTER, TODAY, counts, export, new_archive, of_kind, one, taken_in


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True)]


def test_the_report_holds_heading_rows_row_numbers_and_reasons(tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    with new_archive(tmp_path) as archive:
        result = taken_in(archive, ROSTER, report=report)
    rows = cells(report)
    original = cells(ROSTER)
    assert [row[:12] for row in rows[:4]] == [row[:12] for row in original[:4]]
    assert rows[3][-2:] == ["原表行号", "原因"]
    assert len(rows) == 4 + result.asked + result.refused
    number = next(row for row in rows[4:] if row[-2] == "279")
    assert (number[1], number[2], number[3], number[6]) == ("1525230083", "奇喆", "奇喆", "1.525231954020468e+17")
    assert "后几位" in number[-1]
    assert all(cell is None or isinstance(cell, str) for row in rows[4:] for cell in row)


def test_the_report_comes_in_again_and_changes_nothing_until_it_is_corrected(tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    with new_archive(tmp_path) as archive:
        taken_in(archive, ROSTER, report=report)
        before = export(archive)
        assert counts(taken_in(archive, report)) == (50, 0, 49, 0, 1)
        assert export(archive) == before
        book = openpyxl.load_workbook(report)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_row=5):
            if row[-2].value == "92":
                row[6].value = f"15252719921103555{check_digit('15252719921103555')}"
        book.save(report)
        assert (one(archive, "resident", name="张英", told_birth_date="1992-11-03")["fields"]).get("id_number") is None
        result = taken_in(archive, report)
        assert (result.created, result.changed) == ({}, {"resident": 1, "question": 1})
        one(archive, "resident", id_number=f"15252719921103555{check_digit('15252719921103555')}")


def test_a_report_that_cannot_be_written_leaves_archive_and_old_file_as_they_are(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        folder = tmp_path / "folder"
        folder.mkdir()
        problem = rosters.import_roster(archive, ROSTER, author="萨仁", today=TODAY, report=folder)
        assert isinstance(problem, Problem)
        assert problem.key == "target_is_folder"
        problem = rosters.import_roster(archive, ROSTER, author="萨仁", today=TODAY, report=tmp_path / "nowhere" / "r.xlsx")
        assert isinstance(problem, Problem)
        assert problem.key == "not_written"
        assert export(archive) == []
        assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "folder"]


def test_texts_that_look_like_formulas_are_texts_in_report_and_export(tmp_path: Path) -> None:
    report, out = tmp_path / "report.xlsx", tmp_path / "out.xlsx"
    with new_archive(tmp_path) as archive:
        taken_in(archive, DATA / "cases/12-formula-text/人口.xlsx", report=report)
        exporting.export(archive, form="xlsx", out=out, language="zh_CN")
    for path in (report, out):
        for sheet in openpyxl.load_workbook(path).worksheets:
            assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s"}
    assert any("=1+1" in row for row in cells(report))
    assert any("@村医家隔壁" in row for row in cells(out))


def test_an_export_that_comes_in_again_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    with new_archive(tmp_path) as archive:
        for name in ("12-formula-text/人口.xlsx", "13-lunar/老人.csv", "07-id-kinds/人口.xlsx"):
            taken_in(archive, DATA / "cases" / name)
        taken_in(archive, ROSTER)
        before = export(archive)
        exporting.export(archive, form="xlsx", out=out, language="zh_CN")
        result = taken_in(archive, out)
        assert result.added == 0
        assert result.rows == len(of_kind(archive, "resident"))
        assert export(archive) == before


def test_a_cancelled_import_writes_nothing(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with new_archive(tmp_path) as archive:
        problem = rosters.import_roster(
            archive,
            ROSTER,
            author="萨仁",
            today=TODAY,
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) > 3,
        )
        assert problem == Problem("import_cancelled")
        assert export(archive) == []
        assert seen[:3] == [(0, 1034), (500, 1034), (1000, 1034)]


def test_somebody_who_saves_while_the_list_is_planned_is_not_overwritten(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        taken_in(archive, DATA / "cases/14-left-behind-existing/1-居民.xlsx")
        resident = one(archive, "resident", name="赵春生")["id"]
        before = of_kind(archive, "care_record")
        assert before == []

        saved: list[str] = []

        def save_meanwhile(_done: int, _total: int) -> None:
            if not saved:
                with archive.write() as work:
                    saved.append(work.create("care_record", {"resident": resident, "care_kind": "elder"}))

        taken_in(archive, DATA / "cases/14-left-behind-existing/2-留守人员.csv", progress=save_meanwhile)
        assert [r["id"] for r in of_kind(archive, "care_record") if r["fields"]["resident"] == resident] == saved


def test_the_report_is_readable_by_its_owner_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "reports" / "r.xlsx"
    report.parent.mkdir()
    with new_archive(tmp_path) as archive:
        taken_in(archive, ROSTER, report=report)
        taken_in(archive, ROSTER, report=report)
    assert os.listdir(report.parent) == ["r.xlsx"]
    assert report.stat().st_mode & stat.S_IRUSR
