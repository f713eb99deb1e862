"""Fixtures of several rooms: an archive, and a clock that goes its own way. Each room's conftest takes what it needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shequ_desktop.storage.archive import Archive
from tests.made import Clock, make_archive, reopen


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a new archive, made once: tests take a copy, because migrations cost more than most of them."""
    folder = tmp_path_factory.mktemp("empty") / "archive"
    make_archive(folder).close()
    return folder


@pytest.fixture
def archive(empty_archive: Path, tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    """A new archive, opened for its first user."""
    shutil.copytree(empty_archive, tmp_path / "archive")
    opened = reopen(tmp_path / "archive", clock=clock)
    yield opened
    opened.close()
