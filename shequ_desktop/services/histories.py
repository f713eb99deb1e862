"""History (历史) of a record: every value that was ever saved, who, when, on which device, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from shequ_desktop.domain.changes import Logged
from shequ_desktop.domain.identity import derived_from
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import TOLD_AS
from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id
from shequ_desktop.sync.conflicts import Past, history_of

NUMBER = "id_number"

_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_799_000
"""What a calendar can show: years 1 to 9999."""


def history(archive: Archive, *, kind: str, record: str, field: str = "") -> list[dict[str, Any]] | Problem:
    """All values of a record, or of one field, oldest first. Values of one save that fared alike stand together."""
    if kind not in KINDS:
        return Problem("no_such_kind", values=(("kind", kind),))
    with archive.read() as reader:
        rows = [row for row in reader.log_of([record]) if row.change.kind == kind] if is_id(record) else []
        offset = meta.get_int(reader.connection, "clock_offset")
    if not rows:
        return Problem("no_such_record", values=(("kind", kind), ("record", record)))
    touched = {name for row in rows for name in row.change.fields}
    if field and field not in touched | KINDS[kind].by_name.keys() | _derived(kind):
        return Problem("no_such_field", values=(("kind", kind), ("name", field)))
    names = [field] if field else sorted(touched)
    told = {(past.id, name): past for name in names for past in _past(rows, name, derived=name in _derived(kind))}
    return [entry for row in rows for entry in _entries(row, names, told, offset)]


def _derived(kind: str) -> frozenset[str]:
    """Names under which a person sees what is worked out."""
    return frozenset(TOLD_AS) if kind == "resident" else frozenset()


def _past(rows: Sequence[Logged], name: str, *, derived: bool) -> list[Past]:
    """Values of a field; of one that is worked out: each that was told for it, and each that an ID number gave."""
    if not derived:
        return history_of(rows, name)
    told = {past.id: past for past in history_of(rows, TOLD_AS[name])}
    for past in history_of(rows, NUMBER):
        given = derived_from(past.value).get(name)
        if given:
            told[past.id] = replace(past, value=given)
    return list(told.values())


def _entries(
    row: Logged, names: list[str], told: dict[tuple[tuple[str, int, int], str], Past], offset: int
) -> list[dict[str, Any]]:
    """What one save said, by what became of it."""
    change = row.change
    fared: dict[str, dict[str, Any]] = {}
    for name in names:
        past = told.get((change.id, name))
        if past is not None:
            fared.setdefault(past.became, {})[name] = past.value
    time_ms = row.outcome.fair_ms if row.outcome else change.time_ms + offset
    common = {"kind": change.kind, "record": change.record, "user": change.author, "device": change.device}
    common |= {"time": iso_time(time_ms), "origin": change.origin}
    numbered = {"seq": row.outcome.seq} if row.outcome else {}
    return [{**common, **numbered, "became": became, "fields": fields} for became, fields in fared.items()]


def iso_time(time_ms: int) -> str:
    """ISO 8601 in UTC, whatever a clock said."""
    return datetime.fromtimestamp(min(max(time_ms, _FIRST_MS), _LAST_MS) / 1000, UTC).isoformat(timespec="milliseconds")
