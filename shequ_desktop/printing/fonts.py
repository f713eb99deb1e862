"""The faces that print, and which character each of them has.

Owns the one registration of each font; must not know what is written with it.
"""

from __future__ import annotations

import functools
import io
import itertools
import lzma
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from shequ_desktop import paths
from shequ_desktop.printing import mongolian
from shequ_desktop.printing.streams import line_streams

REGULAR = "Shequ Regular"
STRONG = "Shequ Strong"
RARE = "Shequ Rare"
MONGOLIAN = "Shequ Mongolian"
FILES = {
    REGULAR: "NotoSansSC-Regular.ttf",
    STRONG: "NotoSansSC-SemiBold.ttf",
    RARE: "ShequRareHan.ttf.xz",
    MONGOLIAN: mongolian.FILE,
}
MONGOLIAN_BLOCK = range(0x1800, 0x18B0)
RARE_BLOCKS = range(0x20000, 0x2EBF0)  # what the rare face may hold: asked before its 30 MB are read
BLOCK = 100  # a block of a ToUnicode table holds no more entries
INVISIBLE = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


class ExactFont(TTFont):  # type: ignore[misc]
    """A font whose text can be taken out of the file again, beyond U+FFFF too.

    The library writes such a code point as five digits where readers take UTF-16 and cut it to four.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (the library's name)
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode(name, [self.said(code) for code in subset])
        line_streams(doc)

    def said(self, code: int) -> str:
        """What a reader is told of a character that was written; nothing of the place that is not used."""
        return chr(code) if code else ""


class ShapedFont(ExactFont):
    """The Mongolian face: written glyph by glyph, each as a character of its own."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        for glyph, advance in enumerate(mongolian.glyph_advances()):
            code = mongolian.GLYPH_CODES + glyph
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = advance

    def said(self, code: int) -> str:
        if code < mongolian.GLYPH_CODES:
            return super().said(code)
        return mongolian.letters_of(code - mongolian.GLYPH_CODES)


def to_unicode(name: str, subset: list[str]) -> str:
    """The table from the codes of one subset to what they say."""
    entries = [f"<{code:02X}> <{said.encode('utf-16-be').hex().upper()}>" for code, said in enumerate(subset) if said]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    blocks = []
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*head, *blocks, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@functools.cache
def font(face: str) -> Any:
    """The registered font of a face. A second registration of a name would silently be ignored: nobody else registers."""
    file = paths.resources() / "fonts" / FILES[face]
    if face == MONGOLIAN:
        registered = ShapedFont(face, str(file))
    else:
        source: object = io.BytesIO(lzma.decompress(file.read_bytes())) if file.suffix == ".xz" else str(file)
        registered = ExactFont(face, source, shapable=False)
    pdfmetrics.registerFont(registered)
    return registered


@functools.cache
def advances(face: str) -> dict[str, float]:
    """How far each character moves on, in thousandths of the size."""
    return {chr(code): width for code, width in font(face).face.charWidths.items() if code in font(face).face.charToGlyph}


@functools.cache
def _known(face: str) -> frozenset[str]:
    return frozenset(advances(face))


class Run(NamedTuple):
    """Characters of one face; no face: no font has them, and a box is drawn for each."""

    face: str | None
    text: str


def runs(text: str, face: str) -> tuple[Run, ...]:
    """A text cut where its characters need another face."""
    if _known(face).issuperset(text):
        return (Run(face, text),) if text else ()
    return tuple(Run(found, "".join(part)) for found, part in itertools.groupby(text, lambda c: _face_of(c, face)))


def _face_of(character: str, face: str) -> str | None:
    if character in _known(face):
        return face
    if ord(character) in RARE_BLOCKS and character in _known(RARE):
        return RARE
    if ord(character) in MONGOLIAN_BLOCK and character in _known(MONGOLIAN):
        return MONGOLIAN
    return None


def width(text: str, face: str, size: float) -> float:
    """How wide a text prints. A box is as wide as a Chinese character."""
    table = advances(face)
    try:
        return sum(map(table.__getitem__, text)) * size / 1000
    except KeyError:
        return sum(_run_width(run, size) for run in runs(text, face))


def _run_width(run: Run, size: float) -> float:
    if run.face is None:
        return size * len(run.text)
    if run.face == MONGOLIAN:
        return mongolian.spread(run.text, size)
    return sum(map(advances(run.face).__getitem__, run.text)) * size / 1000


def glyph_codes(text: str) -> str:
    """A Mongolian text as it is written with its face: a character for each glyph."""
    return "".join(chr(mongolian.GLYPH_CODES + glyph.glyph) for glyph in mongolian.shaped(text))


def missing_characters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that no font has, each once, in the order met."""
    wanted = dict.fromkeys(itertools.chain.from_iterable(map(printable, texts)))
    return tuple(character for character in wanted if character != "\n" and _face_of(character, REGULAR) is None)


def printable(text: str) -> str:
    """The text without what has no shape of its own (joiners, variation selectors, controls); tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    text = mongolian.stored(text)
    kept = (" " if c in "\t\u00a0\u2028\u2029" else c for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in kept if c == "\n" or not (ord(c) in INVISIBLE or unicodedata.category(c) == "Cc"))
