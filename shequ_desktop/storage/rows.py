"""Reads records out of their tables as states, and writes states back. Sets of records, one query or statement each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.packing import pack_map, unpack_map
from shequ_desktop.storage.tables import TABLES


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


def _to_row(kind: str, record: str, state: State, digest: int | None) -> dict[str, Any]:
    declared = KINDS[kind].by_name
    row: dict[str, Any] = {name: state.fields.get(name) for name in declared}
    row["id"] = record
    row["extra"] = pack_map({name: value for name, value in state.fields.items() if name not in declared})
    row["retracted"], row["seq"], row["digest"] = state.retracted, state.seq, digest
    return row


def write(connection: sa.Connection, kind: str, states: Mapping[str, tuple[State, int | None]]) -> None:
    """Write these records whole, new or not."""
    if not states:
        return
    table = TABLES[kind]
    insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    others = {column.name: insert.excluded[column.name] for column in table.c if column.name != "id"}
    rows = [_to_row(kind, record, state, digest) for record, (state, digest) in states.items()]
    connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=others), rows)


def write_new(connection: sa.Connection, kind: str, states: Mapping[str, State]) -> None:
    """Write records that do not exist yet and that the league has not decided."""
    if states:
        connection.execute(sa.insert(TABLES[kind]), [_to_row(kind, record, state, None) for record, state in states.items()])
