"""Telephone numbers: mobiles, landlines with area code, numbers of another country. One cell may hold several."""

from __future__ import annotations

import functools
import re

from shequ_desktop.domain.identity import plain

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(01[0-9]|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
_HOME_PREFIX = re.compile(r"(\+|00)?86(?=1[3-9][0-9]{9}$|0?[1-9][0-9]{9,10}$)")
_HARD_BREAK = re.compile(r"[/／\\、,，;；|｜\n\r]+|或|和|及")
_BLANK = re.compile(r"\s+")
_STROKES = re.compile(r"[-‐‑–—－()（）.·]")
_NUMBER_IN_WORDS = re.compile(r"\+?[0-9][0-9\-]{5,}[0-9]")
_NO_NUMBER_WORDS = "无 无电话 无手机 没有 没有电话 暂无 不详 未知 空 NONE NULL NA N/A 电话 联系电话 手机号 - -- — —— / 0"
_NO_NUMBER = frozenset(_NO_NUMBER_WORDS.split())
_LABEL_WORDS = "手机 电话 座机 联系电话 手机号 本人 TEL TEL: 电话： 电话: 手机： 手机:"
_SAYS_NOTHING = frozenset(_LABEL_WORDS.split())


def is_phone(text: str) -> bool:
    """True for one number that can be called."""
    return _normal(text) is not None


def _normal(text: str) -> str | None:
    """The one spelling of a number: a mobile bare, a landline with a hyphen behind its area code; None if it is none."""
    told = _STROKES.sub("", plain(text).removesuffix(".0"))
    bare = _HOME_PREFIX.sub("", told)
    if bare != told and not _MOBILE.fullmatch(bare):
        bare = "0" + bare.removeprefix("0")  # behind +86 the area code goes without its nought
    if bare and bare.count(bare[0]) == len(bare):
        return None
    if _MOBILE.fullmatch(bare) or _LOCAL.fullmatch(bare) or _SERVICE.fullmatch(bare) or _ABROAD.fullmatch(bare):
        return bare
    if landline := _LANDLINE.fullmatch(bare):
        return f"{landline[1]}-{landline[2]}"
    return None


@functools.lru_cache(maxsize=65_536)
def read_phones(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The good numbers of a cell, each once, and the pieces that are none. Words for "no telephone" are neither."""
    good: dict[str, None] = {}
    unusable: list[str] = []
    for piece in filter(None, map(str.strip, _HARD_BREAK.split(text))):
        _read_piece(piece, good, unusable)
    return tuple(good), tuple(unusable)


def _read_piece(piece: str, good: dict[str, None], unusable: list[str]) -> None:
    if number := _normal(piece):
        good[number] = None
    elif _is_no_number(piece):
        return
    elif len(parts := _BLANK.split(piece)) > 1 and any(map(_normal, parts)):
        for part in parts:
            _read_piece(part, good, unusable)
    elif (found := _NUMBER_IN_WORDS.search(worded := plain(piece))) and (number := _normal(found[0])):
        good[number] = None
        if words := _words_beside(worded, found):
            unusable.append(words)
    else:
        unusable.append(piece)


def _is_no_number(piece: str) -> bool:
    bare = plain(piece)
    return not bare or bare in _NO_NUMBER or bare in _SAYS_NOTHING or bare.count("0") == len(bare)


def _words_beside(piece: str, number: re.Match[str]) -> str:
    """What stands beside the number (儿子, 转203): kept for a person, unless it says no more than "telephone"."""
    words = (piece[: number.start()] + piece[number.end() :]).strip("()[]:.")
    return "" if words in _SAYS_NOTHING else words
