"""A list's entries, in groups and orders (名单的筛选和排序): small values for everybody, so that 100,000 are sorted at once.

What a row says in full is read window by window; see `household_list`, `resident_list`, `care_list`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.care_records import CARE_KINDS
from shequ_desktop.domain.schedule import MEDIUM
from shequ_desktop.storage.archive import Archive

PIECE = 5_000
FOUND_AT_MOST = 500
"""Records that a filter by words shows."""

ALL, OVERDUE, TODAY, NOT_SET = "all", "overdue", "today", "not_set"
URGENT, NAME, LAST_VISIT = "urgent", "name", "last_visit"
ORDERS = (URGENT, NAME, LAST_VISIT)


@dataclass(frozen=True, slots=True)
class Entry:
    """`due`: day of the next visit. `kinds`: of care. `in_care` tells a risk that nobody set from no care at all."""

    id: str
    name: str
    due: date | None = None
    last_visit: date | None = None
    risk: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def in_care(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Source:
    """How one list is read. `among`: ids of what the words fit."""

    entries: Callable[[Archive], list[Entry]]
    rows: Callable[[Archive, Sequence[str]], list[Any]]
    among: Callable[[Archive, str], set[str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of a list."""

    group: str = ALL
    order: str = URGENT
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as wished. `rows`: what is said of the ids that were asked for, else of the first ones."""

    entries: Sequence[Entry]
    counts: Mapping[str, int]
    ids: Sequence[str]
    rows: Sequence[Any]


def read(
    archive: Archive,
    source: Source,
    wish: Wish,
    *,
    names: Sequence[str],
    today: date,
    entries: Sequence[Entry] | None = None,
    seen: Sequence[str] = (),
    first: int = 40,
) -> Listed:
    """Read and arrange a list; `entries`: as they were read before, where nothing has changed since."""
    known = source.entries(archive) if entries is None else entries
    among = source.among(archive, wish.words) if wish.words.strip() else None
    ids = arranged(known, group=wish.group, order=wish.order, today=today, among=among)
    wanted = list(dict.fromkeys([*seen, *ids[:first]]))
    return Listed(known, counts(known, names, today), ids, source.rows(archive, wanted))


def groups(*, with_not_set: bool = False) -> tuple[str, ...]:
    """Names of the groups in the order of their chips."""
    return (ALL, *CARE_KINDS, OVERDUE, TODAY, *((NOT_SET,) if with_not_set else ()))


def is_in(entry: Entry, group: str, today: date) -> bool:
    if group == ALL:
        return True
    if group == OVERDUE:
        return entry.due is not None and entry.due < today
    if group == TODAY:
        return entry.due == today
    if group == NOT_SET:
        return entry.in_care and not entry.risk
    return group in entry.kinds


def counts(entries: Iterable[Entry], names: Sequence[str], today: date) -> dict[str, int]:
    """{group: how many are in it}"""
    found = dict.fromkeys(names, 0)
    for entry in entries:
        for name in names:
            found[name] += is_in(entry, name, today)
    return found


def arranged(entries: Iterable[Entry], *, group: str, order: str, today: date, among: Container[str] | None = None) -> list[str]:
    """Ids of the entries of a group in their order. `among`: only these (what a search found)."""
    chosen = [one for one in entries if is_in(one, group, today) and (among is None or one.id in among)]
    return [one.id for one in _in_order(chosen, _key(order, today))]


def _in_order(entries: list[Entry], key: Callable[[Entry], Any]) -> Iterable[Entry]:
    """Sorted in pieces: one sort of 100,000 lets no other thread work, and a window would stand still for a moment."""
    pieces = [sorted(entries[start : start + PIECE], key=key) for start in range(0, len(entries), PIECE)]
    return heapq.merge(*pieces, key=key)


def _key(order: str, today: date) -> Callable[[Entry], Any]:
    if order == NAME:
        return lambda one: (not one.name, by_sound(one.name), one.id)
    if order == LAST_VISIT:
        return lambda one: (one.last_visit or date.min, by_sound(one.name), one.id)
    return lambda one: (*urgency(one.due, one.risk, today), by_sound(one.name), one.id)


def urgency(due: date | None, risk: str, today: date) -> tuple[int, str, int]:
    """Overdue before due today before later; among those who ask for action risk comes first, then lateness."""
    if due is None:
        return (3, "", 0)
    if due > today:
        return (2, "", due.toordinal())
    return (0 if due < today else 1, risk or MEDIUM, due.toordinal())


def by_sound(name: str) -> bytes:
    """Key of a Chinese name: the order of GB 18030 is that of its sound for the characters in common use."""
    return name.encode("gb18030", "replace")
