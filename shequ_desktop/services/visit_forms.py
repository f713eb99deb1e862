"""What the form of a visit is given (走访表): the draft, who is in care in this home, earlier visits, open promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import homes, visits
from shequ_desktop.storage import drafts
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from shequ_desktop.storage.ids import is_id
from shequ_desktop.storage.reading import Reader, Record

VisitDraft = Draft
"""The draft of a visit, as pages hold it."""

MOST_PAST = 50
"""Earlier visits that can be leafed through beside the new one."""


@dataclass(frozen=True, slots=True)
class InCare:
    """One page of the form: an open care record of somebody in this home."""

    care_record: str
    name: str
    care_kind: str
    label: str


@dataclass(frozen=True, slots=True)
class PastVisit:
    """An earlier visit. `number` counts from 1; `notes` by care record."""

    visit: str
    number: int
    fields: Mapping[str, Any]
    notes: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class OpenPromise:
    follow_up: str
    promised: str
    due_on: str


@dataclass(frozen=True, slots=True)
class VisitForm:
    """`past`: the newest first. `saved`: the visit was finished before, and is now corrected."""

    draft: VisitDraft
    head: str
    household: Mapping[str, Any]
    cares: tuple[InCare, ...]
    past: tuple[PastVisit, ...]
    promises: tuple[OpenPromise, ...]
    saved: bool


def open_named(archive: Archive, *, named: str) -> VisitForm | Problem:
    """The form that an id or the text of a square code leads to."""
    if isinstance(visit_codes.read(named), Problem) and is_id(named):
        return open_form(archive, record=named)
    return open_scanned(archive, code=named)


def open_form(archive: Archive, *, record: str) -> VisitForm | Problem:
    """The form that this id leads to: a draft, a visit, or a household, whose draft goes on where there is one."""
    if own := _draft_of(archive, record):
        return _form(archive, own)
    about = _household_of(archive, record)
    draft = visits.start(archive, household=about, visit=record if about != record else "")
    return draft if isinstance(draft, Problem) else _form(archive, draft)


def read_again(archive: Archive, *, draft: VisitDraft) -> VisitForm | Problem:
    """The same form with what has come since it was opened."""
    return _form(archive, draft)


def open_scanned(archive: Archive, *, code: str) -> VisitForm | Problem:
    """The form that a scanned square code leads to."""
    read = visit_codes.read(code)
    if isinstance(read, Problem):
        return read
    draft = visits.start(archive, household=read.household, visit=read.visit)
    return draft if isinstance(draft, Problem) else _form(archive, draft)


def _draft_of(archive: Archive, record: str) -> Draft | None:
    """The own draft with this id, or the one last kept about this household."""
    with archive.read() as reader:
        own = [draft for draft in drafts.of_owner(reader.connection, archive.user) if draft.form == visits.FORM]
    return next((draft for draft in own if record in (draft.id, draft.about)), None)


def _household_of(archive: Archive, record: str) -> str:
    with archive.read() as reader:
        visit = reader.record("visit", record) if is_id(record) else None
    return str(visit.fields.get("household", "")) if visit else record


def _form(archive: Archive, draft: Draft) -> VisitForm | Problem:
    with archive.read() as reader:
        household = reader.record("household", draft.about)
        if household is None:
            return Problem("no_such_record", values=(("kind", "household"), ("record", draft.about)))
        people = homes.members(reader, [draft.about]).get(draft.about, [])
        written = {str(note.get("care_record", "")) for note in draft.content.get("notes", ())}
        saved = reader.record("visit", draft.id)
        return VisitForm(
            draft=draft,
            head=str(people[0][1].fields.get("name", "")) if people else "",
            household=household.fields,
            cares=_cares(reader, people, written),
            past=_past(reader, draft),
            promises=_promises(reader, draft),
            saved=saved is not None and not saved.retracted,
        )


def _cares(reader: Reader, people: Sequence[tuple[Record, Record]], written: set[str]) -> tuple[InCare, ...]:
    """Open care records of the members, and those on whose page something stands already."""
    names = {resident.id: str(resident.fields.get("name", "")) for _, resident in people}
    order = list(names)
    found = [
        record
        for record in reader.among("care_record", "resident", order)
        if not record.fields.get("closed_on") or record.id in written
    ]
    known = {record.id for record in found}
    found += list(reader.records("care_record", written - known - {""}).values())
    others = reader.records("resident", {str(record.fields.get("resident", "")) for record in found} - names.keys())
    names |= {resident: str(record.fields.get("name", "")) for resident, record in others.items()}
    found.sort(key=lambda record: (_place(order, record.fields.get("resident", "")), record.id))
    return tuple(
        InCare(
            record.id,
            names.get(record.fields.get("resident", ""), ""),
            str(record.fields.get("care_kind", "")),
            str(record.fields.get("label", "")),
        )
        for record in found
    )


def _place(order: Sequence[str], resident: str) -> int:
    return order.index(resident) if resident in order else len(order)


def _past(reader: Reader, draft: Draft) -> tuple[PastVisit, ...]:
    earlier = [visit for visit in reader.where("visit", household=draft.about) if visit.id != draft.id]
    earlier.sort(key=lambda visit: (visit.fields.get("visited_on", ""), visit.id))
    numbered = list(enumerate(earlier, start=1))[-MOST_PAST:]
    notes: dict[str, dict[str, Mapping[str, Any]]] = {}
    for note in reader.among("visit_note", "visit", [visit.id for _, visit in numbered]):
        notes.setdefault(note.fields["visit"], {})[str(note.fields.get("care_record", ""))] = note.fields
    return tuple(PastVisit(visit.id, number, visit.fields, notes.get(visit.id, {})) for number, visit in reversed(numbered))


def _promises(reader: Reader, draft: Draft) -> tuple[OpenPromise, ...]:
    """What was promised before and is not done; what this draft ticked as done stays in sight."""
    ticked = set(draft.content.get("done", ()))
    found = [
        one
        for one in reader.where("follow_up", household=draft.about)
        if one.fields.get("visit") != draft.id and (not one.fields.get("done_on") or one.id in ticked)
    ]
    found.sort(key=lambda one: (one.fields.get("due_on", "9999"), one.id))
    return tuple(OpenPromise(one.id, str(one.fields.get("promised", "")), str(one.fields.get("due_on", ""))) for one in found)
