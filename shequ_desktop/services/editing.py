"""Forms of records (登记和修改): what a form shows when it opens, its saving with all rules, and taking a save back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shequ_desktop.domain import yes_no
from shequ_desktop.domain.fields import Field, Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import records
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id

Problems = list[Problem]


@dataclass(frozen=True, slots=True)
class Saved:
    """One save, with what it takes to take it back. `before`: values as they were; None: there was none."""

    kind: str
    record: str
    created: bool
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as a form shows it: texts, and how far the archive had been read."""

    kind: str
    record: str
    typed: Mapping[str, str]
    seen: int


def open_form(archive: Archive, *, kind: str, record: str) -> Opened | Problem:
    """The record as texts, such as a person would type them."""
    with archive.read() as reader:
        there = reader.record(kind, record) if is_id(record) else None
        if there is None:
            return Problem("no_such_record", values=(("kind", kind), ("record", record)))
        return Opened(kind, record, typed_values(kind, there.fields), reader.seen)


def typed_values(kind: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """{field: its value as typed}; every field of the kind, empty where it has none."""
    return {field.name: as_typed(field, fields.get(field.name)) for field in KINDS[kind].fields}


def as_typed(field: Field, value: Any) -> str:
    """A value as somebody would type it, so that reading it gives the same value again."""
    if value in (None, "", []):
        return ""
    if field.type is Type.CODES:
        return "、".join(value)
    if field.type is Type.YES_NO:
        return yes_no.in_words(bool(value))
    return str(value)


def changed(before: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What differs from what the form showed when it opened."""
    return {name: text for name, text in typed.items() if text.strip() != before.get(name, "").strip()}


def save(
    archive: Archive, *, kind: str, record: str = "", typed: Mapping[str, str], today: date, seen: int | None = None
) -> Saved | Problems:
    """Save a new record, or what was changed of an old one. Problems name their field."""
    if not record:
        made = records.add(archive, kind=kind, typed=typed, today=today)
        return made if isinstance(made, list) else Saved(kind, made, True, {})
    with archive.read() as reader:
        there = reader.record(kind, record) if is_id(record) else None
    wrong = records.edit(archive, kind=kind, record=record, typed=typed, today=today, seen=seen)
    if isinstance(wrong, list):
        return wrong
    known = there.fields if there else {}
    return Saved(kind, record, False, {name: known.get(name) for name in typed})


def retract(archive: Archive, *, kind: str, record: str) -> Saved | Problems:
    """Mark a record as registered by mistake; taking this back brings it to life again."""
    gone = records.retract(archive, kind=kind, record=record)
    return gone if isinstance(gone, list) else Saved(kind, record, False, {"retracted": False})


def undo(archive: Archive, *, saved: Iterable[Saved]) -> None:
    """Take saves back: what was made is marked as a mistake, what was changed gets its values again."""
    with archive.write() as work:
        for one in saved:
            if one.created:
                work.retract(one.kind, one.record)
            elif "retracted" in one.before:
                work.retract(one.kind, one.record, back=True)
            else:
                work.edit(one.kind, one.record, one.before)


def of_kind(kind: str, problems: Iterable[Problem]) -> Problems:
    """Problems of a form with fields of several kinds: each field named with its kind."""
    return [replace(one, field=f"{kind}.{one.field}") if one.field else one for one in problems]
