"""The door to synced tables: only `apply` opens it, so no path can write a synced row past the log."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from shequ_desktop.storage.tables import LOG, TABLES

_NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_WRITES = re.compile(
    r"\b(?:(?:insert|merge)\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|truncate(?:\s+table)?|copy)"
    r"\s+(?:only\s+)?(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)
_SYNCED = frozenset(TABLES) | {LOG.name}
_OPEN = "door_open"


class PastTheLogError(RuntimeError):
    """A program error: something tried to write a synced row without its change."""


@contextlib.contextmanager
def opened(connection: sa.Connection) -> Iterator[None]:
    """While open, synced tables may be written on this connection."""
    info = connection.info
    info[_OPEN] = True
    try:
        yield
    finally:
        info[_OPEN] = False  # not asked of the connection again: it may have broken, and its error must go on


@functools.lru_cache(maxsize=1024)
def _written(statement: str) -> frozenset[str]:
    """Synced tables that a statement writes, wherever in it: behind a WITH, after a comment, under a schema's name."""
    return frozenset(name.lower() for name in _WRITES.findall(_NOT_CODE.sub(" ", statement))) & _SYNCED


def guard(engine: sa.Engine) -> None:
    """Refuse every statement on this engine that writes a synced table while the door is shut."""

    @event.listens_for(engine, "before_cursor_execute")
    def _check(connection: sa.Connection, _cursor: Any, statement: str, _p: Any, _c: Any, _m: Any) -> None:
        if not connection.info.get(_OPEN) and (written := _written(statement)):
            raise PastTheLogError(f"{' '.join(sorted(written))}: written by the door of storage.apply only")
