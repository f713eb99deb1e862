"""New households and members (新户、新成员): several records in one save, so that no household is without its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import finding, homes
from shequ_desktop.services.editing import Problems, Saved, of_kind
from shequ_desktop.services.records import shown_fields
from shequ_desktop.services.values import missing, read_typed
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader
from shequ_desktop.storage.unit_of_work import UnitOfWork

HEAD = "02"
Typed = Mapping[str, Mapping[str, str]]
"""{kind: {field: text}}"""


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody in the archive who may be meant. `home`: name of the head of their household."""

    resident: str
    name: str
    fields: Mapping[str, Any]
    household: str
    home: str


def likely(archive: Archive, *, words: str, limit: int = 8) -> list[Likely]:
    """People whom the words fit: search before create."""
    found = [one for one in finding.find(archive, words=words, limit=4 * limit) if one.kind == "resident"][:limit]
    with archive.read() as reader:
        lives_in = homes.of_residents(reader, [one.id for one in found])
        heads = homes.heads(reader, set(lives_in.values()))
    return [
        Likely(
            one.id,
            one.fields.get("name", ""),
            shown_fields("resident", one.fields),
            lives_in.get(one.id, ""),
            heads[lives_in[one.id]].fields.get("name", "") if lives_in.get(one.id) in heads else "",
        )
        for one in found
    ]


def add_household(archive: Archive, *, typed: Typed, today: date, resident: str = "") -> list[Saved] | Problems:
    """A household with its head: a new resident, or `resident`, who is in the archive already."""
    read = _read(typed, ("household", *(() if resident else ("resident",)), "phone"), today)
    if isinstance(read, list):
        return read
    with archive.write() as work:
        home = work.create("household", read["household"])
        saved = [Saved("household", home, True, {})]
        return saved + _put_in(work, home, resident, read, HEAD, today)


def add_member(archive: Archive, *, household: str, typed: Typed, today: date, resident: str = "") -> list[Saved] | Problems:
    """Somebody joins a household: a new resident, or one who is in the archive and moves here."""
    read = _read(typed, (*(() if resident else ("resident",)), "membership", "phone"), today)
    if isinstance(read, list):
        return read
    relation = read["membership"].pop("relation", "")
    with archive.write() as work:
        if Reader(work.connection).record("household", household) is None:
            return [Problem("no_such_record", values=(("kind", "household"), ("record", household)))]
        return _put_in(work, household, resident, read, relation, today)


def move_out(archive: Archive, *, membership: str, today: date) -> Saved | Problem:
    """Somebody no longer belongs to the household, from today on."""
    with archive.write() as work:
        there = Reader(work.connection).record("membership", membership)
        if there is None:
            return Problem("no_such_record", values=(("kind", "membership"), ("record", membership)))
        work.edit("membership", membership, {"until": today.isoformat()})
    return Saved("membership", membership, False, {"until": there.fields.get("until"), "since": there.fields.get("since")})


def _read(typed: Typed, kinds: tuple[str, ...], today: date) -> dict[str, dict[str, Any]] | Problems:
    """Values of every kind, or all problems at once. A telephone is only made where a number was typed."""
    values: dict[str, dict[str, Any]] = {}
    problems: Problems = []
    for kind in kinds:
        read = read_typed(KINDS[kind], typed.get(kind, {}), today=today)
        if isinstance(read, list):
            problems += of_kind(kind, read)
            continue
        values[kind] = {name: value for name, value in read.items() if value is not None}
        if kind == "resident":
            problems += of_kind(kind, missing(KINDS[kind], values[kind]))
    return problems or values


def _put_in(
    work: UnitOfWork, home: str, resident: str, read: Mapping[str, dict[str, Any]], relation: str, today: date
) -> list[Saved]:
    saved: list[Saved] = []
    person = resident
    if not person:
        person = work.create("resident", read["resident"])
        saved.append(Saved("resident", person, True, {}))
    else:
        saved += _leave(work, person, home, today)
    since = {"since": today.isoformat()} if resident else {}
    joined = {"household": home, "resident": person, **since, **({"relation": relation} if relation else {})}
    saved.append(Saved("membership", work.create("membership", {**read.get("membership", {}), **joined}), True, {}))
    if read.get("phone", {}).get("number"):
        saved.append(Saved("phone", work.create("phone", {**read["phone"], "resident": person}), True, {}))
    return saved


def _leave(work: UnitOfWork, person: str, home: str, today: date) -> list[Saved]:
    """Whoever moves leaves where they were: nobody belongs to two households by our doing."""
    saved: list[Saved] = []
    for one in Reader(work.connection).where("membership", resident=person):
        if not one.fields.get("until") and one.fields.get("household") != home:
            work.edit("membership", one.id, {"until": today.isoformat()})
            saved.append(Saved("membership", one.id, False, {"until": None, "since": one.fields.get("since")}))
    return saved
