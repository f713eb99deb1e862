"""Yes and no (是否), as people write them on paper and type them."""

from __future__ import annotations

from types import MappingProxyType

YES, NO = "是", "否"

_WORDS = MappingProxyType(
    dict.fromkeys(("是", "有", "对", "√", "yes", "y", "true", "1"), True)
    | dict.fromkeys(("否", "无", "没有", "不", "×", "no", "n", "false", "0"), False)
)


def read_yes_no(text: str) -> bool | None:
    """True or False; None where the text says neither."""
    return _WORDS.get(text.strip().lower())


def in_words(value: bool) -> str:
    return YES if value else NO
