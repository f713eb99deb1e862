"""The door to synced tables: only `apply` opens it, so no path can write a synced row past the log."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from shequ_desktop.storage.tables import LOG, TABLES

_WRITES = re.compile(
    r"\s*(?:with\b.*?\)\s*)?(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|copy)\s+[\"`\[]?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_SYNCED = frozenset(TABLES) | {LOG.name}
_OPEN = "door_open"


class PastTheLogError(RuntimeError):
    """A program error: something tried to write a synced row without its change."""


@contextlib.contextmanager
def opened(connection: sa.Connection) -> Iterator[None]:
    """While open, synced tables may be written on this connection."""
    connection.info[_OPEN] = True
    try:
        yield
    finally:
        connection.info[_OPEN] = False


def guard(engine: sa.Engine) -> None:
    """Refuse every statement on this engine that writes a synced table while the door is shut."""

    @event.listens_for(engine, "before_cursor_execute")
    def _check(connection: sa.Connection, _cursor: Any, statement: str, _p: Any, _c: Any, _m: Any) -> None:
        writes = _WRITES.match(statement)
        if writes and writes[1].lower() in _SYNCED and not connection.info.get(_OPEN):
            raise PastTheLogError(f"{writes[1]} is written by the door of storage.apply only")
