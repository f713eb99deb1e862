"""Shadows (影子): the decided state of records that have own unsent changes on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from shequ_desktop.domain.state import State
from shequ_desktop.storage.desktop_tables import SHADOW
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.packing import pack_state, unpack_state


def read(connection: sa.Connection, kind: str, records: Iterable[str]) -> dict[str, State | None]:
    """{record: decided state} of those that have a shadow. A league keeps none."""
    if not _kept_here(connection):
        return {}
    found: dict[str, State | None] = {}
    for some in chunks(records):
        statement = sa.select(SHADOW.c.record, SHADOW.c.state).where(SHADOW.c.kind == kind, SHADOW.c.record.in_(some))
        found.update({record: unpack_state(state) for record, state in connection.execute(statement)})
    return found


def keep(connection: sa.Connection, kind: str, states: Mapping[str, State]) -> None:
    """Keep the decided states of records that are edited for the first time."""
    there = read(connection, kind, states)
    new = [{"kind": kind, "record": record, "state": pack_state(states[record])} for record in states if record not in there]
    if new:
        connection.execute(sa.insert(SHADOW), new)


def put(connection: sa.Connection, kind: str, states: Mapping[str, State | None]) -> None:
    """Keep these decided states in place of older ones."""
    if states:
        drop(connection, kind, list(states))
        new = [{"kind": kind, "record": record, "state": pack_state(state)} for record, state in states.items()]
        connection.execute(sa.insert(SHADOW), new)


def drop(connection: sa.Connection, kind: str, records: Sequence[str]) -> None:
    for some in chunks(records):
        connection.execute(sa.delete(SHADOW).where(SHADOW.c.kind == kind, SHADOW.c.record.in_(some)))


def clear(connection: sa.Connection, kind: str) -> None:
    """Drop all shadows of a kind; nothing to do at a league."""
    if _kept_here(connection):
        connection.execute(sa.delete(SHADOW).where(SHADOW.c.kind == kind))


def _kept_here(connection: sa.Connection) -> bool:
    """Whether this database is a laptop's."""
    return bool(connection.info.get("shadows"))
