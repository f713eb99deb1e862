"""What a cell of a list says, as fields of a record, or the key of what is wrong with it (表格取值). Pure, cached by text."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from shequ_desktop.domain import codes, dates
from shequ_desktop.domain.fields import Field, Type
from shequ_desktop.domain.identity import IdNumber, match_key, read_id_number
from shequ_desktop.domain.names import name_problem, read_name
from shequ_desktop.domain.phones import read_phones
from shequ_desktop.domain.records import KINDS
from shequ_desktop.rosters.cells import yes_or_no
from shequ_desktop.rosters.columns import care_kinds, words

HERE, AWAY, MOVED_OUT, DIED = "10", "21", "40", "50"
"""Codes of `residence_state`: living here, away for work, moved out, died."""

_NOT_A_NUMBER = ("id_empty", "id_placeholder")
_NOT_A_DATE = ("date_empty", "date_unknown")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_TEXTS = (Type.TEXT, Type.PLACE, Type.LABEL)


class Told(NamedTuple):
    """`fields`: wire name -> value, empty where the cell says nothing. `problem`: key of what is to be asked."""

    fields: Mapping[str, Any] = _NOTHING
    problem: str = ""


SILENT = Told()


@functools.lru_cache(maxsize=131_072)
def told(target: str, text: str, label: str, today: date) -> Told:
    """What the cell says. `target`: kind.field; `label`: the column's heading, which a tick repeats (党员, 低保)."""
    special = _SPECIAL.get(target)
    if special:
        return special(text, today)
    kind, _, name = target.partition(".")
    field = KINDS[kind].by_name[name]
    if field.type is Type.CODE and field.codes:
        return _code(field, text, label)
    if field.type is Type.CODES:
        return _codes(field, text, label)
    if field.type in (Type.PARTIAL_DATE, Type.DATE):
        return _date(name, text, today)
    if field.type is Type.PHONE:
        return _phone(name, text)
    return Told({name: text if field.type in _TEXTS else read_name(text)})


def _code(field: Field, text: str, label: str) -> Told:
    code = codes.match(field.codes, text)
    if code:
        return Told({field.name: code})
    if codes.names_no_code(field.codes, text):
        return SILENT
    ticked = yes_or_no(text)
    if ticked is False:
        return SILENT
    code = codes.match(field.codes, label) if ticked else None
    return Told({field.name: code}) if code else Told(problem="code_unknown")


def _codes(field: Field, text: str, label: str) -> Told:
    found, unknown = codes.match_several(field.codes, text)
    ticked = yes_or_no(text)
    if not found and ticked is not None:
        code = codes.match(field.codes, label) if ticked else None
        return Told({field.name: [code]}) if code else Told(problem="code_unknown" if ticked else "")
    return Told({field.name: list(found)} if found else _NOTHING, "code_unknown" if unknown else "")


def _date(name: str, text: str, today: date) -> Told:
    read = dates.read_date(text, today=today)
    if isinstance(read, dates.ToldDate):
        return Told({name: read.value})
    return SILENT if read.key in _NOT_A_DATE else Told(problem=read.key)


def _phone(name: str, text: str) -> Told:
    good, bad = read_phones(text)
    return Told({name: good[0]} if good else _NOTHING, "not_a_phone" if bad or len(good) > 1 else "")


def _name(text: str, _today: date) -> Told:
    problem = name_problem(text)
    return Told({"name": text if problem else read_name(text)}, problem or "")


def _id_number(text: str, _today: date) -> Told:
    read = read_id_number(text)
    if isinstance(read, IdNumber):
        return Told({"id_number": read.value, "id_kind": read.kind})
    return SILENT if read.key in _NOT_A_NUMBER else Told(problem=read.key)


def _birth(text: str, today: date) -> Told:
    read = dates.read_date(text, today=today)
    if isinstance(read, dates.ToldDate):
        return Told({"told_birth_date": read.value, "birth_words": read.words or None})
    if read.key in _NOT_A_DATE:
        return SILENT
    return Told({"birth_words": text}, read.key)


def _away(text: str, _today: date) -> Told:
    ticked = yes_or_no(text)
    if ticked is None:
        code = codes.match("residence_state", text)
        return Told({"residence_state": code}) if code else Told(problem="code_unknown")
    return Told({"residence_state": AWAY if ticked else HERE})


def _state(text: str, _today: date) -> Told:
    """Whether somebody lives here: a yes is certain, of a no only a person knows where they are."""
    code = codes.match("residence_state", text)
    if code is None and yes_or_no(text):
        code = HERE
    return Told({"residence_state": code}) if code else Told(problem="code_unknown")


def _group(text: str, _today: date) -> Told:
    return Told({"village_group": text.removeprefix(words("group_prefix")[0])})


_SPECIAL = {
    "resident.name": _name,
    "resident.id_number": _id_number,
    "resident.told_birth_date": _birth,
    "resident.away": _away,
    "resident.residence_state": _state,
    "household.village_group": _group,
}


def says_same(target: str, said: Told, current: Mapping[str, Any]) -> bool:
    """Whether the archive holds what the cell says already."""
    if target == "resident.id_number":
        return match_key(said.fields["id_number"]) == match_key(current.get("id_number") or "")
    if target == "resident.told_birth_date" and "told_birth_date" in said.fields:
        return bool(said.fields["told_birth_date"] == current.get("told_birth_date"))
    if target == "resident.away":
        state = current.get("residence_state") or ""
        return state == said.fields["residence_state"] or (said.fields["residence_state"] == AWAY and state[:1] == "2")
    if target == "household.address":
        return _unspaced(said.fields["address"]) == _unspaced(current.get("address") or "")
    if target == "resident.subsidies":
        return set(said.fields["subsidies"]) <= set(current.get("subsidies") or ())
    return all((value or None) == current.get(name) for name, value in said.fields.items())


def _unspaced(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@functools.lru_cache(maxsize=4_096)
def care_labels(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """((kind of care, label) ..., words that name no group we care for) of a cell such as 留守老人、残疾人."""
    known = care_kinds()
    if text in known:
        return ((known[text], text),), ()
    found: dict[str, str] = {}
    unknown: list[str] = []
    for word in _split(text):
        if word in known:
            found.setdefault(known[word], word)
        elif yes_or_no(word) is not False:
            unknown.append(word)
    return tuple(found.items()), tuple(unknown)


def _split(text: str) -> list[str]:
    for mark in "\u3001\uff0c;\uff1b/|\n ":
        text = text.replace(mark, ",")
    return [word for word in text.split(",") if word]
