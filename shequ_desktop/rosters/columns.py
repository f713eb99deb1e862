"""What the columns of village lists are called, and which field each fills. Owns `resources/register_*.csv`.

A target is `kind.field` as declared in the domain, or a word of this room: head.* (who heads the household), phone.number,
area.* (columns of an area), resident.age, resident.away, record.id, ignored.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Mapping

from shequ_desktop import paths

_NOISE = re.compile(r"[\s:：*＊★☆\u3001\u3002.\"']+")
_BRACKETED = re.compile(r"[(\[【（].*?[)\]】）]")
_BRACKETS = re.compile(r"[()\[\]【】]")
_ORDER = ("village_roster", "three_left_behind_list", "left_behind_elder", "left_behind_child", "left_behind_woman")

PERSON = ("resident.name", "head.name")
"""Targets of which a list of people has at least one."""


def plain_heading(text: str) -> str:
    """A heading without blanks, colons and stars, in one form of letters and brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


@functools.cache
def words(use: str) -> tuple[str, ...]:
    """Words that lists use, by what they are for: reason and row_number head the columns that a report adds."""
    with (paths.resources() / "roster_words.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(row["words"] for row in csv.DictReader(lines) if row["use"] == use)


@functools.cache
def targets() -> Mapping[str, tuple[str, ...]]:
    """Plain heading -> targets it may mean, the likeliest first."""
    folder = paths.resources()
    with (folder / "register_fields.csv").open(encoding="utf-8", newline="") as lines:
        fields = {row["our_field"]: row["target"] for row in csv.DictReader(lines)}
    with (folder / "register_columns.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=_register_order)
    found: dict[str, list[str]] = {}
    for row in rows:
        target = fields.get(row["our_field"])
        for word in filter(None, (row["column_zh"], *row["variants"].split("|"))):
            meant = found.setdefault(plain_heading(word), [])
            if target and target not in meant:
                meant.append(target)
    return {heading: tuple(meant) for heading, meant in found.items() if meant}


def _register_order(row: dict[str, str]) -> int:
    return _ORDER.index(row["register"]) if row["register"] in _ORDER else len(_ORDER)


@functools.lru_cache(maxsize=4_096)
def targets_of(heading: str) -> tuple[str, ...]:
    """Targets that a heading may mean; brackets with remarks (18位) are left out if need be."""
    plain = plain_heading(heading)
    if not plain or len(plain) > 40:
        return ()
    known = targets()
    for form in (plain, _BRACKETED.sub("", plain), _BRACKETS.sub("", plain)):
        if form in known:
            return known[form]
    return ()


@functools.cache
def care_kinds() -> Mapping[str, str]:
    """Words for a group of people (留守老人) -> kind of care."""
    with (paths.resources() / "care_labels.csv").open(encoding="utf-8", newline="") as lines:
        return {row["words"]: row["care_kind"] for row in csv.DictReader(lines)}
