"""What the declarations say, for another program or a person (数据字典)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shequ_desktop.domain import codes, yes_no
from shequ_desktop.domain.changes import SCHEMA
from shequ_desktop.domain.fields import Field, Kind, Type
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import TOLD_AS

_IN_FORCE = {told_as: name for name, told_as in TOLD_AS.items()}


def described() -> dict[str, Any]:
    """Kinds with their fields, and the code tables that they name, as plain values."""
    kinds = {kind.name: _kind(kind) for kind in KINDS.values()}
    tables = sorted(
        {field.codes for kind in KINDS.values() for field in kind.fields if field.type in (Type.CODE, Type.CODES) and field.codes}
    )
    return {
        "schema": SCHEMA,
        "kinds": kinds,
        "codes": {name: {row.code: row.zh for row in codes.table(name).rows} for name in tables},
    }


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "term": kind.term,
        "required": list(kind.required),
        "parents": list(kind.parents),
        "fields": {field.name: _field(field) for field in kind.fields},
        **({"derived": dict(TOLD_AS)} if kind.name == "resident" else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "type": field.type.value,
        "term": field.term,
        "codes": field.codes,
        "group": field.merge_group,
        "policy": field.policy.value,
        "privacy": field.privacy.value,
    }


def described_lines(described: Mapping[str, Any]) -> Iterable[str]:
    """The same for a person: a line a field."""
    for kind, declared in described["kinds"].items():
        yield f"{kind}  {declared['term']}"
        for name, field in declared["fields"].items():
            told = " ".join(
                part for part in (field["type"], field["codes"], field["group"], field["policy"], field["privacy"]) if part
            )
            yield f"  {name}  {field['term']}  {told}"


def term_of(kind: str) -> str:
    return KINDS[kind].term


def in_words(kind: str, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(term, value) of a record as shown, codes as words; what is told and in force alike stands once."""
    declared = KINDS[kind].by_name
    told: list[tuple[str, str]] = []
    for name, value in fields.items():
        field = declared.get(TOLD_AS.get(name, name))
        if field is not None and not (kind == "resident" and _IN_FORCE.get(name) in fields):
            told.append((field.term, words_of(field, value)))
    return told


def words_of(field: Field, value: Any) -> str:
    """One value in words: a code by its Chinese term."""
    if field.type is Type.CODES:
        return "、".join(codes.zh(field.codes, code) for code in value)
    if field.type is Type.CODE and field.codes:
        return codes.zh(field.codes, str(value))
    if field.type is Type.YES_NO:
        return yes_no.in_words(bool(value))
    return str(value)
