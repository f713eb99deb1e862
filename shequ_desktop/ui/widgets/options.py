"""Things to choose from, and which of them somebody means who types a number, pinyin initials or part. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shequ_desktop.domain.names import initials


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is kept; shown is the sentence of `key`, or `text` where there is no key (code terms, names)."""

    value: str
    text: str = ""
    key: str = ""


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """What is meant, the likeliest first: the number itself, then how the text begins, then its initials, then a part of it."""
    asked = typed.strip().lower()
    if not asked:
        return list(options)
    ranked = [(rank, place, option) for place, option in enumerate(options) if (rank := _rank(option, asked)) is not None]
    return [option for _, _, option in sorted(ranked, key=lambda one: one[:2])]


def _rank(option: Option, asked: str) -> int | None:
    text = option.text.lower()
    if option.value.lower() == asked or text == asked:
        return 0
    if asked.isdigit():
        return 1 if option.value.lstrip("0").startswith(asked.lstrip("0") or "0") else None
    if text.startswith(asked):
        return 2
    if any(reading.startswith(asked) for reading in initials(option.text)):
        return 3
    return 4 if asked in text else None
