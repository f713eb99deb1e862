"""What the window is given by whoever starts it: clocks, and the ways to make and open an archive. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from shequ_desktop.domain.problems import Problem

if TYPE_CHECKING:  # an archive's code is loaded when somebody opens one
    from shequ_desktop.services.opened import OpenArchive


class Unlock(Protocol):
    def __call__(self, folder: Path, *, user: str, passphrase: str) -> OpenArchive | Problem: ...


class Make(Protocol):
    def __call__(self, folder: Path, *, user: str, passphrase: str) -> tuple[OpenArchive, str] | Problem: ...


class Recover(Protocol):
    def __call__(self, folder: Path, *, user: str, code: str, passphrase: str) -> OpenArchive | Problem: ...


@dataclass(frozen=True, slots=True)
class Outside:
    """`unforeseen` logs an error and answers its sentence in a language. `make_practice` is None where there is none."""

    today: Callable[[], date]
    now: Callable[[], datetime]
    unlock: Unlock
    make: Make
    recover: Recover
    unforeseen: Callable[[Exception, str], str]
    version: str
    make_practice: Make | None = None
