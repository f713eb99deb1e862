"""One drawn form: its bookmark, its pages, and what of it no font has. Knows no form's contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from shequ_desktop.printing import fonts, mongolian
from shequ_desktop.printing.marks import Mark

UNSEEN = frozenset({"qr", "kind"})
"""Fields of a sheet that no pen writes."""
IN_COLUMNS = "_mn"
"""How the names of those end that are written in vertical columns, on forms in both scripts."""


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


def unprintable(sheet: object, *, scripts: bool = False) -> tuple[Unprintable, ...]:
    """What of a sheet will be boxed, each text once: to be named before printing. The QR code prints anything.

    `scripts`: names in Mongolian script are drawn too.
    """
    found = {}
    for name, text in texts_of(sheet):
        if text.isascii() or text in found:
            continue
        in_column = name.endswith(IN_COLUMNS)
        if in_column and not scripts:
            continue
        if characters := mongolian.missing(text) if in_column else fonts.missing_characters((text,)):
            found[text] = Unprintable(text, characters)
    return tuple(found.values())


def texts_of(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a sheet that a pen may write, with the name of the field it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, name)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of(item, key)
    elif is_dataclass(value):
        for f in fields(value):
            if f.name not in UNSEEN:
                yield from texts_of(getattr(value, f.name), f.name)
