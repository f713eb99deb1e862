"""Who lives where: memberships read for people and households (谁住哪家)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.storage.reading import Reader, Record


def of_residents(reader: Reader, residents: Iterable[str]) -> dict[str, str]:
    """{resident: household} by the membership that holds now, the newest one."""
    return {
        membership.fields["resident"]: membership.fields["household"]
        for membership in reader.among("membership", "resident", residents)
        if _holds(membership)
    }


def members(reader: Reader, households: Iterable[str]) -> dict[str, list[tuple[Record, Record]]]:
    """{household: [(membership, resident)]}: the head first, then in the order of their relations."""
    memberships = [one for one in reader.among("membership", "household", households) if _holds(one)]
    residents = reader.records("resident", {one.fields["resident"] for one in memberships})
    found: dict[str, list[tuple[Record, Record]]] = {}
    for one in sorted(memberships, key=_rank):
        if resident := residents.get(one.fields["resident"]):
            found.setdefault(one.fields["household"], []).append((one, resident))
    return found


def heads(reader: Reader, households: Mapping[str, Record] | Iterable[str]) -> dict[str, Record]:
    """{household: its head}; where nobody is called head, the member who stands first."""
    return {household: people[0][1] for household, people in members(reader, households).items()}


def phones(reader: Reader, residents: Iterable[str]) -> dict[str, list[Record]]:
    """{resident: phones}"""
    found: dict[str, list[Record]] = {}
    for phone in reader.among("phone", "resident", residents):
        found.setdefault(phone.fields["resident"], []).append(phone)
    return found


def _holds(membership: Record) -> bool:
    return not membership.fields.get("until") and {"household", "resident"} <= membership.fields.keys()


def _rank(membership: Record) -> tuple[bool, str, str]:
    relation = membership.fields.get("relation", "")
    return relation not in HEAD_RELATIONS, relation or "99", membership.id
