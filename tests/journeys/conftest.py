"""A whole day in the window: the fixtures of its pages, a league behind real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.line import served
from tests.exchange.place import Place
from tests.fixtures import clock
from tests.made import NOW_MS
from tests.ui.conftest import face, one_face, outside, qapp_args, unforeseen

__all__ = ["clock", "face", "one_face", "outside", "qapp_args", "unforeseen"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "league", f"sqlite:///{tmp_path}/league.db")
    made.hands.now_ms = NOW_MS
    yield made
    made.close()


@pytest.fixture
def address(place: Place) -> Iterator[str]:
    with served(place) as port:
        yield f"http://127.0.0.1:{port}"
