"""What people saved and what each of them knew: a plain book beside the program, which never looks into its decisions.

It knows the declared groups and policies of fields, and nothing else of how the program merges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.records import KINDS

Key = tuple[str, str, str, int]
"""(kind, record, author, the laptop's own time): names one save, whatever number it bears later."""

Values = tuple[tuple[str, Any], ...]


def frozen(values: Mapping[str, Any]) -> Values:
    """Values to compare: sorted, without the empty ones."""
    kept = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items() if v not in (None, "", [])}
    return tuple(sorted(kept.items()))


def group_members(kind: str, name: str) -> tuple[str, tuple[str, ...], Policy]:
    """(group, its fields, its policy) of a field; what no declaration knows stands alone."""
    declared = KINDS[kind].by_name.get(name) if kind in KINDS else None
    if declared is None:
        return name, (name,), Policy.LATEST
    members = tuple(f.name for f in KINDS[kind].fields if f.merge_group == declared.merge_group)
    return declared.merge_group, members, declared.policy


@dataclass(frozen=True, slots=True)
class Save:
    """One save of one record by one person. `groups`: what the form showed of each touched group when it was saved.

    `retracted`: whether it says that the record is none, or that it is one after all. `true_ms`: when it truly was.
    """

    key: Key
    typed: Mapping[str, Any]
    groups: Mapping[str, Values]
    added: frozenset[tuple[str, str]]
    removed: frozenset[tuple[str, str]]
    knew: frozenset[Key]
    true_ms: int
    laptop: str
    retracted: bool | None = None


@dataclass
class Book:
    """Every save. `gone`: those that a restored backup took from the last who held them, which nobody can help."""

    saves: dict[Key, Save] = field(default_factory=dict)
    gone: set[Key] = field(default_factory=set)
    clocks_jumped: set[str] = field(default_factory=set)
    league_restored: bool = False
    copied: bool = False

    def write(self, save: Save) -> None:
        self.saves[save.key] = save

    def kept(self) -> dict[Key, Save]:
        return {key: save for key, save in self.saves.items() if key not in self.gone}

    def by_record(self) -> dict[tuple[str, str], list[Save]]:
        """Saves of each record that can still be there."""
        found: defaultdict[tuple[str, str], list[Save]] = defaultdict(list)
        for save in self.kept().values():
            found[save.key[:2]].append(save)
        return found

    def note_gone(self, held: Iterable[Key]) -> None:
        """After a backup was put in somebody's place: what nobody holds any more."""
        there = set(held)
        self.gone |= {key for key in self.saves if key not in there}

    def knew(self, save: Save) -> set[Key]:
        """What the writer knew, also through others: who knew a save knew what its writer knew."""
        found: set[Key] = set()
        front = list(save.knew)
        while front:
            key = front.pop()
            if key not in found:
                found.add(key)
                front += self.saves[key].knew if key in self.saves else ()
        return found


def last_ones(saves: Iterable[Save], knew: Mapping[Key, set[Key]]) -> list[Save]:
    """Those saves that the writer of no other one knew."""
    listed = list(saves)
    return [one for one in listed if not any(one.key in knew[other.key] for other in listed)]
