"""Names of people: one spelling of blanks and middle dots, what is no name, and pinyin initials of every reading.

Characters are never filtered: rare ones beyond U+FFFF are names like any other.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from pypinyin.constants import PINYIN_DICT

LONGEST = 60
"""Characters of a name; what is longer is a note that slipped into the column."""
MOST_INITIALS = 48
"""Spellings kept for one name; further readings of its last characters are left out."""

_DOTS = dict.fromkeys(map(ord, "•・･‧∙⋅·．·᛫⸱ꞏ●"), "·")
_FULL_WIDTH: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0E}
_INVISIBLE: dict[int, str] = dict.fromkeys((0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF), "")
_SIGNS = _FULL_WIDTH | _DOTS | _INVISIBLE
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MONGOLIAN = re.compile("[\u1800-\u18af]")
_PLAIN_HAN = re.compile(f"[{_HAN}]+")
_STOP_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\.(?=[{_HAN}])")
_BLANK_BESIDE_HAN = re.compile(f"(?<=[{_HAN}·])\\s+|\\s+(?=[{_HAN}·])")
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)

_UNKNOWN_WORDS = "无 无名 无名氏 没有 空 不详 不明 未知 未填 待查 待补 待定 略 同上 NONE NULL N/A NA - -- — —— / \\ * ? ？ . 、"
_UNKNOWN = frozenset(_UNKNOWN_WORDS.split())
_HEADING_WORDS = (
    "姓名 名字 名称 姓 名 成员姓名 家庭成员 人员姓名 本人姓名 居民姓名 家庭成员姓名 "
    "牧民姓名 户主 户主姓名 序号 编号 性别 民族 年龄 备注"
)
_HEADINGS = frozenset(_HEADING_WORDS.split())
_TOTAL = re.compile(
    r"(本页|本村|全村|全嘎查|本嘎查|本组|本户|合户)?(合计|总计|小计|共计|累计|总数|汇总|总人数|总户数)([：:]?\d*[人户名口]?)*|共?计?\d+[人户名口](\d+[人户名口])*"
)
_NOTE = re.compile(
    r"(备?注|说明|附注|填报?人|填表人|制表人?|审核人?|负责人|填报单位|填报日期|单位|联系人)[：:].*|.*[。；;].+", re.DOTALL
)


def read_name(text: str) -> str:
    """The name in one spelling: composed characters (NFC), U+00B7 between parts, no blanks beside Chinese characters."""
    if _PLAIN_HAN.fullmatch(text):
        return unicodedata.normalize("NFC", text)
    if wrapped := _WRAPPED.fullmatch(text.strip()):
        text = wrapped[1]
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    text = text.strip().removeprefix("'").strip()
    if _MONGOLIAN.search(text):
        return text  # U+202F is part of a word in Mongolian script, not a blank
    text = _BLANK_BESIDE_HAN.sub("", " ".join(text.split()))
    return _STOP_BETWEEN_HAN.sub("·", text).strip("·") or text


def name_problem(text: str) -> str | None:
    """The key of what is wrong with a name; None for a name. A person cannot be told from an empty, heading or total one."""
    name = read_name(text)
    if _PLAIN_HAN.fullmatch(name) and 2 <= len(name) <= 8 and not (name in _UNKNOWN or name in _HEADINGS or _TOTAL.match(name)):
        return None
    if not name:
        return "name_empty"
    if name.upper() in _UNKNOWN or name.count("0") == len(name):
        return "name_placeholder"
    if name in _HEADINGS:
        return "name_heading"
    if _TOTAL.fullmatch(name) or _NOTE.fullmatch(name):
        return "name_total"
    if name[0] in "=+@" or (name[0] == "-" and len(name) > 1):
        return "name_formula"
    if not any(sign.isalpha() for sign in name):
        return "name_digits"
    return "name_too_long" if len(name) > LONGEST else None


@functools.lru_cache(maxsize=32_768)
def _first_letters(sign: str) -> str:
    """Each initial that a character is read with, the usual one first; a letter or figure is its own."""
    readings = PINYIN_DICT.get(ord(sign))
    if readings is None:
        return sign.lower() if sign.isalnum() and not _PLAIN_HAN.match(sign) else ""
    letters = (unicodedata.normalize("NFD", reading)[0] for reading in readings.split(","))
    return "".join(dict.fromkeys(letters))


def initials(name: str) -> frozenset[str]:
    """Lower-case pinyin initials of every reading (单春梅: scm, dcm, ccm); other letters stay, blanks and dots do not."""
    spellings = [""]
    for letters in map(_first_letters, name):
        if not letters:
            continue
        if len(letters) > 1 and len(spellings) * len(letters) > MOST_INITIALS:
            letters = letters[0]
        spellings = [spelling + letter for spelling in spellings for letter in letters]
    return frozenset(filter(None, spellings))
