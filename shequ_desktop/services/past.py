"""What was ever written of one household or person (历史), as lines, the newest first; and going back to a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import deciding, histories
from shequ_desktop.services.editing import Saved
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader

UNSENT, STANDS, SUPERSEDED = "unsent", "stands", "superseded"


@dataclass(frozen=True, slots=True)
class PastLine:
    """One value of one field. `became`: stands, superseded, superseded_unseen, waits, unsent, retracted. `name`: whose.

    `in_force`: it is what the archive says now.
    """

    kind: str
    record: str
    field: str
    value: Any
    user: str
    at: datetime
    became: str
    origin: str
    name: str
    in_force: bool = False

    @property
    def id(self) -> str:
        return f"{self.record} {self.field} {self.at.isoformat()} {self.became}"


def of_household(archive: Archive, *, record: str) -> list[PastLine]:
    """Of the household and who belonged to it."""
    with archive.read() as reader:
        members = [("membership", one.id) for one in reader.where("membership", household=record)]
    return of_records(archive, [("household", record), *members])


def of_resident(archive: Archive, *, record: str) -> list[PastLine]:
    """Of the resident, their telephones, memberships and care records."""
    with archive.read() as reader:
        about = [(kind, one.id) for kind in ("phone", "membership", "care_record") for one in reader.where(kind, resident=record)]
    return of_records(archive, [("resident", record), *about])


def of_care(archive: Archive, *, record: str) -> list[PastLine]:
    """Of one care record."""
    return of_records(archive, [("care_record", record)])


def of_records(archive: Archive, about: Iterable[tuple[str, str]]) -> list[PastLine]:
    """All values of these records. A value that a save only carried along with its group is told once."""
    wanted = list(about)
    with archive.read() as reader:
        named = deciding.names(reader, wanted)
        now = {(kind, record): reader.record(kind, record) for kind, record in wanted}
    lines: list[PastLine] = []
    for kind, record in wanted:
        told = histories.history(archive, kind=kind, record=record)
        if not isinstance(told, Problem):
            there = now[kind, record]
            lines += _as_now(_lines(kind, record, told, named.get((kind, record), "")), there.fields if there else {})
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _as_now(lines: list[PastLine], fields: Mapping[str, Any]) -> list[PastLine]:
    """With what is in force marked: the newest line of a field that says what the archive says. What is older was changed."""
    marked: list[PastLine] = []
    found: set[str] = set()
    for line in reversed(lines):
        in_force = line.field not in found and (line.value or None) == (fields.get(line.field) or None)
        if in_force:
            found.add(line.field)
        later = line.became in (UNSENT, STANDS) and not in_force
        marked.append(replace(line, in_force=in_force, became=SUPERSEDED if later else line.became))
    return marked[::-1]


def _lines(kind: str, record: str, told: list[dict[str, Any]], name: str) -> list[PastLine]:
    last: dict[str, PastLine] = {}
    lines: list[PastLine] = []
    for entry in told:
        for field, value in entry["fields"].items():
            declared = KINDS[kind].by_name.get(field)
            if declared is None or declared.type is Type.REF:  # whose it is stands beside each line
                continue
            at = datetime.fromisoformat(entry["time"])
            line = PastLine(kind, record, field, value, entry["user"], at, entry["became"], entry["origin"], name)
            before = last.get(field)
            if before is not None and before.value == value:
                kept = PastLine(kind, record, field, value, before.user, before.at, line.became, before.origin, name)
                lines[lines.index(before)] = last[field] = kept
            elif before is not None or value not in (None, "", []):
                lines.append(line)
                last[field] = line
    return lines


def restore(archive: Archive, *, line: PastLine) -> Saved | Problem:
    """Write the value again: an ordinary save, in the log like any other."""
    with archive.write() as work:
        there = Reader(work.connection).record(line.kind, line.record)
        if there is None:
            return Problem("no_such_record", values=(("kind", line.kind), ("record", line.record)))
        work.edit(line.kind, line.record, {line.field: line.value})
    return Saved(line.kind, line.record, False, {line.field: there.fields.get(line.field)})
