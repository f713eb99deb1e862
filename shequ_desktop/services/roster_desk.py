"""The desk on which a list is worked through (案头): what is to be saved, what is to be asked, what would then stand.

Owns the three-way rule: the cell now, what it said last time, the archive. Writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.questions import question_id
from shequ_desktop.services.questions import CORRECTED
from shequ_desktop.services.roster_known import Known
from shequ_desktop.services.roster_matching import Person
from shequ_desktop.services.roster_values import SILENT, Told, says_same, told

ORIGIN = "roster"
DIFFERS, LATER, RETRACTED = "differs_from_archive", "later_known", "retracted_since"
"""Reasons of a question: the archive says otherwise; it knows something of a later day; the record was retracted."""

AREA_UNKNOWN = "area_unknown"


@dataclass(frozen=True, slots=True)
class Ask:
    """A doubtful value of a row. `record`: what it is about."""

    person: Person
    kind: str
    record: str
    field: str
    value: str
    reason: str


class Desk:
    """`wanted`: kind -> record -> fields to be saved."""

    def __init__(self, known: Known, *, as_of: date, today: date, new_id: Callable[[], str], before: Desk | None = None) -> None:
        """`before`: the desk of the list before in the same file; what is saved and would stand is one."""
        self.known, self.as_of, self.today, self.new_id = known, as_of, today, new_id
        self.wanted: dict[str, dict[str, dict[str, Any]]] = before.wanted if before else {}
        self.asks: list[Ask] = []
        self._now: dict[str, dict[str, Any]] = before._now if before else {}

    def now(self, record: str) -> Mapping[str, Any]:
        """Fields of a record as they will stand."""
        return self._now.get(record) or self.known.shown(record)

    def create(self, kind: str, record: str, fields: dict[str, Any]) -> None:
        self.wanted.setdefault(kind, {})[record] = fields
        self._now[record] = fields

    def save(self, kind: str, record: str, fields: Mapping[str, Any]) -> None:
        """Change fields of a record, new or known."""
        if record not in self._now:
            self._now[record] = dict(self.known.shown(record))
        self._now[record].update(fields)
        wanted = self.wanted.setdefault(kind, {}).setdefault(record, {})
        if wanted is not self._now[record]:
            wanted.update(fields)

    def ask(self, person: Person, kind: str, record: str, field: str, value: str, reason: str) -> None:
        self.asks.append(Ask(person, kind, record, field, value, reason))

    def old(self, person: Person, target: str, label: str) -> Told | None:
        """What the cell said last time; None for a row that was never taken in."""
        if person.was is None:
            return None
        text = person.was.cells.get(target, "")
        return told(target, text, label, self.today) if text else SILENT

    def settle(self, person: Person, kind: str, record: str, target: str, said: Told, *, label: str, text: str) -> None:
        """The three-way rule for one cell that is new or has changed."""
        now, old = self.now(record), self.old(person, target, label)
        names = [name for name, value in said.fields.items() if value is not None]
        field = names[0] if names else target.partition(".")[2]
        if not said.fields:
            return
        if says_same(target, said, now):
            self.close(person, record, field, target)
        elif self.is_later(person, record, names):
            self.ask(person, kind, record, field, text, LATER)
        elif not any(now.get(name) for name in names) or self._still_stands(target, old, now):
            self.save(kind, record, _united(target, said, old, now))
            self.close(person, record, field, target)
        else:
            self.ask(person, kind, record, field, text, DIFFERS)

    def take_away(self, person: Person, kind: str, record: str, target: str, *, label: str) -> None:
        """A cell that said something last time and is empty now."""
        now, old = self.now(record), self.old(person, target, label)
        if old and old.fields and says_same(target, old, now) and not self.is_later(person, record, old.fields):
            self.save(kind, record, _united(target, Told(dict.fromkeys(old.fields)), old, now))

    def _still_stands(self, target: str, old: Told | None, now: Mapping[str, Any]) -> bool:
        if target == "resident.subsidies":
            return True  # what a list adds to a set contradicts nothing
        return bool(old and old.fields) and old is not None and says_same(target, old, now)

    def is_later(self, person: Person, record: str, names: Iterable[str]) -> bool:
        """Whether the archive holds something recorded for a day after the one that the list describes."""
        if person.was and person.was.as_of > self.as_of.isoformat():
            return True
        if self.as_of >= self.today or not self.known.shown(record):
            return False
        day = self.known.day_of(record, names)
        return day is not None and day > self.as_of

    def close(self, person: Person, record: str, field: str, target: str) -> None:
        """Answer what was asked about the cell's old text, now that it was corrected."""
        before = person.was.cells.get(target) if person.was else None
        if before and before != person.row.cells.get(target):
            self.answer(record, field, before)

    def answer(self, record: str, field: str, value: str) -> None:
        """Answer the question about this value, if it is asked and open."""
        question = question_id(record, field, value)
        if self.known.questions.get(question):
            self.save("question", question, {"answer": CORRECTED, "answered_on": self.today.isoformat()})

    def questions(self) -> None:
        """Put what is asked among what is saved. The same question twice is one."""
        for ask in self.asks:
            question = question_id(ask.record, ask.field, ask.value)
            if question not in self.known.questions:
                fields = {"about_kind": ask.kind, "about": ask.record, "field": ask.field, "reason": ask.reason}
                self.wanted.setdefault("question", {})[question] = {**fields, "paper_value": ask.value}


def _united(target: str, said: Told, old: Told | None, now: Mapping[str, Any]) -> Mapping[str, Any]:
    """Subsidies: what the list named and names no longer goes, what it names comes, what others wrote stays."""
    if target != "resident.subsidies":
        return said.fields
    before = set(old.fields.get("subsidies") or ()) if old else set()
    return {"subsidies": sorted(set(now.get("subsidies") or ()) - before | set(said.fields["subsidies"] or ()))}
