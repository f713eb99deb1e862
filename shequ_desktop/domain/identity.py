"""Identity numbers (证件号): their forms, check digit, and the birth date and sex that they hold.

GB 11643-1999 and its kin (residence permits 81, 82, 83; foreigners' cards with 9). The area in a number is that of
first registration and is never looked up: it may be withdrawn, and says nothing about today's address.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul
from types import MappingProxyType

FIRST_YEAR, LAST_YEAR = 1850, 2150
"""Years of birth that a number may hold; what lies outside is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number whose form, date and check digit hold. `kind`: a code of `id_document_kind`.

    `birth_date` (ISO 8601), `sex` ("1" or "2") and `area` are empty where the document does not hold them.
    """

    value: str
    kind: str
    birth_date: str = ""
    sex: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class IdProblem:
    """Why no number could be read, and what was read instead (blanks and wrappers taken off)."""

    key: str
    value: str


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ZERO_SHARE = sum(_WEIGHTS) * ord("0")  # digits are weighed as bytes; this much of the sum is not theirs

_NOTHING = [*range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x1680, 0x180E, *range(0x2000, 0x2010), *range(0x2028, 0x202F)]
_NOTHING += [0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, ord("'"), ord("’"), ord("‘"), ord("＇"), ord("`")]
_PLAIN: dict[int, str | None] = dict.fromkeys(_NOTHING)
_PLAIN |= {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F) if full != ord("＇")}  # full-width forms
_PLAIN |= {0x1810 + digit: str(digit) for digit in range(10)}  # digits of the Mongolian script
_PLAIN |= {ord(cross): "X" for cross in "ⅩⅹХхΧχ×✕"}  # what keyboards give for the check digit X

_WRAPPED = re.compile(r'^="?([^"]*)"?$|^"([^"]*)"$')
_ROUNDED = re.compile(r"[0-9]+(\.[0-9]+)?E\+?[0-9]+|[0-9]{16,}\.0*")
_WHOLE_AS_FLOAT = re.compile(r"([0-9]{15})\.0+")
_OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
_FORMS_ONLY = (
    ("516", re.compile(r"[HM]([0-9]{8}|[0-9]{10})")),  # travel permit of people of Hong Kong and Macao
    ("117", re.compile(r"[A-Z][0-9]{9}")),  # medical certificate of birth
    ("414", re.compile(r"E[0-9]{8}|E[A-Z][0-9]{7}")),  # Chinese passport
)
_RESIDENCE_PERMITS = {"810000": "901", "820000": "901", "830000": "902"}
_STAND_IN_WORDS = (
    "无 无号 没有 暂无 无证 无证件 无身份证 没有身份证 未办 未办理 未办证 未上户 未落户 未登记 待办 待补 待查 待定 补办中 "
    "不详 不明 不清楚 不知道 未知 未提供 丢失 遗失 缺 空 略 同上 新生儿 黑户 — —— ― – - -- / // \\ . 。 * ** ? ？ "
    "NONE NULL NA N/A NAN #N/A "
    "身份证 身份证号 身份证号码 公民身份号码 公民身份证号 居民身份证号 证件号 证件号码 身份证件号 身份号码 户主身份证号 "
    "123456789012345678 12345678 123456 123"
)
_STAND_INS = frozenset(_STAND_IN_WORDS.split())


def plain(text: str) -> str:
    """The text without blanks and the marks that spreadsheets put around text; full-width forms as ASCII, X large."""
    text = text.translate(_PLAIN).upper()
    if '"' in text and (wrapped := _WRAPPED.match(text)):
        text = wrapped[1] or wrapped[2] or ""
    return whole[1] if (whole := _WHOLE_AS_FLOAT.fullmatch(text)) else text


def read_id_number(text: str) -> IdNumber | IdProblem:
    """The number in a cell or field, or what is wrong with it. Give a float as `str(value)`, never as an int."""
    if not (len(text) == 18 and text.isascii() and text[:17].isdigit() and text[17] in "0123456789X"):
        text = plain(text)
    if len(text) == 18 and text.isascii() and text[:17].isdigit():
        return _read_18(text)
    if len(text) == 15 and text.isascii() and text.isdigit() and not is_placeholder(text):
        return _read_15(text)
    return _read_other(text)


def check_digit(first_17: str) -> str:
    """MOD 11-2 (ISO 7064) of the first seventeen digits."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, first_17.encode())) - _ZERO_SHARE) % 11]


def _read_18(text: str) -> IdNumber | IdProblem:
    kind = _kind_18(text)
    birth_date = _birth_date(text[6:14])
    if birth_date is None and is_placeholder(text):  # no stand-in of eighteen digits holds a date
        return IdProblem("id_placeholder", text)
    if not kind or text[17] not in "0123456789X":
        return IdProblem("id_form", text)
    if birth_date is None:
        return IdProblem("id_rounded" if text.endswith("000") else "id_date", text)
    if check_digit(text[:17]) != text[17]:
        return IdProblem("id_rounded" if text.endswith("000") else "id_check_digit", text)
    area = text[1:3] if kind == "553" else text[:6]
    return IdNumber(text, kind, birth_date, "12"[text[16] in "02468"], area)


def _kind_18(text: str) -> str:
    first = text[0]
    if first in "1234567":
        return "111"
    if first == "9":
        return "553"
    return _RESIDENCE_PERMITS.get(text[:6], "")


def _read_15(text: str) -> IdNumber | IdProblem:
    if text[0] not in "1234567":
        return IdProblem("id_form", text)
    birth_date = _birth_date("19" + text[6:12])
    if birth_date is None:
        return IdProblem("id_date", text)
    return IdNumber(text, "111", birth_date, "12"[text[14] in "02468"], text[:6])


def _read_other(text: str) -> IdNumber | IdProblem:
    if not text:
        return IdProblem("id_empty", text)
    if is_placeholder(text):
        return IdProblem("id_placeholder", text)
    if _ROUNDED.fullmatch(text):
        return IdProblem("id_rounded", text)
    if _OLD_FOREIGN.fullmatch(text):
        return _read_old_foreign(text)
    for kind, form in _FORMS_ONLY:
        if form.fullmatch(text):
            return IdNumber(text, kind)
    digits_only = text.isascii() and text.rstrip("X").isdigit()
    return IdProblem("id_length" if digits_only else "id_form", text)


def _read_old_foreign(text: str) -> IdNumber | IdProblem:
    """Three letters and twelve digits. The century of birth is not in it, so no birth date is derived."""
    if _birth_date("20" + text[7:13]) is None and _birth_date("19" + text[7:13]) is None:
        return IdProblem("id_date", text)
    return IdNumber(text, "553", area=text[3:7])


@functools.lru_cache(maxsize=65_536)
def _birth_date(digits: str) -> str | None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        return date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


_NONE: Mapping[str, str] = MappingProxyType({})


@functools.lru_cache(maxsize=65_536)
def derived_from(text: str | None) -> Mapping[str, str]:
    """`birth_date` and `sex` that a valid number holds; empty for any other text."""
    read = read_id_number(text) if text else None
    if not isinstance(read, IdNumber) or not read.birth_date:
        return _NONE
    return MappingProxyType({"birth_date": read.birth_date, "sex": read.sex})


def match_key(value: str) -> str:
    """What two spellings of one number have in common: a number of 15 digits in its form of 18."""
    text = plain(value)
    if len(text) == 15 and text.isascii() and text.isdigit():
        first_17 = f"{text[:6]}19{text[6:]}"
        return first_17 + check_digit(first_17)
    return text


def is_placeholder(text: str) -> bool:
    """Words, strokes and repeated digits that people write where a number is not known; headings too."""
    word = plain(text)
    if not word:
        return False
    return (
        word in _STAND_INS
        or (word.isascii() and word.count(word[0]) == len(word) and not word[0].isalpha())
        or not word.strip("X*")
    )
