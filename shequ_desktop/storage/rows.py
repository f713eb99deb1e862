"""Reads records out of their tables as states, and writes states back. Sets of records, one query or statement each."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State
from shequ_desktop.storage import bulk
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.packing import pack_map, unpack_map
from shequ_desktop.storage.tables import TABLES, id_to_bytes


def state_of(kind: str, row: Any) -> State:
    """State that a row of the kind's table shows."""
    values = row._mapping
    fields = {name: values[name] for name in KINDS[kind].by_name if values[name] is not None}
    fields.update(unpack_map(values["extra"]))
    return State(fields, values["retracted"], values["seq"])


def read(connection: sa.Connection, kind: str, records: Iterable[str]) -> dict[str, tuple[State, int | None]]:
    """{record: (shown state, digest of the decided state)} of those that exist. A digest of None: never decided."""
    table = TABLES[kind]
    found: dict[str, tuple[State, int | None]] = {}
    for some in chunks(records):
        for row in connection.execute(sa.select(table).where(table.c.id.in_(some))):
            found[row.id] = (state_of(kind, row), row.digest)
    return found


@functools.cache
def _columns(kind: str) -> tuple[tuple[str, ...], tuple[tuple[str, bulk.Turn | None], ...]]:
    """(columns of the kind's table as they are written, its fields with what their values go through)."""
    names = tuple(KINDS[kind].by_name)
    columns = ("id", "extra", "retracted", "seq", "digest", *names)
    return columns, tuple(zip(names, bulk.turns(TABLES[kind], names), strict=True))


def _to_row(kind: str, record: str, state: State, digest: int | None) -> tuple[Any, ...]:
    fields, declared = state.fields, KINDS[kind].by_name
    extra = None if fields.keys() <= declared.keys() else pack_map({n: v for n, v in fields.items() if n not in declared})
    values = [id_to_bytes(record), extra, state.retracted, state.seq, digest]
    for name, turn in _columns(kind)[1]:
        value = fields.get(name)
        values.append(turn(value) if turn and value is not None else value)
    return tuple(values)


def write(connection: sa.Connection, kind: str, states: Mapping[str, tuple[State, int | None]]) -> None:
    """Write these records whole, new or not."""
    rows = [_to_row(kind, record, state, digest) for record, (state, digest) in states.items()]
    bulk.insert(connection, TABLES[kind], _columns(kind)[0], rows, key="id")


def write_new(connection: sa.Connection, kind: str, states: Mapping[str, State]) -> None:
    """Write records that do not exist yet and that the league has not decided."""
    rows = [_to_row(kind, record, state, None) for record, state in states.items()]
    bulk.insert(connection, TABLES[kind], _columns(kind)[0], rows)


def newest_id(connection: sa.Connection, kind: str) -> str:
    """The greatest id of the kind; empty where there is no record. Ids grow with time, so a greater one is new."""
    return connection.scalar(sa.select(sa.func.max(TABLES[kind].c.id))) or ""
