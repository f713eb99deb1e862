"""Visits in their three states (草稿、写完、已上传), with what names the home, and one of them whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.services import homes, league_link, visit_checks, visits
from shequ_desktop.storage import drafts
from shequ_desktop.storage import standing as standings
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from shequ_desktop.storage.reading import Reader, Record

DRAFT, WAITING, ASIDE, SENT = "draft", "waiting", "aside", "sent"
"""States of a visit. Where the archive belongs to no league, a finished visit is WAITING: it is on this computer only."""

MOST = 300
"""Finished visits that are listed; older ones stand with their households."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`on`: the day of the visit. `kept_ms`: when the draft was kept last. `lacking`: what it lacks before it can be finished."""

    id: str
    household: str
    state: str
    head: str
    home: Mapping[str, Any]
    on: str
    visitors: str
    outcome: str
    kept_ms: int = 0
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Visits:
    """`enrolled`: whether there is a league that could have them."""

    rows: tuple[Listed, ...]
    enrolled: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One finished visit with its pages and promises; `people`: {care record: (name, care kind, label)}."""

    fields: Mapping[str, Any]
    notes: tuple[Mapping[str, Any], ...]
    promises: tuple[Mapping[str, Any], ...]
    people: Mapping[str, tuple[str, str, str]]


def listed(archive: Archive, *, today: date, most: int = MOST) -> Visits:
    """Own drafts, the last kept first; then finished visits, those that the league has not first, then the newest."""
    with archive.read() as reader:
        own = [draft for draft in drafts.of_owner(reader.connection, archive.user) if draft.form == visits.FORM]
        waits = standings.undecided(reader, "visit", most)
        known = {visit.id for visit in waits}
        newest = [visit for visit in standings.newest(reader, "visit", "visited_on", most) if visit.id not in known]
        drafted = {draft.id for draft in own}
        finished = [visit for visit in (*waits, *newest) if visit.id not in drafted][:most]
        states = standings.standing(reader, known)
        about = _Homes.read(reader, {*(draft.about for draft in own), *(_home_of(visit) for visit in finished)} - {""})
        rows = [_draft_row(draft, about, today) for draft in own]
        rows += [_visit_row(visit, about, states) for visit in finished]
        return Visits(tuple(rows), league_link.read(reader.connection) is not None)


def drafts_kept(archive: Archive, _today: date) -> int:
    """How many visits this person has begun and not finished."""
    with archive.read() as reader:
        return sum(1 for draft in drafts.of_owner(reader.connection, archive.user) if draft.form == visits.FORM)


def draft_of(archive: Archive, *, draft: str) -> Draft | None:
    with archive.read() as reader:
        return drafts.get(reader.connection, draft, archive.user)


def whole(archive: Archive, *, visit: str) -> Whole | None:
    """Everything that was written on one visit; None where there is no such visit, or a draft of it only."""
    with archive.read() as reader:
        found = reader.record("visit", visit)
        if found is None or found.retracted:
            return None
        notes = tuple(note.fields for note in reader.where("visit_note", visit=visit))
        promises = tuple(one.fields for one in reader.where("follow_up", visit=visit))
        return Whole(found.fields, notes, promises, _people(reader, notes))


def whole_draft(archive: Archive, *, draft: str) -> Whole | None:
    """What stands in one's own draft, in the shape of a finished visit."""
    with archive.read() as reader:
        kept = drafts.get(reader.connection, draft, archive.user)
        if kept is None:
            return None
        content = kept.content
        notes = tuple(content.get("notes", ()))
        return Whole(content.get("visit", {}), notes, tuple(content.get("promises", ())), _people(reader, notes))


def _people(reader: Reader, notes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str, str]]:
    cares = reader.records("care_record", {str(note.get("care_record", "")) for note in notes} - {""})
    residents = reader.records("resident", {str(care.fields.get("resident", "")) for care in cares.values()} - {""})
    return {care.id: _person(care, residents) for care in cares.values()}


def _person(care: Record, residents: Mapping[str, Record]) -> tuple[str, str, str]:
    resident = residents.get(str(care.fields.get("resident", "")))
    name = str(resident.fields.get("name", "")) if resident else ""
    return name, str(care.fields.get("care_kind", "")), str(care.fields.get("label", ""))


@dataclass(frozen=True, slots=True)
class _Homes:
    households: Mapping[str, Record]
    heads: Mapping[str, Record]

    @classmethod
    def read(cls, reader: Reader, ids: Iterable[str]) -> _Homes:
        wanted = set(ids)
        return cls(reader.records("household", wanted), homes.heads(reader, wanted))

    def head(self, household: str) -> str:
        head = self.heads.get(household)
        return str(head.fields.get("name", "")) if head else ""

    def home(self, household: str) -> Mapping[str, Any]:
        there = self.households.get(household)
        return there.fields if there else {}


def _home_of(visit: Record) -> str:
    return str(visit.fields.get("household", ""))


def _draft_row(draft: Draft, about: _Homes, today: date) -> Listed:
    typed = draft.content.get("visit", {})
    return Listed(
        draft.id,
        draft.about,
        DRAFT,
        about.head(draft.about),
        about.home(draft.about),
        on=str(typed.get("visited_on", "")),
        visitors=str(typed.get("visitors", "")),
        outcome=str(typed.get("outcome", "")),
        kept_ms=draft.kept_ms,
        lacking=len(visit_checks.faults(draft.content, today=today)),
    )


def _visit_row(visit: Record, about: _Homes, states: Mapping[str, str]) -> Listed:
    state = {standings.WAITING: WAITING, standings.ASIDE: ASIDE}.get(states.get(visit.id, ""), SENT)
    home = _home_of(visit)
    texts = {name: str(visit.fields.get(name, "")) for name in ("visited_on", "visitors", "outcome")}
    return Listed(
        visit.id, home, state, about.head(home), about.home(home), texts["visited_on"], texts["visitors"], texts["outcome"]
    )
