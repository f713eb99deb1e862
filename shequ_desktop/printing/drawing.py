"""One drawn form: its bookmark, its pages, and what of it no font has. Knows no form's contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from shequ_desktop.printing import fonts, mongolian
from shequ_desktop.printing.marks import Mark

UNSEEN = frozenset({"qr", "form", "kind"})
"""Fields of a sheet that no pen writes."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A text of a form and its characters that no font has: each is printed as an empty box."""

    text: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One form as it will lie on paper."""

    bookmark: str
    pages: tuple[tuple[Mark, ...], ...]
    boxed: tuple[Unprintable, ...] = ()


def unprintable(sheet: object) -> tuple[Unprintable, ...]:
    """What of a sheet will be boxed, each text once: to be named before printing. The QR code prints anything."""
    found = {}
    for text in texts_of(sheet):
        if not text.isascii() and text not in found and (characters := fonts.missing_characters((text,))):
            found[text] = Unprintable(text, characters)
    return tuple(found.values())


def texts_of(value: object) -> Iterator[str]:
    """Every text of a sheet that a pen writes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif is_dataclass(value):
        for f in fields(value):
            if f.name not in UNSEEN:
                yield from texts_of(getattr(value, f.name))


def boxed_in_columns(*scripts: str) -> tuple[Unprintable, ...]:
    """Names in Mongolian script that hold what the Mongolian face lacks."""
    return tuple(Unprintable(text, found) for text in scripts if (found := mongolian.missing(text)))
