"""A doubtful value from paper as a person decides about it (答复待确认): both values, the answer, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import deciding, questions
from shequ_desktop.services.editing import Saved
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id


@dataclass(frozen=True, slots=True)
class Asked:
    """`ours`: the archive's value; `paper`: as the list had it. `can_take`: a value can be written at all.

    Where somebody belongs is no field of theirs: that is put right in the household, and the question is then closed.
    """

    id: str
    kind: str
    record: str
    name: str
    field: str
    ours: Any
    paper: str
    reason: str
    can_take: bool


def asked(archive: Archive, *, question: str) -> Asked | Problem:
    """The question with what the archive says now."""
    with archive.read() as reader:
        there = reader.record("question", question) if is_id(question) else None
        if there is None or there.retracted or there.fields.get("answer"):
            return Problem("no_such_record", values=(("kind", "question"), ("record", question)))
        kind, record = there.fields.get("about_kind", ""), there.fields.get("about", "")
        about = reader.record(kind, record) if kind in KINDS else None
        name = deciding.names(reader, [(kind, record)]).get((kind, record), "") if kind in KINDS else ""
    field = there.fields.get("field", "")
    known = kind in KINDS and field in KINDS[kind].by_name
    return Asked(
        question,
        kind,
        record,
        name,
        field,
        about.fields.get(field) if about else None,
        there.fields.get("paper_value", ""),
        there.fields.get("reason", ""),
        known and about is not None,
    )


def answer(archive: Archive, *, question: str, today: date, value: str | None) -> list[Saved] | Problem:
    """Keep the archive's value (None), take the paper's (an empty text), or write another. Answers what takes it back."""
    before = asked(archive, question=question)
    if isinstance(before, Problem):
        return before
    if value is None:
        wrong = questions.keep(archive, question=question, today=today)
    else:
        wrong = questions.take(archive, question=question, today=today, value=value)
    if wrong is not None:
        return wrong
    back = [Saved("question", question, False, {"answer": None, "answered_on": None})]
    if value is not None:
        back.append(Saved(before.kind, before.record, False, {before.field: before.ours}))
    return back
