"""How records stand with the league (未上传、放在一边), and which are the newest by a field. Reads only."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from shequ_desktop.storage import rows
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.reading import Reader, Record
from shequ_desktop.storage.tables import LOG, TABLES

DECIDED, WAITING, ASIDE = "decided", "waiting", "aside"
"""The league has all of it; some of it waits; some of it was set aside."""


def standing(reader: Reader, records: Iterable[str]) -> dict[str, str]:
    """{record: WAITING or ASIDE} of these; one that is not named is decided."""
    found: dict[str, str] = {}
    for some in chunks(records):
        statement = sa.select(LOG.c.record, LOG.c.set_aside).where(LOG.c.seq.is_(None), LOG.c.record.in_(some))
        for row in reader.connection.execute(statement):
            if row.set_aside is not None:
                found[row.record] = ASIDE
            else:
                found.setdefault(row.record, WAITING)
    return found


def undecided(reader: Reader, kind: str, limit: int) -> list[Record]:
    """Records of a kind that the league has not all of, the newest ids first."""
    table = TABLES[kind]
    statement = sa.select(table).where(
        sa.not_(table.c.retracted), table.c.id.in_(sa.select(LOG.c.record).where(LOG.c.seq.is_(None)))
    )
    found = reader.connection.execute(statement.order_by(table.c.id.desc()).limit(limit))
    return [_record(kind, row) for row in found]


def newest(reader: Reader, kind: str, field: str, limit: int) -> list[Record]:
    """The records of a kind with the greatest values of a field, the greatest first."""
    table = TABLES[kind]
    statement = sa.select(table).where(sa.not_(table.c.retracted)).order_by(table.c[field].desc(), table.c.id.desc())
    return [_record(kind, row) for row in reader.connection.execute(statement.limit(limit))]


def _record(kind: str, row: sa.Row[tuple[object, ...]]) -> Record:
    state = rows.state_of(kind, row)
    return Record(kind, row.id, state.fields, state.retracted, state.seq)
