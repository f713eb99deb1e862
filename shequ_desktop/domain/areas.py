"""Areas (区划): region, league, banner, sumu, gacha by statistical code, and finding one at the front of an address.

Codes nest: the code of an area begins with that of the area above. Places that stand in no table are never guessed;
the nearest area above them is the answer.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop import paths

REGION, LEAGUE, BANNER, SUMU, GACHA = 2, 4, 6, 9, 12
"""Digits of a code at each level."""
_LEVELS = (REGION, LEAGUE, BANNER, SUMU, GACHA)

_ENDINGS: tuple[tuple[str, ...], ...] = (
    ("嘎查村民委员会", "嘎查村委员会", "嘎查委员会", "嘎查村委会", "嘎查居委会", "嘎查委会", "嘎查村", "嘎查"),
    ("社区居民委员会", "社区居委会", "社区委员会", "社区", "居民委员会", "居民委会", "居委会"),
    ("村民委员会", "村委员会", "村民委会", "村委会", "村"),
    ("街道办事处", "街道"),
)
"""Endings that mean the same, longest first: 葫芦峪村委会 is also written 葫芦峪村民委员会 and 葫芦峪村."""
_REGION_FORMS = ("内蒙古自治区", "内蒙古", "内蒙")

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = re.compile(r"[\s'\"]+")
_BETWEEN = "-—－,，.·/、>"
_BEFORE_FIGURES = re.compile(r"[^0-9]*(?:[0-9]+(?=社区))?[^0-9]*")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """The deepest area that could be told. `name_path`: names from the region down."""

    code: str
    name_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """Spellings of some areas: those that may be followed by anything, and bare stems that must stand alone."""

    full: Mapping[str, str]
    bare: Mapping[str, str]
    longest: int


class Areas:
    """One tree of areas. Spellings are made for an area's children when an address first leads there."""

    def __init__(self, rows: Iterable[tuple[str, str]], spoken: Mapping[str, str] | None = None) -> None:
        """`rows`: code and name. `spoken`: words that stand for an area of league or banner level."""
        self._names = dict(rows)
        self._spoken = dict(spoken or {})
        self._children: dict[str, list[str]] = {}
        for code in self._names:
            self._children.setdefault(code[: _level_above(code)], []).append(code)
        self._under: dict[str, _Forms] = {}
        self._from_anywhere: _Forms | None = None
        self._by_name: dict[str, str] | None = None
        self._find = functools.lru_cache(maxsize=65_536)(self._find_in_words)

    def is_area(self, code: str) -> bool:
        return code in self._names

    def name(self, code: str) -> str:
        """Its own name; the code itself where it is in no table."""
        return self._names.get(code, code)

    def path(self, code: str) -> tuple[str, ...]:
        """Names from the region down to the area."""
        return tuple(self._names[code[:digits]] for digits in _LEVELS if digits <= len(code) and code[:digits] in self._names)

    def within(self, code: str, scope: str) -> bool:
        """True where the area is the scope or lies in it. The empty scope holds everything, also what has no area."""
        return code.startswith(scope)

    def find_in_address(self, address: str, *, under: str = "") -> AreaMatch | None:
        """The deepest area at the front of an address. `under`: where an address begins that leaves the upper names out."""
        code, _ = self._find(_front(address), under)
        return AreaMatch(code, self.path(code)) if code else None

    def by_words(self, words: str, *, under: str = "") -> str | None:
        """The area that is meant by words which name nothing but an area; None where none or several could be meant."""
        bare = _plain(words)
        if bare in self._names:
            return bare
        code, used = self._find(bare, under)
        if code and used == len(bare):
            return code
        return self._unique_name(bare, under)

    def _unique_name(self, bare: str, under: str) -> str | None:
        if self._by_name is None:
            forms = self._spellings(self._names)
            self._by_name = {**forms.bare, **forms.full}
        code = self._by_name.get(bare)
        return code if code and code.startswith(under) else None

    def _find_in_words(self, words: str, under: str) -> tuple[str, int]:
        """Code of the deepest area and how many characters name it."""
        code, used = self._step(words, 0, self._forms_under(under)) if under in self._names else ("", 0)
        if not code:
            code, used = self._step(words, 0, self._entry())
        while code:
            deeper, at = self._step(words, used, self._forms_under(code))
            if not deeper:
                break
            code, used = deeper, at
        return code, used

    def _step(self, words: str, start: int, forms: _Forms) -> tuple[str, int]:
        while start < len(words) and words[start] in _BETWEEN:
            start += 1
        for end in range(min(len(words), start + forms.longest), start, -1):
            part = words[start:end]
            if code := forms.full.get(part):
                return code, end
            if (code := forms.bare.get(part)) and not (end < len(words) and _HAN.match(words[end])):
                return code, end
        return "", start

    def _entry(self) -> _Forms:
        """Where an address may begin: region, leagues, banners, and sumus whose name is borne by one only."""
        if self._from_anywhere is None:
            upper = self._spellings(code for code in self._names if len(code) <= SUMU)
            spoken = {words: code for words, code in self._spoken.items() if code in self._names}
            region = {form: code for code in self._children.get("", ()) for form in _REGION_FORMS}
            full = {**upper.full, **spoken, **region}
            self._from_anywhere = _Forms(full, {}, max(map(len, full), default=0))
        return self._from_anywhere

    def _forms_under(self, code: str) -> _Forms:
        """Spellings of the areas in an area; those two levels down only in full, for an address that skips a level."""
        if code not in self._under:
            children = self._children.get(code, [])
            near = self._spellings(children)
            far = self._spellings(grandchild for child in children for grandchild in self._children.get(child, ()))
            spoken = {words: area for words, area in self._spoken.items() if area.startswith(code) and area != code}
            full = {**far.full, **spoken, **near.full}
            self._under[code] = _Forms(full, near.bare, max(map(len, [*full, *near.bare]), default=0))
        return self._under[code]

    def _spellings(self, codes: Iterable[str]) -> _Forms:
        """Every spelling that means one of these areas only. A name as it stands in the table goes before made ones."""
        names: dict[str, set[str]] = {}
        made: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        for code in codes:
            name = _plain(self._names[code])
            names.setdefault(name, set()).add(code)
            for form in _other_forms(name):
                made.setdefault(form, set()).add(code)
            if len(stem := _stem(name)) >= 2 and stem != name:
                bare.setdefault(stem, set()).add(code)
        exact = _only(names)
        full = {form: code for form, code in _only(made).items() if form not in names} | exact
        stems = {form: code for form, code in _only(bare).items() if form not in full}
        return _Forms(full, stems, max(map(len, [*full, *stems]), default=0))


def _level_above(code: str) -> int:
    return max((digits for digits in (0, *_LEVELS) if digits < len(code)), default=0)


def _only(forms: Mapping[str, set[str]]) -> dict[str, str]:
    return {form: next(iter(codes)) for form, codes in forms.items() if len(codes) == 1}


def _plain(text: str) -> str:
    return _BLANKS.sub("", text.translate(_FULL_WIDTH))


def _front(address: str) -> str:
    """What can name an area: the address up to its house number, so that neighbours share one answer."""
    found = _BEFORE_FIGURES.match(_plain(address))
    return found[0] if found else ""


@functools.lru_cache(maxsize=1_024)
def _ending(name: str) -> tuple[str, tuple[str, ...]]:
    for kin in _ENDINGS:
        for ending in kin:
            if name.endswith(ending) and len(name) > len(ending):
                return ending, kin
    return "", ()


def _stem(name: str) -> str:
    return name.removesuffix(_ending(name)[0])


def _other_forms(name: str) -> list[str]:
    ending, kin = _ending(name)
    return [name.removesuffix(ending) + other for other in kin if other != ending]


def load(folder: Path) -> Areas:
    """The tree of a folder with inner_mongolia.csv (code, name, parent) and spoken.csv (words, code)."""
    rows = (line.split(",") for line in (folder / "inner_mongolia.csv").read_text(encoding="utf-8").splitlines()[1:])
    spoken = (line.split(",") for line in (folder / "spoken.csv").read_text(encoding="utf-8").splitlines()[1:])
    return Areas(((row[0], row[1]) for row in rows), {row[0]: row[1] for row in spoken})


@functools.cache
def areas() -> Areas:
    """The areas that travel with the program, read when they are first asked for."""
    return load(paths.resources() / "areas")
