"""Traditional Mongolian on paper: whole words shaped into glyphs, suffixes kept, columns broken at blanks only.

Owns the joiners of suffixes and what turns with a column. Must not know what is written, nor draw.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import uharfbuzz  # type: ignore[import-untyped]

from shequ_desktop import paths

FILE = "ShequMongolian-Regular.ttf"
GLYPH_CODES = 0xF0000
"""A glyph is written as the character of this number plus its own: a place where no text has any."""

JOINER, NARROW = "\u180e", "\u202f"
_LETTERS = "\u1820-\u1842"
_SELECTORS = "\u180b-\u180d\u180f"
_TO_STORE = re.compile(f"(?<=[{_LETTERS}{_SELECTORS}]){NARROW}(?=[{_LETTERS}])")
_TO_SHOW = re.compile(f"{JOINER}(?![\u1820\u1821](?![{_LETTERS}{_SELECTORS}]))(?=[{_LETTERS}])")
_OURS = re.compile("[\u1800-\u18af]")
_BREAKS = re.compile(" (?![\u1802-\u1804])|(?=\u1806)")
_TURNED = re.compile("[\u0020-\u007e\u00a0-\u00b7\u1800-\u18af\u202f()（）《》〈〉]+")
_NAMED_AFTER = re.compile("uni([0-9A-F]{4})|u([0-9A-F]{4,5})")
LEAD = 1.55  # from one column to the next, in sizes
BASE = 0.27  # base line left of the column's middle, in sizes
SHRINK_MOST = 0.7


class Glyph(NamedTuple):
    """One glyph of a shaped word; lengths in thousandths of the size."""

    glyph: int
    advance: int
    dx: int
    dy: int


class Measured(NamedTuple):
    """The words of one column and how far down they go."""

    words: str
    size: float
    length: float


def stored(text: str) -> str:
    """Suffixes joined by U+180E, which is no blank to any program: how text is laid out here."""
    return _TO_STORE.sub(JOINER, text) if NARROW in text else text


def shown(text: str) -> str:
    """Suffixes joined by U+202F, which fonts of today's machines draw rightly: how text leaves the program."""
    return _TO_SHOW.sub(NARROW, text) if JOINER in text else text


def is_mongolian(text: str) -> bool:
    return not text.isascii() and bool(_OURS.search(text))


@functools.cache
def _font() -> Any:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(paths.resources() / "fonts" / FILE))))


@functools.lru_cache(maxsize=8192)
def shaped(word: str) -> tuple[Glyph, ...]:
    """The glyphs of a word or of a line of words, in writing order."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    uharfbuzz.shape(_font(), buffer, {})
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return tuple(Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset) for info, place in pairs)


def missing(text: str) -> tuple[str, ...]:
    """Characters of a vertical text's turned parts that the face has no glyph for, each once."""
    turned = (character for part, turns in parts(stored(text)) if turns for character in part)
    return tuple(dict.fromkeys(c for c in turned if _font().get_nominal_glyph(ord(c)) in (None, 0)))


def glyph_advances() -> list[int]:
    """The font's own advance of each glyph."""
    return [_font().get_glyph_h_advance(glyph) for glyph in range(_font().face.glyph_count)]


def letters_of(glyph: int) -> str:
    """The letters a glyph is drawn for, by its name; for readers that know no better. A gap is a blank."""
    name = str(_font().glyph_to_string(glyph))
    letters = "".join(chr(int(four or more, 16)) for four, more in _NAMED_AFTER.findall(name))
    return letters or " "


def spread(text: str, size: float) -> float:
    """How long a text is when it lies on its side, as it turns in a column."""
    return sum(glyph.advance for glyph in shaped(text)) * size / 1000


def length(text: str, size: float) -> float:
    """How far down a column of this text goes: turned parts by their advance, upright characters a size each."""
    return sum(spread(part, size) if turned else size * len(part) for part, turned in parts(text))


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """A column's text cut into what turns with it (True) and what stands upright, character by character (False)."""
    place = 0
    for found in _TURNED.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], False
        yield found.group(), True
        place = found.end()
    if place < len(text):
        yield text[place:], False


def columns(text: str, size: float, room: float, *, least: float = 0.0) -> tuple[Measured, ...]:
    """A text in columns of at most `room`. A word too long for it: smaller, then its suffix in the next column.

    What is still too long stays whole, so that its cell must be longer. `least`: the smallest size, 70 % where it is not said.
    """
    words = [word for word in _BREAKS.split(stored(text)) if word]
    longest = max((length(word, size) for word in words), default=0.0)
    if longest > room:
        smaller = max(least or size * SHRINK_MOST, size * room / longest)
        words = [part for word in words for part in _at_suffix(word, smaller, room)]
        size = smaller
    return tuple(Measured(line, size, length(line, size)) for line in _filled(words, size, room))


def _at_suffix(word: str, size: float, room: float) -> list[str]:
    """The word, or its stem and suffix where it is too long; the joiner goes with the suffix and shapes it."""
    place = word.rfind(JOINER)
    separated = place == len(word) - 2 and word[-1] in "\u1820\u1821"
    if length(word, size) <= room + 0.001 or place < 1 or separated:
        return [word]
    return [*_at_suffix(word[:place], size, room), word[place:]]


def _filled(words: list[str], size: float, room: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line and not word.startswith(("\u1806", JOINER)) else line + word
        if line and (length(longer, size) > room + 0.001 or word.startswith(JOINER)):
            yield line
            longer = word
        line = longer
    if line:
        yield line


@functools.lru_cache(maxsize=2048)
def fitting_columns(text: str, size: float, *, room: float, most: int) -> tuple[Measured, ...]:
    """At most so many columns: as they are, else smaller to 70 %, else longer than `room` by as little as it takes."""
    least = size * SHRINK_MOST
    for step in range(4):
        found = columns(text, size * (1 - step / 10), room, least=least)
        if len(found) <= most and all(column.length <= room + 0.001 for column in found):
            return found
    while len(found := columns(text, least, room, least=least)) > most:
        room += size
    return found
