"""Questions as a person reads them (待确认), and answering many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shequ_desktop.domain.fields import Field
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import homes, questions
from shequ_desktop.services.values import read_value
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record

_PHONE = ("resident", "phone")
"""A doubtful telephone is asked of the person, and answered by a telephone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question. `who`: whom it is about. `stands`: what the archive holds now, as it is kept.

    `can_take`: whether the paper's value can be written as it stands.
    """

    id: str
    kind: str
    record: str
    resident: str
    household: str
    who: str
    field: str
    reason: str
    paper: str
    stands: Any
    can_take: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One answer, and what stood before it: `before` of the field, or the telephones `added` by it."""

    question: str
    kind: str
    record: str
    field: str
    before: Any
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, and why others could not be."""

    done: tuple[Done, ...]
    problems: tuple[Problem, ...] = ()


def field_of(kind: str, name: str) -> Field | None:
    """The field that a question asks about: of the record itself, or the number of one of the person's telephones."""
    if (kind, name) == _PHONE:
        return KINDS["phone"].by_name["number"]
    return KINDS[kind].by_name.get(name) if kind in KINDS else None


def asked(archive: Archive, *, today: date) -> list[Asked]:
    """Every open question, those about one record together."""
    waiting = questions.open_questions(archive)
    with archive.read() as reader:
        about = _about(reader, waiting)
        people = {one.fields.get("resident", one.id) for one in about.values() if one.kind != "household"}
        names = {record: str(one.fields.get("name", "")) for record, one in reader.records("resident", people).items()}
        lives_in = homes.of_residents(reader, people)
        houses = {one.id for one in about.values() if one.kind == "household"}
        heads = {home: str(head.fields.get("name", "")) for home, head in homes.heads(reader, houses).items()}
    return [_asked(one, about.get(str(one.fields.get("about"))), names, lives_in, heads, today) for one in waiting]


def _about(reader: Reader, waiting: Iterable[Record]) -> dict[str, Record]:
    wanted: dict[str, set[str]] = {}
    for one in waiting:
        kind = str(one.fields.get("about_kind", ""))
        if kind in KINDS:
            wanted.setdefault(kind, set()).add(str(one.fields.get("about", "")))
    found: dict[str, Record] = {}
    for kind, records in wanted.items():
        found.update(reader.records(kind, records))
    return found


def _asked(
    question: Record,
    about: Record | None,
    names: dict[str, str],
    lives_in: dict[str, str],
    heads: dict[str, str],
    today: date,
) -> Asked:
    kind, record = str(question.fields.get("about_kind", "")), str(question.fields.get("about", ""))
    resident = "" if kind == "household" else str(about.fields.get("resident", record)) if about else record
    household = record if kind == "household" else lives_in.get(resident, "")
    name, paper = str(question.fields.get("field", "")), str(question.fields.get("paper_value", ""))
    field = field_of(kind, name)
    takes = field is not None and about is not None and not isinstance(read_value(field, paper, today=today), Problem)
    return Asked(
        question.id,
        kind,
        record,
        resident,
        household,
        heads.get(record, "") if kind == "household" else names.get(resident, ""),
        name,
        str(question.fields.get("reason", "")),
        paper,
        about.fields.get(name) if about else None,
        takes,
    )


def take_all(archive: Archive, *, chosen: Iterable[str], today: date) -> Answered:
    """Write the paper's value for each of these questions."""
    return _each(archive, chosen, lambda one: questions.take(archive, question=one, today=today))


def keep_all(archive: Archive, *, chosen: Iterable[str], today: date) -> Answered:
    """Leave the archive as it is for each of these questions."""
    return _each(archive, chosen, lambda one: questions.keep(archive, question=one, today=today))


def write_one(archive: Archive, *, chosen: Iterable[str], today: date, value: str) -> Answered | Problem:
    """Write another value for the one question that is chosen."""
    answered = _each(archive, chosen, lambda one: questions.take(archive, question=one, today=today, value=value))
    return answered if answered.done else answered.problems[0]


def open_again(archive: Archive, *, answered: Iterable[Done]) -> None:
    """Take answers back: what stood before stands again, where nobody has written since, and the question is open."""
    with archive.write() as work:
        for one in answered:
            for phone in one.added:
                work.retract("phone", phone)
            if one.field in KINDS[one.kind].by_name:
                work.edit(one.kind, one.record, {one.field: one.before})
            work.edit("question", one.question, {"answer": None, "answered_on": None})


def _each(archive: Archive, chosen: Iterable[str], answer: Callable[[str], Problem | None]) -> Answered:
    done: list[Done] = []
    problems: list[Problem] = []
    for one in chosen:
        before = _standing(archive, one)
        problem = answer(one)
        if problem is not None:
            problems.append(problem)
        elif before is not None:
            now = _standing(archive, one)
            added = set(now.added) - set(before.added) if now else set()
            done.append(replace(before, added=tuple(added)))
    return Answered(tuple(done), tuple(problems))


def _standing(archive: Archive, question: str) -> Done | None:
    """What stands where the question asks; `added`: the person's telephones."""
    with archive.read() as reader:
        asked_now = reader.record("question", question)
        if asked_now is None:
            return None
        kind, record, field = (str(asked_now.fields.get(name, "")) for name in ("about_kind", "about", "field"))
        about = reader.record(kind, record) if kind in KINDS else None
        phones = reader.where("phone", resident=record) if (kind, field) == _PHONE else []
    return Done(question, kind, record, field, about.fields.get(field) if about else None, tuple(one.id for one in phones))
