"""Commands run as a person runs them, in this process; and a copy of an archive with cheap keys to run them on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shequ_desktop.cli.main import status_of
from shequ_desktop.storage.archive import Archive
from tests.fixtures import archive, clock, empty_archive
from tests.made import PASSPHRASE

__all__ = ["archive", "clock", "data", "empty_archive", "shequ"]


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def one_line(self) -> str:
        """The line on stderr of a command that failed: exactly one, and nothing of the inside of the program."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self
        assert "Traceback" not in self.err
        return lines[0]


@pytest.fixture
def data(archive: Archive) -> Path:
    """Folder of a new archive that nobody has open."""
    archive.close()
    return archive.folder


@pytest.fixture
def shequ(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Runs one command on the archive, in Chinese; `data=` names another folder."""
    monkeypatch.setenv("SHEQU_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "SHEQU_NEW_PASSPHRASE", "SHEQU_RECOVERY", "SHEQU_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*arguments: object, folder: Path = data) -> Answer:
        capsys.readouterr()
        status = status_of(["--data", str(folder), *map(str, arguments)])
        told = capsys.readouterr()
        return Answer(status, told.out, told.err)

    return run
