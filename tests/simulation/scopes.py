"""Which areas each record belongs to, worked out plainly from what the league shows. Knows no store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from shequ_desktop.domain.records import KINDS
from tests.simulation.record_checks import Standing

Place = tuple[str, str]
"""(kind, record)"""


@dataclass(frozen=True)
class Shown:
    """`makers`: the device that wrote the first change of each record."""

    records: Mapping[Place, Standing]
    makers: Mapping[Place, str]


def areas_of(shown: Shown) -> dict[Place, set[str]]:
    """Areas of each record; what has none is its maker's, written as @device. Unknown kinds have no place."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for (kind, _), one in shown.records.items():
        if kind == "membership" and not one.retracted and one.fields.get("household"):
            members[one.fields["resident"]].add(one.fields["household"])
    found: dict[Place, set[str]] = {}
    for kind in KINDS:
        for place, one in shown.records.items():
            if place[0] == kind:
                found[place] = _areas(place, one, members, found) or {f"@{shown.makers[place]}"}
    return found


def _areas(place: Place, one: Standing, members: Mapping[str, set[str]], found: Mapping[Place, set[str]]) -> set[str]:
    kind, record = place
    if kind == "household":
        return {one.fields["area"]} if one.fields.get("area") else set()
    if kind == "resident":
        above = [("household", home) for home in members.get(record, ())]
    else:
        declared = KINDS[kind]
        above = [(declared.by_name[name].codes, one.fields[name]) for name in declared.parents if one.fields.get(name)]
    return set().union(*(found.get(parent, set()) for parent in above))


def holds(areas: Mapping[Place, set[str]], place: Place, area: str, device: str) -> bool:
    """Whether a device limited to an area (empty: not limited) is entitled to a record."""
    if not area:
        return True
    return any(one.startswith(area) or one == f"@{device}" for one in areas.get(place, ()))
