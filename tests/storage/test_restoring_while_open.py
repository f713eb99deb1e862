"""A backup is not put in the place of an archive that another program has open: what that one saves would go unseen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import keeping
from shequ_desktop.storage import engine, in_use
from shequ_desktop.storage.archive import DATABASE, Archive
from tests.made import PASSPHRASE, Clock, reopen, save

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from tests.made import reopen, save
archive = reopen(Path(sys.argv[1]))
with archive.read() as reader:
    reader.count("household")
print("open", flush=True)
sys.stdin.readline()
save(archive, "household", number="saved meanwhile")
archive.close()
"""


@pytest.fixture
def kept(archive: Archive, tmp_path: Path) -> Path:
    save(archive, "household", number="17")
    assert keeping.back_up(archive, out=tmp_path / "b") is None
    archive.close()
    return tmp_path / "b"


@pytest.fixture
def holder(archive: Archive, kept: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(archive.folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    if process.poll() is None:
        process.communicate("\n", timeout=30)


def restored(kept: Path, folder: Path, user: str) -> Archive | Problem:
    return keeping.restore(kept, folder, user=user, passphrase=PASSPHRASE, clock=Clock())


def test_while_another_program_has_it_open_nothing_is_restored_and_its_saves_stay(
    archive: Archive, kept: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_S", 0.5)
    assert in_use.is_open_elsewhere(archive.folder / DATABASE)
    refused = restored(kept, archive.folder, archive.user)
    assert isinstance(refused, Problem)
    assert refused.key == "archive_open_elsewhere"
    holder.communicate("\n", timeout=30)
    assert holder.returncode == 0
    opened = reopen(archive.folder)
    with opened.read() as reader:
        assert {record.fields["number"] for record in reader.all("household")} == {"17", "saved meanwhile"}
    opened.close()


def test_it_waits_for_a_command_that_ends_and_then_restores(archive: Archive, kept: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    back = restored(kept, archive.folder, archive.user)
    assert isinstance(back, Archive), back
    assert holder.wait(timeout=30) == 0
    with back.read() as reader:
        assert [record.fields["number"] for record in reader.all("household")] == ["17"]
    back.close()


def test_a_file_that_is_not_there_or_open_nowhere_is_left_alone(archive: Archive, kept: Path, tmp_path: Path) -> None:
    assert in_use.is_left_alone(archive.folder / DATABASE, within_s=0)
    assert in_use.is_left_alone(tmp_path / "nowhere", within_s=0)
