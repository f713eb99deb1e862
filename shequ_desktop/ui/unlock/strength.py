"""How hard a passphrase is to guess, honestly: by what somebody with the stolen laptop would try first. Knows no Qt.

Not a count of character classes: repeated, counted-up, keyboard and date parts and the person's own name are nearly free.
"""

from __future__ import annotations

import enum
import math
import re

from shequ_desktop.domain.names import initials

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgb")
_COMMON = (
    "password", "admin", "woaini", "iloveyou", "qwerty", "abc", "shequ", "mima", "root", "user", "welcome", "letmein",
    "dragon", "monkey", "wang", "zhang", "zhongguo", "neimenggu", "888", "666", "520", "1314", "000", "111", "123",
)  # fmt: skip
_YEAR = re.compile(r"(19|20)\d\d")
_DATE = re.compile(r"((19|20)\d{2}|\d{2})(0\d|1[0-2])([0-2]\d|3[01])")


class Strength(enum.Enum):
    """What the meter says; `bits` from which it holds."""

    TOO_SHORT = 0
    WEAK = 1  # guessed within a day by one strong computer
    FAIR = 40
    STRONG = 60


def strength(passphrase: str, *, user: str = "", shortest: int) -> Strength:
    if len(passphrase) < shortest:
        return Strength.TOO_SHORT
    bits = guess_bits(passphrase, user=user)
    return next(
        level for level in (Strength.STRONG, Strength.FAIR, Strength.WEAK) if bits >= level.value or level is Strength.WEAK
    )


def guess_bits(passphrase: str, *, user: str = "") -> float:
    """Bits of what cannot be guessed: each known part counts as one choice of few, each other character by its alphabet."""
    left = passphrase.lower()
    bits = 0.0
    own = {user.lower(), *initials(user)} - {""}
    for part in sorted(own, key=len, reverse=True):
        left, bits = _take(left, part, bits, 1.0)
    for pattern, worth in ((_DATE, 12.0), (_YEAR, 6.0)):
        while found := pattern.search(left):
            left, bits = left[: found.start()] + "\0" + left[found.end() :], bits + worth
    for common in sorted(_COMMON, key=len, reverse=True):
        left, bits = _take(left, common, bits, 4.0)
    left, bits = _runs(left, bits)
    return bits + sum(_letter_bits(letter) for letter in left if letter != "\0")


def _take(left: str, part: str, bits: float, worth: float) -> tuple[str, float]:
    if len(part) >= 2 and part in left:
        return left.replace(part, "\0"), bits + worth
    return left, bits


def _runs(left: str, bits: float) -> tuple[str, float]:
    """Repeated letters and runs along a keyboard's row or the alphabet are one choice each."""
    kept = []
    place = 0
    while place < len(left):
        length = _run_length(left, place)
        if length >= 3:
            bits += 5.0
            place += length
        else:
            kept.append(left[place])
            place += 1
    return "".join(kept), bits


def _run_length(text: str, start: int) -> int:
    longest = 1
    while start + longest < len(text) and text[start + longest] == text[start] != "\0":
        longest += 1
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        length = 1
        while start + length < len(text) and text[start : start + length + 1] in row:
            length += 1
        longest = max(longest, length)
    return longest


def _letter_bits(letter: str) -> float:
    """Digits, Latin letters of words somebody would remember, Chinese characters of everyday use, signs."""
    if letter.isdigit():
        return math.log2(10)
    if letter.isascii() and letter.isalpha():
        return 3.0
    return math.log2(1_000) if not letter.isascii() else 5.0
