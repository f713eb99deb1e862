"""Set-up does nothing twice, says what it needs in words, and never guesses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A project folder of its own; commands are noted and succeed, the one that makes .venv makes its Python."""
    made: list[tuple[str, ...]] = []

    def note(*command: str | Path, quiet: bool = False) -> int:
        made.append(tuple(str(part) for part in command))
        if "venv" in made[-1]:
            dev.PYTHON.parent.mkdir(parents=True)
            dev.PYTHON.write_text("", encoding="utf-8")
        return 0

    places = {"LOCK": "requirements.lock", "VENV": ".venv", "STAMP": ".venv/stamp", "PYTHON": ".venv/bin/python"}
    for name, file in places.items():
        monkeypatch.setattr(dev, name, tmp_path / file)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "call", note)
    monkeypatch.setattr(dev, "missing_packages", list)
    (tmp_path / "requirements.lock").write_text("a==1", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    return made


def test_set_up_runs_no_command_while_nothing_changed(calls: list[tuple[str, ...]]) -> None:
    assert dev.set_up() == 0
    assert len(calls) == 3
    calls.clear()
    assert dev.set_up() == 0
    assert calls == []


def test_a_changed_lock_is_installed_with_hashes(calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    dev.set_up()
    calls.clear()
    dev.LOCK.write_text("a==2", encoding="utf-8")
    monkeypatch.setattr(dev, "make_environment", lambda: 0)
    assert dev.set_up() == 0
    assert "--require-hashes" in calls[0]


def test_a_failed_installation_is_tried_again_next_time(calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "pip", lambda *arguments: 1)
    assert dev.set_up() == 1
    assert not dev.STAMP.exists()


def test_without_root_or_sudo_one_line_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda: ["libgl1", "libegl1"])
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    assert dev.install_system_packages() != 0
    assert "apt-get install -y --no-install-recommends libgl1 libegl1" in capsys.readouterr().err


def test_a_library_that_the_system_lacks_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda library: library != "libEGL.so.1")
    assert dev.missing_packages() == ["libegl1"]


def test_an_unknown_word_gets_the_list_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "bench NAME" in capsys.readouterr().err


def test_a_python_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert dev.main(["run"]) == 2
    assert "3.11" in capsys.readouterr().err
