"""All records as a workbook (导出表格): a sheet a kind, headings in the terms of the fields, codes in words, texts only.

Taken in again it changes nothing: residents are known by their record's id.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.fields import Field, Kind, Type
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import TOLD_AS
from shequ_desktop.rosters.columns import words
from shequ_desktop.rosters.writing import TextSheet, write_workbook
from shequ_desktop.storage.reading import Record


def write_records(out: Path, records: Iterable[Record], *, language: str) -> Problem | None:
    """Write the records, whole or not at all. The terms are Chinese whatever the language: lists are kept in Chinese."""
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    problem = write_workbook(out, [_sheet(KINDS[kind], listed) for kind, listed in by_kind.items()])
    return Problem(problem.key, values=problem.values) if problem else None


def _sheet(kind: Kind, records: list[Record]) -> TextSheet:
    extra = [(name, words(f"{name}_in_force")[0]) for name in TOLD_AS] if kind.name == "resident" else []
    heading = [words("record_id")[0], *(field.term for field in kind.fields), *(term for _, term in extra)]
    return TextSheet(kind.term, [heading, *_rows(kind, records, [name for name, _ in extra])])


def _rows(kind: Kind, records: list[Record], in_force: list[str]) -> Iterator[list[str]]:
    told = [kind.by_name[TOLD_AS[name]] for name in in_force]
    for record in records:
        values: Mapping[str, Any] = record.fields
        row = [record.id, *(_text(field, values.get(field.name)) for field in kind.fields)]
        yield row + [_text(field, values.get(name)) for field, name in zip(told, in_force, strict=True)]


def _text(field: Field, value: Any) -> str:
    if value is None or value == []:
        return ""
    if field.type is Type.CODE and field.codes:
        return _word(field.codes, value)
    if field.type is Type.CODES:
        return "\u3001".join(_word(field.codes, code) for code in value)
    if isinstance(value, bool):
        return words("yes" if value else "no")[0]
    return str(value)


@functools.lru_cache(maxsize=4_096)
def _word(table: str, code: str) -> str:
    """The code's word where that is read back as the same code, else the code."""
    word = codes.zh(table, code)
    return word if codes.match_several(table, word) == ((code,), ()) else code
