"""Tables, worked out from the declarations of the domain: the same on SQLite and PostgreSQL.

One table a kind, and the log they are views of. What only a laptop or only a league keeps stands in
`desktop_tables` and `shequ_league.tables`.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.fields import Field, Kind, Type
from shequ_desktop.domain.records import KINDS

METADATA = sa.MetaData()


class RecordId(sa.types.TypeDecorator[str]):
    """A record's id: 36 characters outside, 16 bytes in the database."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        return None if value is None else id_to_bytes(value)

    def process_result_value(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else id_from_bytes(bytes(value))


class CodeList(sa.types.TypeDecorator[list[str]]):
    """A sorted list of codes, as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Any) -> str | None:
        return json.dumps(sorted(value)) if value else None

    def process_result_value(self, value: Any, dialect: Any) -> list[str] | None:
        return json.loads(value) if value else None


def id_to_bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


def id_from_bytes(data: bytes) -> str:
    """Written out by hand: millions of ids are read, and uuid.UUID takes four times as long."""
    if len(data) != 16:
        raise ValueError("an id has 16 bytes")
    text = data.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _column(field: Field) -> sa.Column[Any]:
    types: dict[Type, sa.types.TypeEngine[Any]] = {
        Type.INTEGER: sa.BigInteger(),
        Type.YES_NO: sa.Boolean(),
        Type.CODES: CodeList(),
        Type.REF: RecordId(),
    }
    return sa.Column(field.name, types.get(field.type, sa.Text()), index=field.type is Type.REF)


def _table(kind: Kind) -> sa.Table:
    """Fields, and what the log's newest change left: `seq` its number, `digest` of the decided state (none: undecided).

    `extra` keeps fields that this version does not know, packed as a map.
    """
    return sa.Table(
        kind.name,
        METADATA,
        sa.Column("id", RecordId(), primary_key=True),
        *(_column(field) for field in kind.fields),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )


TABLES = MappingProxyType({kind.name: _table(kind) for kind in KINDS.values()})
"""Wire name of a kind -> its table."""

NAME = sa.Table(
    "name",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("sort", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.UniqueConstraint("sort", "text"),
)
"""Words that the log repeats: devices, authors, kinds, sets of fields, origins."""

LOG = sa.Table(
    "log",
    METADATA,
    sa.Column("pos", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), primary_key=True),
    sa.Column("seq", sa.BigInteger(), unique=True),
    sa.Column("device", sa.Integer(), nullable=False),
    sa.Column("incarnation", sa.BigInteger(), nullable=False),
    sa.Column("n", sa.BigInteger(), nullable=False),
    sa.Column("kind", sa.Integer(), nullable=False),
    sa.Column("record", RecordId(), nullable=False, index=True),
    sa.Column("shape", sa.Integer(), nullable=False),
    sa.Column("payload", sa.LargeBinary(), nullable=False),
    sa.Column("seen", sa.BigInteger(), nullable=False),
    sa.Column("author", sa.Integer(), nullable=False),
    sa.Column("origin", sa.Integer(), nullable=False),
    sa.Column("time_ms", sa.BigInteger(), nullable=False),
    sa.Column("schema", sa.Integer(), nullable=False),
    sa.Column("fair_ms", sa.BigInteger()),
    sa.Column("outcome", sa.LargeBinary()),
    sa.Column("set_aside", sa.Text()),
    sa.Index("log_change", "device", "incarnation", "n", unique=True),
    sqlite_autoincrement=True,
)
"""One row a change. `seq` is the league's number, none while the league has not decided; `outcome` only where not plain."""

META = sa.Table("meta", METADATA, sa.Column("key", sa.Text(), primary_key=True), sa.Column("value", sa.Text(), nullable=False))
"""What there is one of: this device, the cursor, sums."""
