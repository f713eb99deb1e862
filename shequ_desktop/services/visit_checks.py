"""What of a visit's draft is wrong, and what it still lacks before it can be finished (走访检查). Reads no archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.fields import Kind
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.values import read_value

HOME = "home"
NEEDED: Mapping[str, tuple[str, ...]] = {"visit": ("visited_on", "outcome"), "follow_up": ("promised", "due_on")}
"""What a visit cannot be finished without. A page that nobody wrote on lacks nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`page`: HOME or the id of a care record. `row`: place of the promise, -1 elsewhere. `later`: only lacking so far."""

    page: str
    field: str
    problem: Problem
    later: bool = False
    row: int = -1


def faults(content: Mapping[str, Any], *, today: date) -> tuple[Fault, ...]:
    """Every fault of a draft's content, in the order of the form."""
    found = [*_faults("visit", content.get("visit", {}), HOME, today)]
    for row, promise in enumerate(content.get("promises", ())):
        found += _faults("follow_up", promise, HOME, today, row)
    for note in content.get("notes", ()):
        found += _faults("visit_note", note, str(note.get("care_record", "")), today)
    return tuple(found)


def is_written(note: Mapping[str, Any]) -> bool:
    """Whether something stands on the page of a care record."""
    return any(text for name, text in note.items() if name not in ("care_record", "id", "visit"))


def _faults(kind: str, typed: Mapping[str, Any], page: str, today: date, row: int = -1) -> Iterator[Fault]:
    declared: Kind = KINDS[kind]
    for name, text in typed.items():
        field = declared.by_name.get(name)
        if field is None or name in declared.parents or name == "care_record":
            continue
        value = read_value(field, str(text), today=today)
        if isinstance(value, Problem):
            yield Fault(page, name, value, row=row)
    for name in NEEDED.get(kind, ()):
        if not str(typed.get(name, "")).strip():
            yield Fault(page, name, Problem("needed", name, (("term", declared.by_name[name].term),)), later=True, row=row)
