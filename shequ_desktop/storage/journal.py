"""The log of changes (变更日志): appends to it and reads it. Knows no table of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import Change, Logged, Outcome
from shequ_desktop.storage import bulk
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.packing import pack_fields, pack_outcome, unpack_fields, unpack_outcome
from shequ_desktop.storage.tables import LOG, id_to_bytes

IN_ONE_QUERY = 5000
"""How many ids one query names at most."""


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items in lists that fit one query."""
    listed = list(items)
    for start in range(0, len(listed), IN_ONE_QUERY):
        yield listed[start : start + IN_ONE_QUERY]


COLUMNS = ("seq device incarnation n kind record shape payload seen author origin time_ms schema fair_ms outcome").split()


def append(connection: sa.Connection, names: Names, rows: Sequence[Logged]) -> None:
    """Write new rows, in this order."""
    bulk.insert(connection, LOG, COLUMNS, [_to_row(names, row) for row in rows])


def _to_row(names: Names, row: Logged) -> tuple[Any, ...]:
    """Values of `COLUMNS`, as the database holds them."""
    change, outcome = row.change, row.outcome
    shape, payload = pack_fields(change.fields)
    return (
        outcome.seq if outcome else None,
        names.number("device", change.device),
        change.incarnation,
        change.n,
        names.number("kind", change.kind),
        id_to_bytes(change.record),
        names.number("shape", shape),
        payload,
        change.seen,
        names.number("author", change.author),
        names.number("origin", change.origin),
        change.time_ms,
        change.schema,
        outcome.fair_ms if outcome else None,
        pack_outcome(outcome) if outcome else None,
    )


def decide(connection: sa.Connection, names: Names, rows: Sequence[Logged]) -> None:
    """Write the league's outcome beside changes that stand in the log already."""
    if not rows:
        return
    statement = (
        sa.update(LOG)
        .where(LOG.c.device == sa.bindparam("b_device"), LOG.c.incarnation == sa.bindparam("b_incarnation"))
        .where(LOG.c.n == sa.bindparam("b_n"))
        .values(seq=sa.bindparam("b_seq"), fair_ms=sa.bindparam("b_fair"), outcome=sa.bindparam("b_outcome"), set_aside=None)
    )
    connection.execute(statement, [_to_decision(names, row) for row in rows])


def _to_decision(names: Names, row: Logged) -> dict[str, Any]:
    if row.outcome is None:
        raise ValueError("a decision without an outcome")
    return {
        "b_device": names.number("device", row.change.device),
        "b_incarnation": row.change.incarnation,
        "b_n": row.change.n,
        "b_seq": row.outcome.seq,
        "b_fair": row.outcome.fair_ms,
        "b_outcome": pack_outcome(row.outcome),
    }


def read(connection: sa.Connection, names: Names, statement: sa.Select[Any]) -> list[Logged]:
    """The rows of the log that a statement on it selects."""
    return [to_logged(names, row) for row in connection.execute(statement)]


def to_logged(names: Names, row: Any) -> Logged:
    change = Change(
        device=names.text(row.device),
        incarnation=row.incarnation,
        n=row.n,
        kind=names.text(row.kind),
        record=row.record,
        fields=unpack_fields(names.text(row.shape), row.payload),
        seen=row.seen,
        author=names.text(row.author),
        time_ms=row.time_ms,
        origin=names.text(row.origin),
        schema=row.schema,
    )
    outcome: Outcome | None = None
    if row.seq is not None:
        outcome = unpack_outcome(row.seq, row.fair_ms, row.outcome)
    return Logged(change, outcome)


def unsent(connection: sa.Connection, names: Names, *, after_n: int = 0, limit: int | None = None) -> list[Logged]:
    """Own changes that the league has not decided and has not set aside, in the order they were made."""
    statement = sa.select(LOG).where(LOG.c.seq.is_(None), LOG.c.set_aside.is_(None), LOG.c.n > after_n)
    return read(connection, names, statement.order_by(LOG.c.pos).limit(limit))


def of_records(connection: sa.Connection, names: Names, records: Iterable[str], *, undecided_only: bool = False) -> list[Logged]:
    """All changes of these records: decided ones in league order, then the others in the order they were made."""
    found: list[Logged] = []
    for some in chunks(records):
        statement = sa.select(LOG).where(LOG.c.record.in_(some))
        if undecided_only:
            statement = statement.where(LOG.c.seq.is_(None))
        found += read(connection, names, statement.order_by(LOG.c.seq.is_(None), LOG.c.seq, LOG.c.pos))
    return found


def of_kind(connection: sa.Connection, names: Names, kind: str) -> Iterator[Logged]:
    """All changes of one kind, record by record, each in the order of `of_records`: a stream."""
    statement = sa.select(LOG).where(LOG.c.kind == names.number("kind", kind))
    ordered = statement.order_by(LOG.c.record, LOG.c.seq.is_(None), LOG.c.seq, LOG.c.pos).execution_options(yield_per=2000)
    for row in connection.execute(ordered):
        yield to_logged(names, row)


def after(connection: sa.Connection, names: Names, seq: int, *, limit: int) -> list[Logged]:
    """The next decided changes in league order."""
    statement = sa.select(LOG).where(LOG.c.seq > seq).order_by(LOG.c.seq).limit(limit)
    return read(connection, names, statement)


def newest(connection: sa.Connection) -> tuple[int, int]:
    """(newest position, newest league number)"""
    pos, seq = connection.scalar(sa.select(sa.func.max(LOG.c.pos))), connection.scalar(sa.select(sa.func.max(LOG.c.seq)))
    return pos or 0, seq or 0


def changed_again(connection: sa.Connection, records: Iterable[str]) -> set[str]:
    """Those of the records that have more than one change."""
    found: set[str] = set()
    for some in chunks(records):
        statement = sa.select(LOG.c.record).where(LOG.c.record.in_(some)).group_by(LOG.c.record).having(sa.func.count() > 1)
        found |= set(connection.scalars(statement))
    return found


def touched_since(connection: sa.Connection, names: Names, pos: int, seq: int) -> tuple[int, int, set[tuple[str, str]]]:
    """(newest position, newest league number, {(kind, record)} written after `pos` or decided after `seq`)."""
    newest_pos, newest_seq = newest(connection)
    newer = sa.or_(LOG.c.pos > pos, LOG.c.seq > seq)
    rows = connection.execute(sa.select(LOG.c.kind, LOG.c.record).where(newer).distinct()).all()
    return newest_pos, newest_seq, {(names.text(kind), record) for kind, record in rows}


def known(connection: sa.Connection, names: Names, device: str, incarnation: int, first: int, last: int) -> dict[int, Logged]:
    """{n: row} of a device's changes from number `first` to `last` that stand in the log."""
    statement = sa.select(LOG).where(LOG.c.device == names.number("device", device), LOG.c.incarnation == incarnation)
    return {row.change.n: row for row in read(connection, names, statement.where(LOG.c.n.between(first, last)))}


def id_at(connection: sa.Connection, names: Names, seq: int) -> tuple[str, int, int] | None:
    """Id of the change with this league number."""
    row = connection.execute(sa.select(LOG.c.device, LOG.c.incarnation, LOG.c.n).where(LOG.c.seq == seq)).one_or_none()
    return (names.text(row.device), row.incarnation, row.n) if row else None


def numbered(connection: sa.Connection, names: Names, device: str, incarnation: int, listed: Iterable[int]) -> list[Logged]:
    """Changes of one device and incarnation with these numbers, as far as they stand in the log."""
    statement = sa.select(LOG).where(LOG.c.device == names.number("device", device), LOG.c.incarnation == incarnation)
    found: list[Logged] = []
    for some in chunks(listed):
        found += read(connection, names, statement.where(LOG.c.n.in_(some)))
    return found


def newer(connection: sa.Connection, names: Names, records: Iterable[str], seq: int) -> list[Logged]:
    """Decided changes of these records later than `seq`, in league order."""
    found: list[Logged] = []
    for some in chunks(records):
        statement = sa.select(LOG).where(LOG.c.record.in_(some), LOG.c.seq > seq).order_by(LOG.c.seq)
        found += read(connection, names, statement)
    return found


def overwrite(connection: sa.Connection, names: Names, rows: Sequence[Logged]) -> None:
    """Put what the league holds under these ids in the place of what stands there. The league is right."""
    statement = (
        sa.update(LOG)
        .where(LOG.c.device == sa.bindparam("b_device"), LOG.c.incarnation == sa.bindparam("b_incarnation"))
        .where(LOG.c.n == sa.bindparam("b_n"))
    )
    for row in rows:
        values = dict(zip(COLUMNS, _to_row(names, row), strict=True)) | {"record": row.change.record}
        keys = {f"b_{name}": values.pop(name) for name in ("device", "incarnation", "n")}
        connection.execute(statement.values(**values, set_aside=None), keys)


def contested(connection: sa.Connection, names: Names) -> list[tuple[str, str]]:
    """(kind, record) of those of whose changes the league decided one otherwise than plainly."""
    statement = sa.select(LOG.c.kind, LOG.c.record).where(LOG.c.outcome.is_not(None)).distinct()
    return [(names.text(kind), record) for kind, record in connection.execute(statement)]
