"""`shequ-desktop demo`: where things lie afterwards, what it says, and its exit status."""

from __future__ import annotations

import json
import logging
import tempfile
from pathlib import Path

import pytest

from shequ_desktop import app
from shequ_desktop.cli import demo_command
from shequ_desktop.cli.main import status_of
from shequ_desktop.demo.day import FORMS, REPORT, ROSTER, Day


@pytest.fixture(autouse=True)
def few_people_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(demo_command, "HOUSEHOLDS", 18)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return tmp_path


def leaves_files(day: Day) -> None:
    """A day that leaves what the true one leaves: something to read, and an archive."""
    (day.places.work / "laptop-a").mkdir()
    (day.places.work / "laptop-a" / "archive.db").write_bytes(b"archive")
    for file in (day.places.roster, day.places.forms, day.places.report):
        file.write_bytes(b"to be read")


def test_without_keep_what_is_to_be_read_stays_here_and_the_archives_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_command, "walk", leaves_files)
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert status_of(["demo"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    for name in (FORMS, REPORT, ROSTER):
        assert (tmp_path / "demo" / name).stat().st_size > 0
        assert str(tmp_path / "demo" / name) in said.out
    assert list(tmp_path.rglob("archive.db")) == []


def test_with_keep_the_archives_open_with_the_passphrase_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status_of(["--json", "demo", "--keep", "kept"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told["forms"]) == tmp_path / "kept" / FORMS
    monkeypatch.setenv("SHEQU_PASSPHRASE", told["passphrase"])
    exports = []
    for n, folder in enumerate(told["archives"]):
        assert status_of(["--data", folder, "export", "--format", "jsonl", f"{n}.jsonl"]) == 0
        exports.append((tmp_path / f"{n}.jsonl").read_bytes())
    assert exports[0] == exports[1]
    assert exports[0].count(b"\n") == told["exports"][0]["records"]


def test_where_the_current_folder_is_not_writable_they_stay_in_a_folder_for_temporary_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_command, "walk", leaves_files)
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "demo").write_text("a file where the folder would be", encoding="utf-8")
    assert status_of(["--json", "demo"]) == 0
    forms = Path(json.loads(capsys.readouterr().out)["forms"])
    assert forms.read_bytes() == b"to be read"
    assert forms.parent.parent == tmp_path


def test_a_day_that_did_not_hold_is_said_in_one_line_with_status_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_command, "walk", lambda day: day.not_so("demo_exports_differ"))
    assert status_of(["demo"]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "不一样" in said.err


def test_an_error_that_nobody_foresaw_is_one_line_and_its_place_stands_in_a_log_that_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(day: Day) -> None:
        raise LookupError(day.language)

    monkeypatch.setattr(demo_command, "walk", breaks)
    monkeypatch.setattr(logging.getLogger(app.NAME), "handlers", [])
    assert status_of(["demo"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    for handler in logging.getLogger(app.NAME).handlers:
        handler.close()
    assert "LookupError" in (tmp_path / "demo" / app.LOG_FILE).read_text(encoding="utf-8")


def test_a_folder_that_holds_a_practice_archive_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept" / "laptop-a").mkdir(parents=True)
    assert status_of(["demo", "--keep", "kept"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "kept" in said
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["laptop-a"]


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert status_of(["demo", "--keep", "file/kept"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
