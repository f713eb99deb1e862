"""Commands used wrongly or against the archive: nothing is overwritten, nothing half made stays, one line says why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shequ_desktop.cli.main import status_of
from shequ_desktop.services import unlocking
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import DATABASE, Archive
from tests.commands.conftest import Answer
from tests.made import COST, PASSPHRASE

Shequ = Callable[..., Answer]
ROOT = Path(__file__).resolve().parents[2]
ROSTER = "户号,姓名,性别\n1,其木格,女\n2,王和平,男\n"


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    make = unlocking.make
    monkeypatch.setattr(unlocking, "make", lambda *a, **named: make(*a, **{**named, "cost": COST}))


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "名单.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "command",
    [("add", "nokind", "x=1"), ("add", "household", "nofield=1"), ("import-roster", "none.xlsx"), ("add", "resident", "sex=1"),
     ("enroll", "--server", "http://127.0.0.1:1", "--code", "wrong"), ("enroll", "--server", "x", "--code", "y")],
)  # fmt: skip
@pytest.mark.parametrize("there_before", [False, True])
def test_a_command_that_fails_leaves_no_new_archive_and_shows_no_code(
    shequ: Shequ, tmp_path: Path, command: tuple[str, ...], there_before: bool
) -> None:
    folder = tmp_path / "new"
    if there_before:
        folder.mkdir()
    answer = shequ(*command, folder=folder)
    assert (answer.status, answer.out) == (1, "")
    assert "恢复码" not in answer.one_line
    assert folder.exists() is there_before
    assert not there_before or not list(folder.iterdir())


def test_an_archive_that_somebody_saved_in_meanwhile_is_not_taken_away(
    shequ: Shequ, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unmake = unlocking.unmake

    def after_another_save(archive: Archive, *, folder_too: bool) -> bool:
        with archive.write() as work:
            work.create("household", {"number": "17"})
        return unmake(archive, folder_too=folder_too)

    monkeypatch.setattr(unlocking, "unmake", after_another_save)
    answer = shequ("add", "nokind", folder=tmp_path / "new")
    assert answer.status == 1
    assert "恢复码" in answer.err
    assert "17" in shequ("find", "17", folder=tmp_path / "new").out


def test_the_first_user_is_the_one_named_before_the_command_and_the_added_one_comes_second(
    shequ: Shequ, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shequ("--user", "陈静", "users", "add", "王医生", folder=tmp_path / "new").status == 1, "no passphrase for the second"
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv("SHEQU_NEW_PASSPHRASE", "一条河往北流过去")
    added = shequ("--user", "陈静", "users", "add", "王医生", folder=tmp_path / "new")
    assert (added.status, "恢复码" in added.err) == (0, True)
    told = shequ("--user", "陈静", "--json", "users", folder=tmp_path / "new").json
    assert [one["user"] for one in told] == ["王医生", "陈静"]


def test_the_report_never_overwrites_the_list_that_is_read(shequ: Shequ, roster: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接.csv"
    link.symlink_to(roster)
    for report in (roster, link, tmp_path / "x" / ".." / "名单.csv"):
        assert shequ("import-roster", roster, "--report", report).status == 1
    assert roster.read_text(encoding="utf-8") == ROSTER
    assert shequ("export", "--format", "jsonl", tmp_path / "e").status == 0
    assert (tmp_path / "e").read_bytes() == b""


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}-wal", keyring.FILE, "KEYS.JSON", "outbox/x", "aside/x"])
def test_no_file_of_the_archive_is_ever_written_over(shequ: Shequ, data: Path, roster: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in data.iterdir() if path.is_file()}
    target = data / name
    for command in (
        ("export", "--format", "jsonl", target),
        ("export", "--format", "xlsx", target),
        ("backup", target),
        ("print", "home-visit", "--all", "--out", target),
        ("import-roster", roster, "--report", target),
    ):
        answer = shequ(*command)
        assert answer.status == 1, command
        assert answer.one_line
    assert {path: path.read_bytes() for path in before} == before
    assert shequ("users").status == 0


def test_a_device_is_never_replaced_by_a_file(shequ: Shequ, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for command in (
        ("export", "--format", "jsonl", pipe),
        ("backup", pipe),
        ("print", "home-visit", "--blank", "--out", pipe),
        ("print", "home-visit", "--all", "--out", pipe),
    ):
        assert shequ(*command).status == 1
    assert pipe.is_fifo()


@pytest.mark.parametrize("flags", [(), ("--all", "--due"), ("--all", "--id", "x"), ("--due", "--blank"), ("--sample", "--blank")])
def test_a_form_is_printed_for_one_choice_only(shequ: Shequ, tmp_path: Path, flags: tuple[str, ...]) -> None:
    answer = shequ("print", "home-visit", *flags, "--out", tmp_path / "a.pdf")
    assert (answer.status, answer.out) == (2, "")
    assert answer.one_line
    assert not (tmp_path / "a.pdf").exists()


def test_a_passphrase_file_of_an_editor_with_a_byte_order_mark_opens(shequ: Shequ, tmp_path: Path) -> None:
    (tmp_path / "p").write_text(PASSPHRASE + "\r\n", encoding="utf-8-sig")
    assert shequ("--passphrase-file", tmp_path / "p", "users").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "没有写命令"), (("frob",), "没有 frob 这个命令"), (("add",), "少了 KIND"), (("schema", "x"), "多写了 x"),
     (("find", "x", "--json"), "没有 --json 这个选项"), (("due", "--on", "2026-02-30"), "--on 的值不对"), (("--data",), "--data"),
     (("export", "--format", "pdf", "x"), "jsonl / xlsx"),
     (("set", "household", "a", "b", "c", "--seen", "-1"), "--seen 的值不对"),
     (("decide", "x", "--take", "y"), "整数"), (("add", "household", "number=1", "number=2"), "number 写了两次")],
)  # fmt: skip
def test_wrong_use_is_two_and_one_line_in_the_users_language(
    shequ: Shequ, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert status_of(list(arguments)) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert words in told.err
    for english in ("Missing", "Invalid", "No such", "Got "):
        assert english not in told.err


def test_nobody_at_the_keyboard_is_one_line_and_not_an_unforeseen_error(data: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SHEQU_PASSPHRASE"} | {"LANG": "zh_CN.UTF-8"}
    command = [sys.executable, "-m", "shequ_desktop", "--data", str(data), "users"]
    closed = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *command], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert (closed.returncode, len(closed.stderr.decode().splitlines())) == (1, 1)
    assert "SHEQU_PASSPHRASE" in closed.stderr.decode()


def test_a_command_that_is_stopped_is_one_line_and_leaves_no_new_archive(
    shequ: Shequ, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shequ_desktop.services.rosters.import_roster", stopped)
    answer = shequ("import-roster", roster, folder=tmp_path / "new")
    assert (answer.status, answer.out) == (1, "")
    assert "已停下" in answer.one_line
    assert not (tmp_path / "new").exists()


def test_a_reader_that_stops_early_is_told_in_one_line(data: Path) -> None:
    command = [sys.executable, "-m", "shequ_desktop", "schema"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read().decode()
    assert (process.wait(), len(told.splitlines())) == (1, 1), told
