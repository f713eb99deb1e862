"""Doubtful values from paper that wait for a person (待确认), and their answers."""

from __future__ import annotations

from datetime import date

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import PHONE
from shequ_desktop.services.values import read_value
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record
from shequ_desktop.storage.unit_of_work import UnitOfWork

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
            problem = _write(work, asked, value or asked.fields.get("paper_value", ""), today)
            if problem:
                return problem
        work.edit("question", question, {"answer": answer, "answered_on": today.isoformat()})
    return None


def _write(work: UnitOfWork, asked: Record, text: str, today: date) -> Problem | None:
    """Write what was answered into the record that the question is about."""
    kind, name, about = (asked.fields.get(part, "") for part in ("about_kind", "field", "about"))
    if (kind, name) == ("resident", "phone"):
        return _add_phone(work, about, text, today)
    field = KINDS[kind].by_name.get(name) if kind in KINDS else None
    if field is None:  # where somebody lives, or why they are in care, is not one value of one record
        return Problem("answer_in_record", name)
    read = read_value(field, text, today=today)
    if isinstance(read, Problem):
        return read
    work.edit(kind, about, {name: read})
    return None


def _add_phone(work: UnitOfWork, resident: str, text: str, today: date) -> Problem | None:
    number = read_value(PHONE.by_name["number"], text, today=today)
    if isinstance(number, Problem):
        return number
    if not any(phone.fields.get("number") == number for phone in Reader(work.connection).where("phone", resident=resident)):
        work.create("phone", {"resident": resident, "number": number})
    return None
