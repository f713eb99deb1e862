"""The commands on the archive as a whole: who opens it, backups, the check; each failure one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shequ_desktop.services import unlocking
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import DATABASE
from tests.commands.conftest import Answer
from tests.made import COST, PASSPHRASE, contents, raw_contents, reopen, save
from tests.storage.test_replaying import behind_the_back

Shequ = Callable[..., Answer]
ROOT = Path(__file__).resolve().parents[2]
OTHER = "一条河往北流过去"
CODE = re.compile(r"[2-9A-Z]{5}(?:-[2-9A-Z]{5}){5}")


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives that a command makes cost what tests can pay."""
    make = unlocking.make
    monkeypatch.setattr(unlocking, "make", lambda *a, **named: make(*a, **{**named, "cost": COST}))


@pytest.mark.parametrize(
    "command",
    [("find", "x"), ("get", "household", "x"), ("export", "--format", "jsonl", "out"), ("backup", "out"), ("doctor",), ("users",),
     ("due",), ("print", "home-visit", "--all", "--out", "out"), ("users", "recovery"),
     ("users", "unlock-by-recovery"), ("status",),
     ("set", "household", "x", "number", "1"), ("conflicts",)],
)  # fmt: skip
def test_without_an_archive_a_command_makes_none(shequ: Shequ, tmp_path: Path, command: tuple[str, ...]) -> None:
    answer = shequ(*command, folder=tmp_path / "nowhere")
    assert answer.status == 1
    assert answer.one_line
    assert not (tmp_path / "nowhere").exists()


def test_the_first_record_makes_the_archive_and_shows_the_recovery_code_once_on_stderr(shequ: Shequ, tmp_path: Path) -> None:
    first = shequ("add", "household", "number=17", folder=tmp_path / "new")
    assert first.status == 0
    assert len(CODE.findall(first.err)) == 1
    assert not CODE.search(first.out)
    again = shequ("add", "household", "number=18", folder=tmp_path / "new")
    assert (again.status, again.err) == (0, "")
    written = b"".join(raw_contents(tmp_path / "new").values())
    assert CODE.findall(first.err)[0].encode() not in written


def test_a_wrong_passphrase_and_a_file_of_it_that_cannot_be_read_are_one_line(
    shequ: Shequ, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "p").write_text("not the one\n", encoding="utf-8")
    assert shequ("--passphrase-file", tmp_path / "p", "users").status == 1
    assert shequ("--passphrase-file", tmp_path / "none", "users").one_line
    (tmp_path / "p").write_bytes(b"\xff\xfe\x00")
    assert shequ("--passphrase-file", tmp_path / "p", "users").one_line
    (tmp_path / "p").write_text(PASSPHRASE + "\r\n", encoding="utf-8")
    assert shequ("--passphrase-file", tmp_path / "p", "users").status == 0
    monkeypatch.delenv("SHEQU_PASSPHRASE")
    assert shequ("users").one_line


def test_with_several_people_the_person_must_be_named(shequ: Shequ, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEQU_NEW_PASSPHRASE", OTHER)
    assert shequ("users", "add", "王医生").status == 0
    assert shequ("find", "x").status == 2
    assert shequ("find", "x").one_line
    assert shequ("--user", "王医生", "find", "x").status == 1
    monkeypatch.setenv("SHEQU_PASSPHRASE", OTHER)
    assert [one["user"] for one in shequ("--user", "王医生", "--json", "users").json] == ["王医生", "陈静"]
    assert shequ("--user", "王医生", "users", "remove", "陈静").status == 0
    assert shequ("users").out.split() == ["王医生"]
    assert shequ("users", "remove", "王医生").status == 1


def test_passphrase_and_recovery_code_are_changed_and_used(shequ: Shequ, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEQU_NEW_PASSPHRASE", OTHER)
    assert shequ("users", "passphrase").status == 0
    assert shequ("users").status == 1
    monkeypatch.setenv("SHEQU_PASSPHRASE", OTHER)
    renewed = shequ("users", "recovery")
    code = CODE.findall(renewed.err)[0]
    assert (renewed.status, CODE.findall(renewed.out)) == (0, [])
    monkeypatch.setenv("SHEQU_RECOVERY", "23456-" * 5 + "23456")
    assert shequ("users", "unlock-by-recovery").status == 1
    monkeypatch.setenv("SHEQU_RECOVERY", code)
    monkeypatch.setenv("SHEQU_NEW_PASSPHRASE", PASSPHRASE)
    assert shequ("users", "unlock-by-recovery").status == 0
    assert shequ("users").status == 1
    monkeypatch.setenv("SHEQU_PASSPHRASE", PASSPHRASE)
    assert shequ("users").status == 0
    monkeypatch.setenv("SHEQU_NEW_PASSPHRASE", "short")
    assert shequ("users", "passphrase").one_line


def test_a_backup_is_restored_elsewhere_and_over_what_is_there(shequ: Shequ, data: Path, tmp_path: Path) -> None:
    home = shequ("add", "household", "number=17").out.strip()
    assert shequ("--json", "backup", tmp_path / "b").json == {"out": str(tmp_path / "b")}
    shequ("set", "household", home, "number", "18")
    assert shequ("restore", tmp_path / "b", folder=tmp_path / "other").status == 0
    assert shequ("--json", "get", "household", home, folder=tmp_path / "other").json["fields"]["number"] == "17"
    assert shequ("restore", tmp_path / "b").status == 0
    assert shequ("--json", "get", "household", home).json["fields"]["number"] == "17"
    assert len(list((data / "aside").iterdir())) == 1
    assert shequ("doctor").status == 0
    for wrong in (tmp_path / "none", tmp_path, data / keyring.FILE):
        assert shequ("restore", wrong).one_line
    assert shequ("backup", tmp_path).one_line


def test_doctor_says_what_is_wrong_mends_it_and_names_its_log(shequ: Shequ, data: Path) -> None:
    sound = shequ("--json", "doctor")
    assert (sound.status, set(sound.json["checks"].values())) == (0, {"right"})
    assert Path(sound.json["log"]).parent == data
    opened = reopen(data)
    save(opened, "household", number="17")
    behind_the_back(opened, "UPDATE household SET number = '18'")
    opened.close()
    assert shequ("doctor").status == 1
    assert shequ("--json", "doctor", "--repair").json["checks"]["tables"] == "mended"
    assert shequ("doctor").status == 0


@pytest.mark.parametrize("file", [DATABASE, keyring.FILE])
@pytest.mark.parametrize("content", [b"", b"\0" * 9000, b"\x5a\xc3" * 4500])
def test_a_damaged_archive_is_one_line_for_every_command_and_stays_as_it_is(
    shequ: Shequ, data: Path, file: str, content: bytes, tmp_path: Path
) -> None:
    (data / file).write_bytes(content)
    before = contents(data)
    for command in (
        ("add", "household", "number=1"),
        ("find", "x"),
        ("doctor", "--repair"),
        ("backup", tmp_path / "b"),
        ("users",),
    ):
        answer = shequ(*command)
        assert (answer.status, answer.out) == (1, "")
        assert answer.one_line
    assert contents(data) == before
    assert not (tmp_path / "b").exists()


def run(data: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "shequ_desktop", "--data", str(data), *arguments],
        cwd=ROOT,
        env={**os.environ, "SHEQU_PASSPHRASE": PASSPHRASE, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_commands_started_at_once_wait_for_each_other(shequ: Shequ, data: Path) -> None:
    started = [run(data, "add", "household", f"number={number}") for number in range(4)]
    answers = [(process.communicate(timeout=120), process.returncode) for process in started]
    assert [status for _, status in answers] == [0] * 4, answers
    assert {told.strip() for (told, _), _ in answers} == {hit["id"] for n in range(4) for hit in shequ("--json", "find", n).json}


def test_a_real_process_speaks_chinese_whatever_the_locale_and_the_zone(data: Path) -> None:
    made = run(data, "--json", "add", "resident", "name=𰻝其木格", LC_ALL="C", TZ="Pacific/Kiritimati")
    told, errors = made.communicate(timeout=60)
    assert made.returncode == 0, errors
    found, _ = run(data, "find", "qmg", LC_ALL="POSIX", TZ="nonsense", PYTHONIOENCODING="ascii").communicate(timeout=60)
    assert "𰻝其木格" in found
    assert json.loads(told)["kind"] == "resident"


def test_a_real_process_answers_wrong_use_with_two_and_one_line(data: Path) -> None:
    process = run(data, "add")
    told, errors = process.communicate(timeout=60)
    assert (process.returncode, told, len(errors.splitlines())) == (2, "", 1)
