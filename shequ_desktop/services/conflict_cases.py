"""Conflicts as a person decides them (等您决定的): by whom they are about, with the household around; likely duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.changes import Conflict
from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.identity import match_key
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import conflicts, homes
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader, Record

WAITS, DECIDED, UNSEEN, TWINS = "waits", "decided", "unseen", "twins"
"""Waits for a person; decided; superseded by somebody who had not seen it; people with one identity number."""


@dataclass(frozen=True, slots=True)
class Person:
    """`relation`: to the head of the household that is shown."""

    id: str
    name: str
    sex: str
    birth: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Conflicts about one person or household in one state; or people who may be the same. `id` names it among all."""

    id: str
    state: str
    who: Person
    household: str
    conflicts: tuple[Conflict, ...] = ()
    twins: tuple[Person, ...] = ()

    @property
    def newest_ms(self) -> int:
        return max((side.time_ms for one in self.conflicts for side in one.sides), default=0)


@dataclass(frozen=True, slots=True)
class Around:
    """The household around a case."""

    household: str
    number: str
    address: str
    members: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision for one conflict: side `take`, or values as typed."""

    conflict: str
    take: int | None = None
    typed: Mapping[str, str] | None = None


def cases(archive: Archive) -> list[Case]:
    """All of them: those that wait first, the newest of each state first."""
    every = conflicts.conflicts(archive, every=True)
    waiting = {one.id for one in conflicts.conflicts(archive)}
    with archive.read() as reader:
        about = _about(reader, every)
        people = reader.records("resident", {who for kind, who in about.values() if kind == "resident"})
        lives_in = homes.of_residents(reader, people)
        heads = homes.heads(reader, {who for kind, who in about.values() if kind == "household"})
        twins = _twins(reader)
    grouped: defaultdict[tuple[str, str, str], list[Conflict]] = defaultdict(list)
    for one in every:
        state = WAITS if one.id in waiting else UNSEEN if _is_unseen(one) else DECIDED
        grouped[(state, *about.get(one.record, (one.kind, one.record)))].append(one)
    found = [
        Case(
            f"{state} {who}",
            state,
            _person(people.get(who) or heads.get(who)),
            who if kind == "household" else lives_in.get(who, ""),
            tuple(listed),
        )
        for (state, kind, who), listed in grouped.items()
    ]
    order = (WAITS, DECIDED, UNSEEN)
    return sorted(found, key=lambda case: (order.index(case.state), -case.newest_ms)) + twins


def _is_unseen(one: Conflict) -> bool:
    return not one.decided_by and one.policy == Policy.LATEST.value


def _about(reader: Reader, listed: Sequence[Conflict]) -> dict[str, tuple[str, str]]:
    """{record: (resident or household, its id)}: whom a conflict is about."""
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for one in listed:
        by_kind[one.kind].add(one.record)
    found: dict[str, tuple[str, str]] = {}
    for kind, records in by_kind.items():
        if kind in ("resident", "household"):
            found |= {record: (kind, record) for record in records}
            continue
        for record in records:
            there = reader.record(kind, record)
            for parent in ("resident", "household"):
                if there is not None and there.fields.get(parent):
                    found[record] = (parent, str(there.fields[parent]))
                    break
    return found


def _person(record: Record | None, relation: str = "") -> Person:
    if record is None:
        return Person("", "", "", "")
    told = in_force(record.fields)
    return Person(record.id, str(record.fields.get("name", "")), told.get("sex", ""), told.get("birth_date", ""), relation)


def _twins(reader: Reader) -> list[Case]:
    """Residents whose identity numbers mean the same person. Only looked at: that they differ can be said from issue 9 on."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for resident, number in reader.columns("resident", "id_number"):
        if number:
            owners[match_key(number)].append(resident)
    shared = {key: sorted(listed) for key, listed in owners.items() if len(listed) > 1}
    people = reader.records("resident", {one for listed in shared.values() for one in listed})
    lives_in = homes.of_residents(reader, people)
    found = []
    for listed in shared.values():
        same = tuple(_person(people[one]) for one in listed if one in people)
        if len(same) > 1:
            found.append(Case(f"{TWINS} {same[0].id}", TWINS, same[0], lives_in.get(same[0].id, ""), (), same))
    return sorted(found, key=lambda case: case.who.name)


def around(archive: Archive, household: str) -> Around:
    """Who lives in the household, and where."""
    with archive.read() as reader:
        home = reader.record("household", household) if household else None
        members = homes.members(reader, [household]).get(household, []) if household else []
    fields: Mapping[str, Any] = home.fields if home else {}
    people = tuple(_person(resident, str(one.fields.get("relation", ""))) for one, resident in members)
    return Around(household, str(fields.get("number", "")), str(fields.get("address", "")), people)


@dataclass(frozen=True, slots=True)
class Decided:
    """How many were decided, and what could not be, by conflict."""

    done: int
    problems: Mapping[str, Problem]


def decide_all(archive: Archive, *, choices: Sequence[Choice], today: date) -> Decided:
    """Decide each of these; one that cannot be decided like this holds up no other."""
    done, problems = 0, {}
    for choice in choices:
        made = conflicts.decide(archive, conflict=choice.conflict, today=today, take=choice.take, typed=choice.typed)
        if isinstance(made, list):
            problems[choice.conflict] = made[0]
        else:
            done += 1
    return Decided(done, problems)


def waiting_count(archive: Archive, _today: date) -> int:
    """How many conflicts wait, as navigation counts."""
    return len(conflicts.conflicts(archive))
