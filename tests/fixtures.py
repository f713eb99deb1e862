"""Fixtures of several rooms: an archive, and a clock that goes its own way. Each room's conftest takes what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shequ_desktop.storage.archive import Archive
from tests.made import Clock, make_archive


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    """A new archive, opened for its first user."""
    made = make_archive(tmp_path / "archive", clock=clock)
    yield made
    made.close()
