"""Doubtful values from paper that wait for a person (待确认), and their answers."""

from __future__ import annotations

from datetime import date

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.values import read_value
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record

TAKEN, KEPT, CORRECTED = "taken", "kept", "corrected"
"""Answers: the paper's value was taken, the archive's was kept, or another was written."""


def open_questions(archive: Archive) -> list[Record]:
    """Questions without an answer, by what they are about."""
    with archive.read() as reader:
        waiting = [record for record in reader.all("question") if not record.fields.get("answer")]
    return sorted(waiting, key=lambda record: (record.fields.get("about", ""), record.fields.get("field", ""), record.id))


def keep(archive: Archive, *, question: str, today: date) -> Problem | None:
    """The archive is right: nothing changes but the question."""
    return _answer(archive, question, None, KEPT, today)


def take(archive: Archive, *, question: str, today: date, value: str = "") -> Problem | None:
    """Write the paper's value, or the one given instead, with all rules; the question is answered in the same save."""
    return _answer(archive, question, value, CORRECTED if value else TAKEN, today)


def _answer(archive: Archive, question: str, value: str | None, answer: str, today: date) -> Problem | None:
    with archive.write() as work:
        asked = Reader(work.connection).record("question", question)
        if asked is None or asked.retracted:
            return Problem("no_such_record", values=(("kind", "question"), ("record", question)))
        if value is not None:
            kind, name = asked.fields.get("about_kind", ""), asked.fields.get("field", "")
            field = KINDS[kind].by_name.get(name) if kind in KINDS else None
            if field is None:
                return Problem("no_such_field", name, (("name", name), ("kind", kind)))
            read = read_value(field, value or asked.fields.get("paper_value", ""), today=today)
            if isinstance(read, Problem):
                return read
            work.edit(kind, asked.fields["about"], {name: read})
        work.edit("question", question, {"answer": answer, "answered_on": today.isoformat()})
    return None
