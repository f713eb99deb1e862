"""Saving and reading single records with all rules (登记、修改、撤回、查看)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shequ_desktop.domain.care_records import CARE_RECORD
from shequ_desktop.domain.fields import Kind, Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import in_force
from shequ_desktop.services.values import missing, read_typed
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id
from shequ_desktop.storage.reading import Reader, Record
from shequ_desktop.storage.unit_of_work import UnitOfWork

Problems = list[Problem]


def add(archive: Archive, *, kind: str, typed: Mapping[str, str], today: date) -> str | Problems:
    """A new record from what was typed; answers its id."""
    declared = _declared(kind)
    if isinstance(declared, list):
        return declared
    values = read_typed(declared, typed, today=today)
    if isinstance(values, list):
        return values
    if declared is CARE_RECORD:
        values.setdefault("opened_on", today.isoformat())
    lacking = missing(declared, values)
    if lacking:
        return lacking
    with archive.write() as work:
        wrong = _dangling(work, declared, values)
        if wrong:
            return wrong
        return work.create(kind, values)


def edit(
    archive: Archive, *, kind: str, record: str, typed: Mapping[str, str], today: date, seen: int | None = None
) -> bool | Problems:
    """Change fields of a record as typed; False where nothing differs. `seen`: see `UnitOfWork.edit`."""
    declared = _declared(kind)
    if isinstance(declared, list):
        return declared
    values = read_typed(declared, typed, today=today)
    if isinstance(values, list):
        return values
    needed = [
        Problem("needed", name, (("term", declared.by_name[name].term),))
        for name in declared.required
        if name in values and not values[name]
    ]
    if needed:
        return needed
    with archive.write() as work:
        if seen is not None and seen > work.seen:
            return [Problem("seen_not_reached", values=(("seen", seen), ("newest", work.seen)))]
        wrong = _there(work, kind, record) or _dangling(work, declared, values)
        if wrong:
            return wrong
        return work.edit(kind, record, values, seen=seen)


def retract(archive: Archive, *, kind: str, record: str) -> bool | Problems:
    """Mark a record as registered by mistake. What was written in it stays in its history."""
    declared = _declared(kind)
    if isinstance(declared, list):
        return declared
    with archive.write() as work:
        return _there(work, kind, record) or work.retract(kind, record)


def get(archive: Archive, *, kind: str, record: str) -> Record | Problem:
    """One record as shown, with what is worked out from it."""
    if kind not in KINDS:
        return Problem("no_such_kind", values=(("kind", kind),))
    with archive.read() as reader:
        found = reader.record(kind, record) if is_id(record) else None
    if found is None:
        return Problem("no_such_record", values=(("kind", kind), ("record", record)))
    return Record(kind, record, shown_fields(kind, found.fields), found.retracted, found.seq)


def shown_fields(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as people and exports see them: with the values in force."""
    return {**fields, **in_force(fields)} if kind == "resident" else dict(fields)


def _declared(kind: str) -> Kind | Problems:
    return KINDS.get(kind) or [Problem("no_such_kind", values=(("kind", kind),))]


def _there(work: UnitOfWork, kind: str, record: str) -> Problems:
    if is_id(record) and Reader(work.connection).record(kind, record):
        return []
    return [Problem("no_such_record", values=(("kind", kind), ("record", record)))]


def _dangling(work: UnitOfWork, declared: Kind, values: Mapping[str, Any]) -> Problems:
    """A person's save may not point to nothing; what arrives from elsewhere may, until its parent arrives."""
    reader, wrong = Reader(work.connection), []
    for name, value in values.items():
        field = declared.by_name[name]
        if value and field.type is Type.REF and field.codes != "*" and reader.record(field.codes, value) is None:
            wrong.append(Problem("no_such_record", name, (("kind", field.codes), ("record", value))))
    return wrong
