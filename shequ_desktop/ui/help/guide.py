"""The guide as the window reads it: its pages in order, which page of the window each explains, and search in them.

Owns how a guide page is written down (Markdown in `docs/guide`, first line the title, `<!-- pages: ... -->` the pages of the
window it explains; `README.md` gives the order). Knows no Qt.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop import paths
from shequ_desktop.domain.names import initials

ORDER = "README.md"
_LINK = re.compile(r"\[[^\]]*\]\(([a-z0-9-]+\.md)\)(?:：(.*))?")
_PAGES = re.compile(r"<!--\s*pages:([^>]*?)-->")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_MARKS = re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[#*`|>]+")
AROUND = 24
"""Letters of a sentence that are shown around what was found."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`file`: its name. `about`: what README.md says of it. `pages`: keys of the window's pages that it explains.

    `text`: Markdown without comments.
    """

    file: str
    title: str
    about: str
    pages: tuple[str, ...]
    text: str

    @property
    def plain(self) -> str:
        """What is read, without marks."""
        return " ".join(_MARKS.sub(lambda found: found[1] or found[2] or "", self.text).split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search found; `around` is the place, empty where its title was meant."""

    page: GuidePage
    around: str = ""


@functools.cache
def guide() -> tuple[GuidePage, ...]:
    """All pages in the order of README.md."""
    folder = paths.guide()
    order = _LINK.findall((folder / ORDER).read_text(encoding="utf-8"))
    return tuple(_read(folder / name, about) for name, about in order)


def _read(file: Path, about: str) -> GuidePage:
    written = file.read_text(encoding="utf-8")
    keys = tuple(key for found in _PAGES.findall(written) for key in found.split())
    text = _COMMENT.sub("", written).strip()
    return GuidePage(file.name, text.splitlines()[0].lstrip("# ").strip(), about, keys, text)


def explaining(key: str, pages: Sequence[GuidePage]) -> GuidePage:
    """The page that explains a page of the window; the first where none does."""
    return next((page for page in pages if key in page.pages), pages[0])


def named(file: str, pages: Sequence[GuidePage]) -> GuidePage | None:
    return next((page for page in pages if page.file == file), None)


def search(words: str, pages: Sequence[GuidePage]) -> list[Hit]:
    """Pages that have these words: in the title (also by pinyin initials) first, then in the text with the place."""
    wanted = words.strip().lower()
    if not wanted:
        return [Hit(page) for page in pages]
    titled = [page for page in pages if _is_titled(page.title, wanted)]
    found = [Hit(page) for page in titled]
    for page in pages:
        place = page.plain.lower().find(wanted)
        if page not in titled and place >= 0:
            found.append(Hit(page, _around(page.plain, place, len(wanted))))
    return found


def _is_titled(title: str, wanted: str) -> bool:
    return wanted in title.lower() or any(wanted in reading for reading in initials(title))


def _around(text: str, place: int, length: int) -> str:
    start, end = max(0, place - AROUND // 2), place + length + AROUND
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
