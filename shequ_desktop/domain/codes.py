"""Code tables (代码表) and how people write their codes. Only what is certain is matched.

The tables are `resources/codes/*.csv`; the words beside the official ones are in `synonyms.csv` there. A synonym
without a code is a word that is understood and names none (在读 as education).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shequ_desktop import paths

_SYNONYMS = "synonyms"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = re.compile(r"[\s'\"()（）、，,。.·√☑✓]+")
_BETWEEN = re.compile(r"[\s、，,；;/|+和及]+")
_OPTIONAL_ENDINGS = {"ethnic_group": ("族",), "sex": ("性",), "disability_kind": ("残疾", "残"), "disability_grade": ("级",)}


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A table by its name; its rows in the order of the standard."""

    name: str
    rows: tuple[Code, ...]
    by_code: Mapping[str, Code]


@functools.cache
def names() -> tuple[str, ...]:
    """Names of all tables."""
    return tuple(sorted(file.stem for file in (paths.resources() / "codes").glob("*.csv") if file.stem != _SYNONYMS))


@functools.cache
def table(name: str) -> CodeTable:
    with (paths.resources() / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = tuple(Code(row["code"], row["zh"], row["en"]) for row in csv.DictReader(lines))
    return CodeTable(name, rows, MappingProxyType({row.code: row for row in rows}))


def zh(table_name: str, code: str) -> str:
    """The Chinese words of a code; a code that this version does not know is shown as itself."""
    row = table(table_name).by_code.get(code)
    return row.zh if row else code


@functools.lru_cache(maxsize=16_384)
def match(table_name: str, text: str) -> str | None:
    """The code that the words of a cell mean; None where they mean none, or no single one."""
    return _words(table_name).get(_bare(text)) or None


def names_no_code(table_name: str, text: str) -> bool:
    """True for words that are understood and mean none of the table's codes, so that nobody need be asked."""
    return _words(table_name).get(_bare(text)) == ""


def match_several(table_name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of a cell with several words (低保、高龄津贴), sorted, and the words that mean none."""
    codes: set[str] = set()
    unknown: list[str] = []
    whole = match(table_name, text)
    for word in [text] if whole else filter(None, _BETWEEN.split(text)):
        if code := match(table_name, word):
            codes.add(code)
        elif not names_no_code(table_name, word):
            unknown.append(word)
    return tuple(sorted(codes)), tuple(unknown)


def _bare(text: str) -> str:
    return _MARKS.sub("", text.translate(_FULL_WIDTH)).upper()


@functools.cache
def _synonyms() -> Mapping[str, Mapping[str, str]]:
    by_table: dict[str, dict[str, str]] = {}
    with (paths.resources() / "codes" / f"{_SYNONYMS}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_table.setdefault(row["table"], {})[_bare(row["words"])] = row["code"]
    return by_table


@functools.cache
def _words(table_name: str) -> Mapping[str, str]:
    """Bare words -> code: codes themselves, official words, shortened ones, synonyms; the official ones come first."""
    words: dict[str, str] = {}
    rows = table(table_name).rows
    for row in rows:
        words.setdefault(_bare(row.zh), row.code)
    for row in rows:
        words.setdefault(_bare(row.code), row.code)
    for spoken, code in _synonyms().get(table_name, {}).items():
        words.setdefault(spoken, code)
    for row in rows:
        for ending in _OPTIONAL_ENDINGS.get(table_name, ()):
            short = _bare(row.zh).removesuffix(ending)
            words.setdefault(short, row.code)
            words.setdefault(short + ending, row.code)
    return words
