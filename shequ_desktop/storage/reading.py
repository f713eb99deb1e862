"""Reads for services: one record, records by a condition, counts. Retracted records are left out unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State
from shequ_desktop.storage import journal, meta, rows
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.packing import unpack_map
from shequ_desktop.storage.tables import TABLES


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is shown."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    retracted: bool = False
    seq: int = 0


class Reader:
    """Reads inside one transaction, so that what it tells belongs together."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def record(self, kind: str, record: str) -> Record | None:
        """One record, also a retracted one."""
        found = rows.read(self.connection, kind, [record]).get(record)
        return _to_record(kind, record, found[0]) if found else None

    def records(self, kind: str, ids: Iterable[str]) -> dict[str, Record]:
        """{id: record} of those that exist and are not retracted."""
        found = rows.read(self.connection, kind, ids)
        return {record: _to_record(kind, record, state) for record, (state, _) in found.items() if not state.retracted}

    def where(self, kind: str, **equal: Any) -> list[Record]:
        """Records whose fields have these values, by id."""
        table = TABLES[kind]
        conditions = [table.c[name] == value for name, value in equal.items()]
        statement = sa.select(table).where(sa.not_(table.c.retracted), *conditions).order_by(table.c.id)
        return [_to_record(kind, row.id, rows.state_of(kind, row)) for row in self.connection.execute(statement)]

    def among(self, kind: str, field: str, values: Iterable[Any]) -> list[Record]:
        """Records whose field has one of these values, by id."""
        table = TABLES[kind]
        found: list[Record] = []
        for some in chunks(values):
            statement = sa.select(table).where(sa.not_(table.c.retracted), table.c[field].in_(some)).order_by(table.c.id)
            found += [_to_record(kind, row.id, rows.state_of(kind, row)) for row in self.connection.execute(statement)]
        return found

    def columns(self, kind: str, *fields: str) -> Iterator[tuple[Any, ...]]:
        """(id, fields...) of every record that is not retracted: the cheap way to look at all."""
        table = TABLES[kind]
        statement = sa.select(table.c.id, *(table.c[name] for name in fields)).where(sa.not_(table.c.retracted))
        for row in self.connection.execute(statement):
            yield tuple(row)

    def all(self, kind: str) -> Iterator[Record]:
        """Every record of the kind that is not retracted, by id, as a stream."""
        table = TABLES[kind]
        declared = tuple(KINDS[kind].by_name)
        statement = sa.select(table).where(sa.not_(table.c.retracted)).order_by(table.c.id).execution_options(yield_per=2000)
        for row in self.connection.execute(statement):
            values = row._mapping
            fields = {name: values[name] for name in declared if values[name] is not None}
            fields.update(unpack_map(values["extra"]))
            yield Record(kind, row.id, fields, False, row.seq)

    def retracted(self, kind: str) -> set[str]:
        """Ids of the records that were registered by mistake."""
        return set(self.connection.scalars(sa.select(TABLES[kind].c.id).where(TABLES[kind].c.retracted)))

    def count(self, kind: str, **equal: Any) -> int:
        table = TABLES[kind]
        conditions = [table.c[name] == value for name, value in equal.items()]
        statement = sa.select(sa.func.count()).select_from(table).where(sa.not_(table.c.retracted), *conditions)
        return self.connection.scalar(statement) or 0

    def log_of(self, records: Iterable[str]) -> list[Logged]:
        """All changes of these records: decided ones in league order, then the others as they were made."""
        return journal.of_records(self.connection, Names(self.connection), records)

    def meta(self, key: str, default: str = "") -> str:
        return meta.get(self.connection, key, default)

    @property
    def seen(self) -> int:
        """Newest league number that this device has applied: what a form that opens now has seen."""
        return meta.get_int(self.connection, "cursor_seq")


def _to_record(kind: str, record: str, state: State) -> Record:
    return Record(kind, record, state.fields, state.retracted, state.seq)
