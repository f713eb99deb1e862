"""Backups that swell up, that lie about what they hold, and clocks before 1980."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import keeping
from shequ_desktop.storage import backup, backup_contents
from shequ_desktop.storage.archive import Archive
from tests.made import PASSPHRASE, Clock, save

NAMES = ("manifest.json", "keys.json", "archive.db")


@pytest.mark.parametrize("swollen", NAMES)
def test_a_backup_that_swells_up_is_refused_before_anything_is_read(tmp_path: Path, swollen: str) -> None:
    bomb = tmp_path / "bomb"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in NAMES:
            with pack.open(name, "w") as file:
                file.write(b'{"version": 1, "people": {"a": 1}}')
                for _ in range(64 if name == swollen else 0):
                    file.write(bytes(1 << 20))
    assert bomb.stat().st_size < 100_000
    assert backup_contents.people(bomb) == []
    assert keeping.only_user(bomb) == ""
    told = keeping.restore(bomb, tmp_path / "a", user="a", passphrase=PASSPHRASE, clock=Clock())
    assert isinstance(told, Problem)
    assert told.key == "backup_not_readable"
    assert not (tmp_path / "a").exists(), "nothing is made where nothing was restored"


def test_a_small_file_of_a_backup_that_is_not_small_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with zipfile.ZipFile(large, "w") as pack:
        for name in NAMES:
            pack.writestr(name, bytes((1 << 20) + 1) if name == "keys.json" else b"{}")
    assert backup_contents.people(large) == []


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_backup_is_made_whatever_the_clock_says(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    save(archive, "household", number="17")
    then = time.struct_time((year, 1, 2, 0, 0, 0, 0, 1, 0))
    monkeypatch.setattr(time, "localtime", lambda *_: then)
    assert keeping.back_up(archive, out=tmp_path / "b") is None
    monkeypatch.undo()
    restored = backup.restore(tmp_path / "b", tmp_path / "other", user=archive.user, secret=PASSPHRASE, clock=Clock())
    assert isinstance(restored, Archive)
    with restored.read() as reader:
        assert reader.count("household") == 1
    restored.close()
