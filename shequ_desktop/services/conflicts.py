"""Conflicts (冲突): what two people wrote without seeing each other's. Listed from the log; deciding is an ordinary save."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Conflict, Logged
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.values import read_typed
from shequ_desktop.storage import journal
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.reading import Reader
from shequ_desktop.sync.conflicts import conflicts_of

_NOTHING: tuple[Any, ...] = (None, "", [])


def conflicts(archive: Archive, *, every: bool = False) -> list[Conflict]:
    """What waits for a person; `every`: also what was decided, and values that a later one superseded unseen."""
    with archive.read() as reader:
        return listed(reader, every=every)


def listed(reader: Reader, *, every: bool = False) -> list[Conflict]:
    """The same inside a reading transaction, oldest first."""
    contested = journal.contested(reader.connection, Names(reader.connection))
    rows: defaultdict[str, list[Logged]] = defaultdict(list)
    for row in reader.log_of(record for _, record in contested):
        rows[row.change.record].append(row)
    found = [conflict for kind, record in contested for conflict in conflicts_of(rows[record], KINDS.get(kind))]
    return sorted((one for one in found if every or _waits(one, rows)), key=lambda one: (one.sides[0].seq, one.id))


def _waits(conflict: Conflict, rows: Mapping[str, list[Logged]]) -> bool:
    """Open, and not decided here by a save that has yet to reach the league."""
    if not conflict.open:
        return False
    newest = max(side.seq for side in conflict.sides)
    names = {RETRACTED} if conflict.group == RETRACTED else set(conflict.sides[0].fields)
    own = (row.change for row in rows[conflict.record] if row.outcome is None)
    return not any(change.seen >= newest and names & set(change.fields) for change in own)


def count_open(reader: Reader) -> int:
    """How many conflicts wait for a person."""
    return len(listed(reader))


def decide(
    archive: Archive, *, conflict: str, today: date, take: int | None = None, typed: Mapping[str, str] | None = None
) -> Conflict | list[Problem]:
    """Decide for side `take`, or for values as typed. A decided or superseded one may be decided again."""
    found = next((one for one in conflicts(archive, every=True) if one.id == conflict), None)
    if found is None:
        return [Problem("no_such_conflict", values=(("conflict", conflict),))]
    values = _taken(found, take) if take is not None else _typed(found, typed or {}, today)
    if isinstance(values, list):
        return values
    with archive.write() as work:
        work.affirm(found.kind, found.record, values)
    return found


def _taken(conflict: Conflict, n: int) -> dict[str, Any] | list[Problem]:
    side = next((side for side in conflict.sides if side.n == n), None)
    if side is None:
        return [Problem("no_such_side", values=(("n", str(n)), ("sides", str(len(conflict.sides)))))]
    return {name: None if value in _NOTHING else value for name, value in side.fields.items()}


def _typed(conflict: Conflict, typed: Mapping[str, str], today: date) -> dict[str, Any] | list[Problem]:
    """The group as it stands, with what was typed over it: a group is always said whole."""
    kind = KINDS.get(conflict.kind)
    members = {field.name for field in kind.groups.get(conflict.group, ())} if kind else set()
    strangers = [name for name in typed if name not in members]
    if kind is None or not typed or strangers:
        fields = ", ".join(sorted(members)) or conflict.group
        return [Problem("field_of_other_group", values=(("fields", fields),))]
    values = read_typed(kind, typed, today=today)
    if isinstance(values, list):
        return values
    stands = next((side for side in conflict.sides if side.stands), conflict.sides[0])
    whole = {**stands.fields, **values}
    return {name: None if value in _NOTHING else value for name, value in whole.items()}


def as_document(conflict: Conflict) -> dict[str, Any]:
    """The conflict for another program."""
    from shequ_desktop.services.histories import iso_time

    sides = [
        {"n": side.n, "fields": _present(side.fields), "user": side.user, "device": side.device, "time": iso_time(side.time_ms)}
        | ({"stands": True} if side.stands else {})
        for side in conflict.sides
    ]
    told = {"id": conflict.id, "kind": conflict.kind, "record": conflict.record, "group": conflict.group}
    return told | {"open": conflict.open, "policy": conflict.policy, "base": _present(conflict.base), "sides": sides}


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in _NOTHING}
