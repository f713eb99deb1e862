"""When the league forgot part of its log (it was restored from a backup): back to the newest point both know, then forward.

Rows behind that point are undecided again and are offered once more; what their writers had seen is told in new numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.storage import again, door, journal, meta, parted
from shequ_desktop.storage.desktop_tables import RENUMBERED
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.outgoing import Waiting
from shequ_desktop.storage.tables import LOG

POINTS = 64


def points(connection: sa.Connection, names: Names) -> list[tuple[int, tuple[str, int, int]]]:
    """(number, id) of changes along the log, newest first, ever further apart."""
    newest = connection.scalar(sa.select(sa.func.max(LOG.c.seq))) or 0
    found: dict[int, tuple[str, int, int]] = {}
    step, below = 1, newest
    while below > 0 and len(found) < POINTS:
        seq = connection.scalar(sa.select(sa.func.max(LOG.c.seq)).where(LOG.c.seq <= below))
        there = journal.id_at(connection, names, seq) if seq else None
        if seq is None or there is None:
            break
        found[seq] = there
        step = step * 2 if len(found) > POINTS // 4 else 1
        below = seq - step
    first = connection.scalar(sa.select(sa.func.min(LOG.c.seq)))
    there = journal.id_at(connection, names, first) if first else None
    return [*found.items(), *([(first, there)] if first and there and first not in found else [])]


def fall_back(connection: sa.Connection, names: Names, common: int) -> int:
    """Make everything decided after `common` undecided again; answers how many rows that were."""
    parted.bring_back(connection, after=common)
    forgotten = LOG.c.seq > common
    concerned = sa.or_(forgotten, LOG.c.seq.is_(None))
    touched = connection.execute(sa.select(LOG.c.kind, LOG.c.record).where(concerned).distinct()).all()
    connection.execute(sa.delete(RENUMBERED))
    waits = sa.and_(LOG.c.seq.is_(None), LOG.c.seen > common)
    kept = sa.select(LOG.c.pos, LOG.c.seq, LOG.c.fair_ms, LOG.c.seen).where(sa.or_(forgotten, waits))
    connection.execute(sa.insert(RENUMBERED).from_select(["pos", "old_seq", "old_fair_ms", "old_seen"], kept))
    with door.opened(connection):
        back = connection.execute(sa.update(LOG).where(forgotten).values(seq=None, fair_ms=None, outcome=None)).rowcount
        connection.execute(sa.update(LOG).where(LOG.c.seq.is_(None)).values(set_aside=None))
        connection.execute(sa.update(LOG).where(LOG.c.seq.is_(None), LOG.c.seen > common).values(seen=common))
    meta.put(connection, fell_back_to=common)
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for kind, record in touched:
        by_kind[names.text(kind)].add(record)
    again.work_out(connection, names, by_kind)
    return back


def is_going_on(connection: sa.Connection) -> bool:
    """Whether changes wait whose `seen` counts in an earlier life of the log."""
    return connection.scalar(sa.select(RENUMBERED.c.pos).limit(1)) is not None


def finish(connection: sa.Connection) -> None:
    """Forget the old numbers once nothing that bears one waits."""
    waits = sa.and_(LOG.c.pos == RENUMBERED.c.pos, LOG.c.seq.is_(None), LOG.c.set_aside.is_(None))
    if connection.scalar(sa.select(LOG.c.pos).join(RENUMBERED, waits).limit(1)) is None:
        connection.execute(sa.delete(RENUMBERED))


def in_new_numbers(connection: sa.Connection, names: Names, listed: Sequence[Waiting]) -> list[Waiting]:
    """The first of these changes, as far as what they had seen can be told in the numbers of the log as it is now.

    A change that had seen one before it in the list, by another writer, waits until that one has a number again.
    """
    numbers = _Numbers(connection, names, [one.row.change.record for one in listed])
    told: list[Waiting] = []
    before: defaultdict[str, list[Waiting]] = defaultdict(list)
    for one in listed:
        change = one.row.change
        if any(_had_seen(one, other) for other in before[change.record]):
            break
        before[change.record].append(one)
        if one.old_seen is not None:
            seen = numbers.seen(change.record, one.old_seen)
            one = replace(one, row=Logged(replace(change, seen=seen), one.row.outcome))
        told.append(one)
    _write_seen(connection, told)
    return told


def _had_seen(one: Waiting, other: Waiting) -> bool:
    same_writer = one.row.change.id[:2] == other.row.change.id[:2]
    return not same_writer and one.old_seen is not None and other.place[0] <= one.old_seen


def _write_seen(connection: sa.Connection, told: Sequence[Waiting]) -> None:
    with door.opened(connection):
        for one in told:
            if one.old_seen is not None:
                connection.execute(sa.update(LOG).where(LOG.c.pos == one.pos).values(seen=one.row.change.seen))


class _Numbers:
    """Decided rows of some records: their numbers now, and in the earlier life of the log."""

    def __init__(self, connection: sa.Connection, names: Names, records: Sequence[str]) -> None:
        self.common = meta.get_int(connection, "fell_back_to")
        self._rows: defaultdict[str, list[tuple[int, int | None]]] = defaultdict(list)
        joined = LOG.outerjoin(RENUMBERED, RENUMBERED.c.pos == LOG.c.pos)
        for some in journal.chunks(set(records)):
            statement = sa.select(LOG.c.record, LOG.c.seq, RENUMBERED.c.old_seq).select_from(joined)
            later = sa.and_(LOG.c.record.in_(some), LOG.c.seq > self.common)
            for row in connection.execute(statement.where(later).order_by(LOG.c.seq)):
                self._rows[row.record].append((row.seq, row.old_seq))

    def seen(self, record: str, old_seen: int) -> int:
        """The highest number up to which the writer had seen everything of this record."""
        seen = min(self.common, old_seen)
        for seq, old_seq in self._rows[record]:
            if old_seq is None or old_seq > old_seen:
                break
            seen = seq
        return seen
