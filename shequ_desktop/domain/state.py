"""The state of one record as its changes make it. Pure: the same fold on laptop, league and in every test."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Change, Outcome
from shequ_desktop.domain.fields import Kind, Policy
from shequ_desktop.domain.records import KINDS


@dataclass(frozen=True, slots=True)
class State:
    """Values of one record; what is empty is absent. `seq`: number of the newest decided change in it."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    retracted: bool = False
    seq: int = 0


def group_of(kind: str, name: str) -> str:
    """Merge group of a field; a field or kind that this version does not know is a group of its own."""
    known = KINDS.get(kind)
    declared = known.by_name.get(name) if known else None
    return declared.merge_group if declared else name


def policy_of(kind: str, group: str) -> Policy:
    """Policy of a merge group; unknown groups: LATEST."""
    known = KINDS.get(kind)
    return known.groups[group][0].policy if known and group in known.groups else Policy.LATEST


_UNION = {kind.name: frozenset(field.name for field in kind.fields if field.policy is Policy.UNION) for kind in KINDS.values()}


def is_union(kind: str, name: str) -> bool:
    return name in _UNION.get(kind, ())


def applied(state: State | None, change: Change, outcome: Outcome | None = None) -> State:
    """The state with the change's values on it; of a decided change only the groups that stand."""
    before = state or State()
    fields, retracted = dict(before.fields), before.retracted
    lost = outcome.lost if outcome else frozenset()
    unions = _UNION.get(change.kind, ())
    for name, value in change.fields.items():
        if name == RETRACTED:
            retracted = bool(value) if RETRACTED not in lost else retracted
        elif not lost or group_of(change.kind, name) not in lost:
            value = _united(fields.get(name), value) if name in unions else value
            if value in (None, "", []):
                fields.pop(name, None)
            else:
                fields[name] = value
    if outcome and outcome.revives:
        retracted = False
    return State(fields, retracted, max(before.seq, outcome.seq if outcome else 0))


def _united(before: list[str] | None, value: Any) -> list[str]:
    """Elements before, with those added and without those removed; a plain list (a creation) is all added."""
    if not isinstance(value, Mapping):
        return sorted(value or ())
    return sorted((set(before or ()) | set(value.get("add", ()))) - set(value.get("remove", ())))


def touched(kind: Kind, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What a save of `wanted` changes, as a change carries it: whole groups, added and removed elements of a UNION.

    Empty where nothing differs. None, "" and [] mean that the value is taken away.
    """
    carried: dict[str, Any] = {}
    for name, value in wanted.items():
        if (value or None if not isinstance(value, (bool, int)) else value) == before.get(name):
            continue
        declared = kind.by_name[name]
        if declared.policy is Policy.UNION:
            old, new = set(before.get(name, ())), set(value or ())
            carried[name] = {"add": sorted(new - old), "remove": sorted(old - new)}
        else:
            for member in kind.groups[declared.merge_group]:
                carried[member.name] = wanted.get(member.name, before.get(member.name)) or None
            if isinstance(value, (bool, int)):
                carried[name] = value
    return carried


def digest(kind: str, record: str, state: State) -> int:
    """A number of 40 bits that two sides compare instead of the record; sums of millions stay within 64 bits."""
    values = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(state.fields.items()))
    text = f"{kind}\x1d{record}\x1d{int(state.retracted)}\x1d{values}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=5).digest())
