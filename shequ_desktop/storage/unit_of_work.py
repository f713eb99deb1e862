"""One transaction of one person on this device (工作单元): every save goes through it and leaves its change in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import RETRACTED, Change
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied, touched
from shequ_desktop.storage import apply, journal, meta, rows
from shequ_desktop.storage.ids import IdMaker
from shequ_desktop.storage.names import Names


class NoSuchRecordError(LookupError):
    """A program error, or a command that names a record which is not there."""


@dataclass(frozen=True, slots=True)
class Put:
    """How many records a set-based save made and changed."""

    created: int = 0
    changed: int = 0


@dataclass
class UnitOfWork:
    """`connection` is inside a write transaction. `seen`: newest league number that this device has applied."""

    connection: sa.Connection
    author: str
    now_ms: int
    ids: IdMaker
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.connection)
        self.device = meta.get(self.connection, "device")
        self.incarnation = meta.get_int(self.connection, "incarnation")
        self.seen = meta.get_int(self.connection, "cursor_seq")
        self._first_n = self._next_n = meta.get_int(self.connection, "next_n") or 1

    def new_id(self) -> str:
        return self.ids.new(self.now_ms)

    def create(self, kind: str, fields: Mapping[str, Any], *, record: str = "", seen: int | None = None) -> str:
        """Write a new record and answer its id."""
        record = record or self.new_id()
        self.put(kind, [(record, fields)], seen=seen)
        return record

    def edit(self, kind: str, record: str, fields: Mapping[str, Any], *, seen: int | None = None) -> bool:
        """Change fields of a record. False where nothing differs: then nothing is written.

        `seen`: the league number that was newest when the form was opened; None: now.
        Raises NoSuchRecordError.
        """
        known = self._known(kind, record)
        carried = self._carried(kind, record, known[0], fields, seen)
        if not carried:
            return False
        self._write(kind, [self._change(kind, record, carried, seen, "")], {record: known})
        return True

    def retract(self, kind: str, record: str, *, seen: int | None = None, back: bool = False) -> bool:
        """Mark a record as registered by mistake, or (`back`) bring it back. Raises NoSuchRecordError."""
        known = self._known(kind, record)
        if known[0].retracted is not back:
            return False
        self._write(kind, [self._change(kind, record, {RETRACTED: not back}, seen, "")], {record: known})
        return True

    def affirm(self, kind: str, record: str, fields: Mapping[str, Any]) -> None:
        """Write a change that carries these values whole, also where they are what is shown: a person decided so.

        Raises NoSuchRecordError.
        """
        self._write(kind, [self._change(kind, record, dict(fields), None, "")], {record: self._known(kind, record)})

    def put(
        self, kind: str, wanted: Iterable[tuple[str, Mapping[str, Any]]], *, origin: str = "", seen: int | None = None
    ) -> Put:
        """Write a set of records, new or not, in one go; each may stand in the set once. What does not differ is not written."""
        listed = list(wanted)
        newest = rows.newest_id(self.connection, kind)
        known = rows.read(self.connection, kind, [record for record, _ in listed if record <= newest])
        declared = KINDS[kind]
        changes: list[Change] = []
        created = 0
        for record, fields in listed:
            there = known.get(record)
            if there is None:
                carried = {name: value for name, value in fields.items() if value not in (None, "", [])}
                created += 1
            else:
                carried = touched(declared, there[0].fields, fields)
            if carried or there is None:
                changes.append(self._change(kind, record, carried, seen, origin))
        self._write(kind, changes, known)
        return Put(created, len(changes) - created)

    def close(self) -> None:
        """Write down how far the numbers of this device have come; called before the commit. Nothing given: nothing written."""
        if self._next_n != self._first_n:
            meta.put(self.connection, next_n=self._next_n)

    def _known(self, kind: str, record: str) -> tuple[State, int | None]:
        found = rows.read(self.connection, kind, [record]).get(record)
        if found is None:
            raise NoSuchRecordError(f"{kind} {record}")
        return found

    def _carried(self, kind: str, record: str, shown: State, fields: Mapping[str, Any], seen: int | None) -> dict[str, Any]:
        """What the change carries: what the writer changed of what the form showed, also where newer values have come since.

        Groups stand in it as the writer saw them; a value that the writer left as it was shown is not theirs.
        """
        if seen is None or seen >= shown.seq:
            return touched(KINDS[kind], shown.fields, fields)
        return touched(KINDS[kind], self._as_seen(record, seen), fields)

    def _as_seen(self, record: str, seen: int) -> Mapping[str, Any]:
        state: State | None = None
        for row in journal.of_records(self.connection, self.names, [record]):
            if row.outcome is None or row.outcome.seq <= seen or row.change.device == self.device:
                state = applied(state, row.change, row.outcome)
        return state.fields if state else {}

    def _change(self, kind: str, record: str, fields: Mapping[str, Any], seen: int | None, origin: str) -> Change:
        n, self._next_n = self._next_n, self._next_n + 1
        return Change(
            device=self.device,
            incarnation=self.incarnation,
            n=n,
            kind=kind,
            record=record,
            fields=fields,
            seen=self.seen if seen is None else seen,
            author=self.author,
            time_ms=self.now_ms,
            origin=origin,
        )

    def _write(self, kind: str, changes: list[Change], known: apply.Known) -> None:
        if changes:
            apply.own_changes(self.connection, self.names, kind, changes, known)
