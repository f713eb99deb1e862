"""Questions as a person reads them (待确认), and answering many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.fields import Field
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import editing, homes, question_view, questions
from shequ_desktop.services.editing import Saved
from shequ_desktop.services.values import read_value
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record


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
class Answered:
    """`done`: what takes each answer back; `problems`: why others could not be given."""

    done: tuple[tuple[Saved, ...], ...]
    problems: tuple[Problem, ...] = ()


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
    field = KINDS[kind].by_name.get(name) if kind in KINDS else None
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


def field_of(kind: str, name: str) -> Field | None:
    """The declared field that a question is about; None where it is about none, such as where somebody lives."""
    return KINDS[kind].by_name.get(name) if kind in KINDS else None


def take_all(archive: Archive, *, chosen: Iterable[str], today: date) -> Answered:
    """Write the paper's value for each of these questions."""
    return _each(lambda one: question_view.answer(archive, question=one, today=today, value=""), chosen)


def keep_all(archive: Archive, *, chosen: Iterable[str], today: date) -> Answered:
    """Leave the archive as it is for each of these questions."""
    return _each(lambda one: question_view.answer(archive, question=one, today=today, value=None), chosen)


def write_one(archive: Archive, *, chosen: Iterable[str], today: date, value: str) -> Answered | Problem:
    """Write another value than the paper's, for the one question that is chosen."""
    answered = _each(lambda one: question_view.answer(archive, question=one, today=today, value=value), chosen)
    return answered.problems[0] if answered.problems else answered


def open_again(archive: Archive, *, answered: Iterable[Sequence[Saved]]) -> None:
    """Take answers back: the questions wait again, and what they wrote goes."""
    editing.undo(archive, saved=[one for saved in answered for one in saved])


def _each(answer: Callable[[str], list[Saved] | Problem], chosen: Iterable[str]) -> Answered:
    done: list[tuple[Saved, ...]] = []
    problems: list[Problem] = []
    for one in chosen:
        answered = answer(one)
        if isinstance(answered, Problem):
            problems.append(answered)
        else:
            done.append(tuple(answered))
    return Answered(tuple(done), tuple(problems))
