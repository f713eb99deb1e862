"""Works single records out anew from their log: where rows came out of order, were taken back, or must go.

The fold is that of `replaying`; here it is done for some records, with sums brought up to date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied, digest
from shequ_desktop.storage import door, journal, meta, parted, rows, shadows
from shequ_desktop.storage.desktop_tables import LEAVING, SEARCH_KEY
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG, TABLES


def work_out(connection: sa.Connection, names: Names, records: Mapping[str, Iterable[str]]) -> None:
    """Write these records, by kind, as their log makes them; a record without log rows goes."""
    with door.opened(connection):
        for kind, listed in records.items():
            if kind in KINDS:
                _of_kind(connection, names, kind, set(listed))


def _of_kind(connection: sa.Connection, names: Names, kind: str, records: set[str]) -> None:
    logged: defaultdict[str, list[Logged]] = defaultdict(list)
    for row in journal.of_records(connection, names, records):
        logged[row.change.record].append(row)
    before = {record: number for record, (_, number) in rows.read(connection, kind, records).items()}
    written: dict[str, tuple[State, int | None]] = {}
    on_top: dict[str, State | None] = {}
    for record, own_rows in logged.items():
        decided, shown, has_own = _folded(own_rows)
        written[record] = (shown, digest(kind, record, decided) if decided else None)
        if has_own and decided:
            on_top[record] = decided
    for some in chunks(records - written.keys()):
        connection.execute(sa.delete(TABLES[kind]).where(TABLES[kind].c.id.in_(some)))
    rows.write(connection, kind, written)
    shadows.drop(connection, kind, list(records))
    shadows.put(connection, kind, on_top)
    now = [number for _, number in written.values() if number is not None]
    _count(connection, [number for number in before.values() if number is not None], now)


def _folded(logged: Iterable[Logged]) -> tuple[State | None, State, bool]:
    """(decided state, shown state, whether own changes lie on top)."""
    decided: State | None = None
    shown: State | None = None
    has_own = False
    for row in logged:
        if row.outcome is not None:
            decided = shown = applied(decided, row.change, row.outcome)
        else:
            shown, has_own = applied(shown, row.change), True
    return decided, shown or State(), has_own


def _count(connection: sa.Connection, before: list[int], now: list[int]) -> None:
    meta.put(
        connection,
        decided_count=meta.get_int(connection, "decided_count") + len(now) - len(before),
        decided_sum=meta.get_int(connection, "decided_sum") + sum(now) - sum(before),
    )


def note_leaving(connection: sa.Connection, leaving: Iterable[tuple[str, str]], entered: Iterable[str]) -> None:
    """Records that left this device's scope, and those that are in it (again)."""
    listed = {record: kind for kind, record in leaving}
    for some in chunks({*listed, *entered}):
        connection.execute(sa.delete(LEAVING).where(LEAVING.c.record.in_(some)))
    if listed:
        connection.execute(sa.insert(LEAVING), [{"record": record, "kind": kind} for record, kind in listed.items()])


def let_go(connection: sa.Connection) -> int:
    """Remove the leaving records that hold nothing of one's own that is unsent: rows, log, search. The league keeps all."""
    unsent = sa.exists().where(LOG.c.record == LEAVING.c.record, LOG.c.seq.is_(None))
    going = connection.execute(sa.select(LEAVING.c.kind, LEAVING.c.record).where(sa.not_(unsent))).all()
    if not going:
        return 0
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for kind, record in going:
        by_kind[kind].add(record)
    everything = [record for _, record in going]
    parted.keep(connection, everything, device=Names(connection).number("device", meta.get(connection, "device")))
    with door.opened(connection):
        for some in chunks(everything):
            connection.execute(sa.delete(LOG).where(LOG.c.record.in_(some)))
            connection.execute(sa.delete(LEAVING).where(LEAVING.c.record.in_(some)))
    work_out(connection, Names(connection), by_kind)
    _forget_in_search(connection, everything)
    return len(everything)


def _forget_in_search(connection: sa.Connection, records: list[str]) -> None:
    for some in chunks(records):
        docs = connection.scalars(sa.select(SEARCH_KEY.c.doc).where(SEARCH_KEY.c.record.in_(some))).all()
        if docs:
            connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(doc,) for doc in docs])
            connection.execute(sa.delete(SEARCH_KEY).where(SEARCH_KEY.c.doc.in_(docs)))
