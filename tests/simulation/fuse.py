"""Kills a laptop or the league at a named point: before a statement, before or after a commit, between two files.

A kill is an exception that nothing in the program catches; the databases roll back, as they do for a process that died.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa
from sqlalchemy import event

POINTS = (
    "laptop statement",
    "laptop commit",
    "laptop committed",
    "laptop file",
    "league statement",
    "league commit",
    "league committed",
)


class Killed(BaseException):
    """The power went out."""


@dataclass
class Fuse:
    """Armed with a point and how often that is passed before it kills. Kills once."""

    point: str = ""
    passes: int = 0
    blown: list[str] = field(default_factory=list)

    def arm(self, point: str, passes: int) -> None:
        self.point, self.passes = point, passes

    def disarm(self) -> None:
        self.point = ""

    def at(self, point: str) -> None:
        if point != self.point:
            return
        if self.passes:
            self.passes -= 1
            return
        self.disarm()
        self.blown.append(point)
        raise Killed(point)


@dataclass
class Side:
    """What all engines of one side share in a process: a dialect with its compiled statements, and the fuse of the world."""

    dialect: Any
    statements: Any
    fuse: Fuse


@functools.cache
def _sides() -> dict[str, Side]:
    return {}


def watch(engine: sa.Engine, fuse: Fuse, side: str) -> None:
    """Pass the fuse at every statement and commit of this engine. One world runs at a time."""
    if side not in _sides():
        engine.connect().close()  # the dialect learns what it talks to
        _sides()[side] = Side(engine.dialect, engine._compiled_cache, fuse)
        _watch_commits(engine.dialect, _sides()[side], side)
    shared = _sides()[side]
    shared.fuse = fuse
    engine.dialect, engine.pool._dialect, engine._compiled_cache = shared.dialect, shared.dialect, shared.statements

    @event.listens_for(engine, "before_cursor_execute")
    def _statement(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: Any) -> None:
        if not statement.startswith("BEGIN"):
            fuse.at(f"{side} statement")


def _watch_commits(dialect: Any, shared: Side, side: str) -> None:
    commit = dialect.do_commit

    def do_commit(connection: Any) -> None:
        shared.fuse.at(f"{side} commit")
        commit(connection)
        shared.fuse.at(f"{side} committed")

    dialect.do_commit = do_commit


@contextlib.contextmanager
def files_watched(fuse: Fuse) -> Iterator[None]:
    """While open, the fuse is passed before each file of an outbox gets its name, gets another, or goes."""
    replace, rename, unlink = os.replace, Path.rename, Path.unlink

    def replaced(source: Any, target: Any) -> None:
        fuse.at("laptop file")
        replace(source, target)

    def renamed(path: Path, target: Any) -> Path:
        fuse.at("laptop file")
        return rename(path, target)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        fuse.at("laptop file")
        unlink(path, missing_ok)

    with (
        mock.patch("shequ_desktop.storage.files.os.replace", replaced),
        mock.patch.object(Path, "rename", renamed),
        mock.patch.object(Path, "unlink", unlinked),
    ):
        yield
