"""What a device is given (下发): decided changes after its cursor, within its scope, as many as its line carries.

Reads only. A record that came into the scope brings its whole log; one that left is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.storage import journal, meta
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG, TABLES
from shequ_desktop.sync.hello import change_mark
from shequ_desktop.sync.wire import encode_changes
from shequ_league import scope
from shequ_league.appending import newest
from shequ_league.devices import Device
from shequ_league.tables import PLACEMENT, SCOPE_MOVE

ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Pulled:
    """`rows`: whole changes, packed. `echoes`: the device's own, whose content it holds. `upto`: the new cursor."""

    rows: bytes
    echoes: Sequence[Logged]
    entered: Sequence[str]
    left: Sequence[tuple[str, str]]
    upto: int
    more: bool

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.echoes or self.entered or self.left or self.more)


class Puller:
    """Pulls for one device in one reading transaction. `incarnation`: own changes of it come as echoes; none: all whole."""

    def __init__(self, connection: sa.Connection, device: Device, *, incarnation: int | None) -> None:
        self.connection = connection
        self.names = Names(connection)
        self.device = device
        self.incarnation = incarnation

    def pull(self, since: int, *, most_bytes: int) -> Pulled:
        """Everything after `since` that fits; at least one change, so that the cursor moves."""
        last = newest(self.connection)
        rows = self._rows(since, last)
        upto = _seq(rows[-1]) if len(rows) == ROWS_AT_ONCE else last
        while True:
            pulled = self._pack(since, upto, [row for row in rows if _seq(row) <= upto], last)
            size = len(pulled.rows) + 6 * len(pulled.echoes) + 20 * len(pulled.left)
            smaller = self._smaller(rows, since, upto, size, most_bytes)
            if smaller is None:
                return pulled
            upto = smaller

    def _smaller(self, rows: Sequence[Logged], since: int, upto: int, size: int, most_bytes: int) -> int | None:
        """An earlier end, where what was packed is too large for the line and can be made smaller."""
        if size <= most_bytes:
            return None
        listed = [_seq(row) for row in rows if _seq(row) <= upto]
        if self.device.area:
            listed = sorted({*listed, *self._moves(since, upto)})
        fitting = int(len(listed) * most_bytes / size * 0.9)
        return listed[max(fitting, 1) - 1] if len(listed) > 1 else None

    def _rows(self, since: int, last: int) -> list[Logged]:
        statement = sa.select(LOG).where(LOG.c.seq > since, LOG.c.seq <= last)
        if self.device.area:
            within = sa.and_(PLACEMENT.c.record == LOG.c.record, scope.within(self.device.area, self.device.id))
            own = LOG.c.device == self.names.number("device", self.device.id) if self._has_written else sa.false()
            statement = statement.where(sa.or_(sa.exists().where(within), own))
        return journal.read(self.connection, self.names, statement.order_by(LOG.c.seq).limit(ROWS_AT_ONCE))

    @property
    def _has_written(self) -> bool:
        """Whether the log knows the device's name: a reading transaction gives it none."""
        return self.names.knows("device", self.device.id)

    def _pack(self, since: int, upto: int, rows: Sequence[Logged], last: int) -> Pulled:
        entered, left = self._moved(since, upto)
        left = list(dict.fromkeys([*left, *self._own_outside(rows)]))
        before = [row for row in self._whole(entered) if _seq(row) <= since]
        echoes = [row for row in rows if self._is_echo(row)]
        whole = sorted([*before, *(row for row in rows if not self._is_echo(row))], key=_seq)
        packed = encode_changes(whole) if whole else b""
        return Pulled(packed, echoes, entered, left, upto, upto < last)

    def _is_echo(self, row: Logged) -> bool:
        return row.change.device == self.device.id and row.change.incarnation == self.incarnation

    def _moves(self, since: int, upto: int) -> list[int]:
        statement = sa.select(SCOPE_MOVE.c.seq).where(SCOPE_MOVE.c.seq > since, SCOPE_MOVE.c.seq <= upto).distinct()
        return list(self.connection.scalars(statement.order_by(SCOPE_MOVE.c.seq)))

    def _moved(self, since: int, upto: int) -> tuple[list[str], list[tuple[str, str]]]:
        """Records whose areas changed in between: (those in the scope now, those out of it with their kinds)."""
        if not self.device.area:
            return [], []
        inside = sa.exists().where(
            PLACEMENT.c.record == SCOPE_MOVE.c.record, scope.within(self.device.area, self.device.id)
        )
        moved = sa.select(SCOPE_MOVE.c.record, SCOPE_MOVE.c.kind, inside.label("inside"))
        told = self.connection.execute(moved.where(SCOPE_MOVE.c.seq > since, SCOPE_MOVE.c.seq <= upto).distinct()).all()
        entered = [row.record for row in told if row.inside]
        left = [(row.kind, row.record) for row in told if not row.inside]
        return entered, left

    def _own_outside(self, rows: Sequence[Logged]) -> list[tuple[str, str]]:
        """Records outside the scope of which the device is told its own changes: it keeps them no longer than that.

        They may have left long ago, and it, or a copy of it, still had something to say about them.
        """
        own = {row.change.record: row.change.kind for row in rows if row.change.device == self.device.id}
        if not self.device.area or not own:
            return []
        placed: set[str] = set()
        inside: set[str] = set()
        for some in journal.chunks(own):
            there = sa.select(PLACEMENT.c.record).where(PLACEMENT.c.record.in_(some))
            placed |= set(self.connection.scalars(there))
            inside |= set(self.connection.scalars(there.where(scope.within(self.device.area, self.device.id))))
        return [(kind, record) for record, kind in own.items() if record in placed - inside]

    def _whole(self, records: Sequence[str]) -> list[Logged]:
        return [row for row in journal.of_records(self.connection, self.names, records) if row.outcome is not None]

    def sums(self) -> tuple[int, int]:
        """(count, sum of digests) of the decided records in the device's scope."""
        if not self.device.area:
            return meta.get_int(self.connection, "decided_count"), meta.get_int(self.connection, "decided_sum")
        count, total = 0, 0
        for table in TABLES.values():
            inside = sa.exists().where(PLACEMENT.c.record == table.c.id, scope.within(self.device.area, self.device.id))
            sums = sa.select(sa.func.count(table.c.digest), sa.func.sum(table.c.digest))
            row = self.connection.execute(sums.where(inside)).one()
            count, total = count + row[0], total + int(row[1] or 0)
        return count, total

    def mark(self, seq: int) -> int:
        """Mark of the change with this number; 0 for none."""
        there = journal.id_at(self.connection, self.names, seq) if seq else None
        return change_mark(there) if there else 0


def _seq(row: Logged) -> int:
    if row.outcome is None:
        raise ValueError("only decided rows have a number")
    return row.outcome.seq
