"""Reads what a person typed for a field into the value that is kept, or says what is wrong with it (取值与校验)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from shequ_desktop.domain import areas, codes, dates, identity, names, phones
from shequ_desktop.domain.fields import Field, Kind, Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.residents import TOLD_AS
from shequ_desktop.domain.yes_no import read_yes_no

LONGEST = 4000
"""Characters that one value may have."""

_PLANNED = frozenset({"due_on", "until"})
"""Dates that may lie ahead; every other date says what has happened."""
_LARGEST = 2**53


def read_typed(kind: Kind, typed: Mapping[str, str], *, today: date) -> dict[str, Any] | list[Problem]:
    """Values of the fields named, or every problem found. An empty text takes the value away (None)."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in typed.items():
        field = kind.by_name.get(TOLD_AS.get(name, name) if kind.name == "resident" else name)
        if field is None:
            problems.append(Problem("no_such_field", name, (("name", name), ("kind", kind.name))))
            continue
        value = read_value(field, text, today=today)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            values[field.name] = value
    return problems or values


def read_value(field: Field, text: str, *, today: date) -> Any:
    """The value of one field as typed, or a Problem that names it."""
    if len(text) > LONGEST:
        return Problem("text_too_long", field.name, (("most", LONGEST),))
    if not _is_clean(text):
        return Problem("text_unreadable", field.name)
    text = text.strip()
    if not text:
        return None
    value = _READERS.get(field.type, _as_written)(field, text, today)
    if isinstance(value, Problem):
        return value
    problem = next((key for rule in field.rules if (key := rule(value))), None)
    return Problem(problem, field.name, (("value", text),)) if problem else value


def missing(kind: Kind, values: Mapping[str, Any]) -> list[Problem]:
    """A problem for each field that a record of this kind cannot be without."""
    return [Problem("needed", name, (("term", kind.by_name[name].term),)) for name in kind.required if not values.get(name)]


def _is_clean(text: str) -> bool:
    """PostgreSQL takes no NUL and no lone surrogate, so nothing takes them."""
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def _as_written(_field: Field, text: str, _today: date) -> Any:
    return text


def _code(field: Field, text: str, _today: date) -> Any:
    if not field.codes:
        return text
    found = codes.match(field.codes, text)
    return found if found is not None else Problem("code_unknown", field.name, (("value", text), ("term", field.term)))


def _codes(field: Field, text: str, today: date) -> Any:
    found: list[str] = []
    for part in (part for part in _split(text) if part):
        value = _code(field, part, today)
        if isinstance(value, Problem):
            return value
        found.append(value)
    return sorted(set(found))


def _split(text: str) -> Iterable[str]:
    for mark in "，、;；/":
        text = text.replace(mark, ",")
    return (part.strip() for part in text.split(","))


def _date(field: Field, text: str, today: date) -> Any:
    read = dates.read_date(text, today=date.max if field.name in _PLANNED else today)
    if isinstance(read, dates.DateProblem):
        return Problem(read.key, field.name, (("value", text),))
    return read.value


def _id_number(field: Field, text: str, _today: date) -> Any:
    read = identity.read_id_number(text)
    return read.value if isinstance(read, identity.IdNumber) else Problem(read.key, field.name, (("value", text),))


def _phone(field: Field, text: str, _today: date) -> Any:
    good, bad = phones.read_phones(text)
    return good[0] if len(good) == 1 and not bad else Problem("not_a_phone", field.name, (("value", text),))


def _name(field: Field, text: str, _today: date) -> Any:
    problem = names.name_problem(text)
    return Problem(problem, field.name, (("value", text),)) if problem else names.read_name(text)


def _integer(field: Field, text: str, _today: date) -> Any:
    try:
        number = int(text)
    except ValueError:
        number = _LARGEST
    return number if abs(number) < _LARGEST else Problem("not_a_number", field.name, (("value", text),))


def _yes_no(field: Field, text: str, _today: date) -> Any:
    known = read_yes_no(text)
    return known if known is not None else Problem("yes_or_no", field.name, (("value", text),))


def _area(field: Field, text: str, _today: date) -> Any:
    if areas.areas().is_area(text):
        return text
    found = areas.areas().by_words(text)
    return found if found else Problem("area_unknown", field.name, (("value", text),))


def _reference(field: Field, text: str, _today: date) -> Any:
    return text if _looks_like_id(text) else Problem("not_an_id", field.name, (("value", text),))


def _looks_like_id(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4 and all(letter in "0123456789abcdef-" for letter in text)


_READERS: Mapping[Type, Callable[[Field, str, date], Any]] = {
    Type.CODE: _code,
    Type.CODES: _codes,
    Type.DATE: _date,
    Type.PARTIAL_DATE: _date,
    Type.ID_NUMBER: _id_number,
    Type.PHONE: _phone,
    Type.NAME: _name,
    Type.INTEGER: _integer,
    Type.YES_NO: _yes_no,
    Type.AREA: _area,
    Type.REF: _reference,
}
