"""A visit of a household (走访): its draft, kept at every pause, and its saving with a page for each care record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.values import missing, read_typed
from shequ_desktop.storage import drafts
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from shequ_desktop.storage.reading import Reader, Record
from shequ_desktop.storage.unit_of_work import UnitOfWork

FORM, FORM_VERSION = "visit", 1


def start(archive: Archive, *, household: str, visit: str = "") -> Draft | Problem:
    """The draft of this visit: the one that is there, else the visit as saved, else an empty one, kept at once."""
    with archive.write() as work:
        reader = Reader(work.connection)
        if reader.record("household", household) is None:
            return Problem("no_such_record", values=(("kind", "household"), ("record", household)))
        draft = drafts.get(work.connection, visit, work.author) if visit else None
        if draft is None:
            draft = _new(work, reader, household, visit or work.new_id())
            drafts.keep(work.connection, draft)
        return draft


def start_from_form(archive: Archive, *, code: str) -> Draft | Problem:
    """The draft that a scanned form leads to."""
    read = visit_codes.read(code)
    return read if isinstance(read, Problem) else start(archive, household=read.household, visit=read.visit)


def keep(archive: Archive, *, draft: Draft, content: Mapping[str, Any]) -> Draft:
    """Keep what is typed so far."""
    kept = Draft(draft.id, draft.owner, draft.form, draft.form_version, draft.about, content, archive.clock())
    with archive.write() as work:
        drafts.keep(work.connection, kept)
    return kept


def finish(archive: Archive, *, draft: Draft, today: date) -> str | list[Problem]:
    """Save the visit, its pages and promises, and let the draft go: one transaction. Answers the visit's id.

    The draft's content: `visit`: {field: text}, `notes`: [{field: text}], `promises`: [{field: text}], `seen`, and
    `done`: ids of older promises that this visit kept. A promise that was saved before names its `id`.
    """
    visit = _typed("visit", draft.content.get("visit", {}), {"household": draft.about}, today)
    notes = [_typed("visit_note", note, {"visit": draft.id}, today) for note in draft.content.get("notes", ())]
    listed = [dict(promise) for promise in draft.content.get("promises", ())]
    known = [promise.pop("id", "") for promise in listed]
    promises = [_typed("follow_up", promise, {"household": draft.about, "visit": draft.id}, today) for promise in listed]
    problems = [problem for typed in (visit, *notes, *promises) if isinstance(typed, list) for problem in typed]
    if problems or isinstance(visit, list):
        return problems
    seen = draft.content.get("seen")
    with archive.write() as work:
        _save(work, "visit", draft.id, visit, seen)
        _save_children(work, "visit_note", [("", note) for note in notes if isinstance(note, dict)], seen)
        _save_children(
            work, "follow_up", [(n, one) for n, one in zip(known, promises, strict=True) if isinstance(one, dict)], seen
        )
        _close_promises(work, draft.content.get("done", ()), visit["visited_on"])
        drafts.remove(work.connection, draft.id, draft.owner)
    return draft.id


def discard(archive: Archive, *, draft: Draft) -> None:
    """Let a draft go; `keep` brings it back."""
    with archive.write() as work:
        drafts.remove(work.connection, draft.id, draft.owner)


def take_back(archive: Archive, *, draft: Draft) -> Draft:
    """Undo the finishing of a visit that was new: its records are marked as registered by mistake, its draft is there again."""
    with archive.write() as work:
        reader = Reader(work.connection)
        for kind in ("visit_note", "follow_up"):
            for child in reader.where(kind, visit=draft.id):
                work.retract(kind, child.id)
        if (saved := reader.record("visit", draft.id)) and not saved.retracted:
            work.retract("visit", draft.id)
        for promise in reader.records("follow_up", draft.content.get("done", ())):
            work.edit("follow_up", promise, {"done_on": None})
        drafts.keep(work.connection, draft)
    return draft


def _typed(kind: str, typed: Mapping[str, Any], known: Mapping[str, str], today: date) -> dict[str, Any] | list[Problem]:
    values = read_typed(KINDS[kind], {**{name: str(text) for name, text in typed.items()}, **known}, today=today)
    return values if isinstance(values, list) else missing(KINDS[kind], values) or values


def _save(work: UnitOfWork, kind: str, record: str, values: Mapping[str, Any], seen: int | None) -> None:
    there = Reader(work.connection).record(kind, record)
    if there is None:
        work.create(kind, values, record=record, seen=seen)
        return
    if there.retracted:  # its finishing was taken back, and now it is finished again
        work.retract(kind, record, back=True)
    work.edit(kind, record, values, seen=seen)


def _save_children(work: UnitOfWork, kind: str, children: Sequence[tuple[str, Mapping[str, Any]]], seen: int | None) -> None:
    """One page for each care record, one promise for each text: saving twice makes none twice. An id names the one meant."""
    reader = Reader(work.connection)
    key = "care_record" if kind == "visit_note" else "promised"
    for record, values in children:
        alike = [one.id for one in reader.where(kind, visit=values["visit"]) if one.fields.get(key) == values.get(key)]
        known = [record] if record and reader.record(kind, record) else alike
        if known:
            work.edit(kind, known[0], values, seen=seen)
        else:
            work.create(kind, values, seen=seen)


def _close_promises(work: UnitOfWork, done: Sequence[str], on: str) -> None:
    """Older promises that this visit kept; one that is done already stays as it is."""
    for record, promise in Reader(work.connection).records("follow_up", done).items():
        if not promise.fields.get("done_on"):
            work.edit("follow_up", record, {"done_on": on})


def _new(work: UnitOfWork, reader: Reader, household: str, visit: str) -> Draft:
    saved = reader.record("visit", visit)
    content: dict[str, Any] = {"visit": {}, "notes": [], "promises": [], "seen": reader.seen}
    if saved and not saved.retracted:
        content["visit"] = _texts(saved, "household")
        content["notes"] = [_texts(note, "visit") for note in reader.where("visit_note", visit=visit)]
        promises = reader.where("follow_up", visit=visit)
        content["promises"] = [{**_texts(one, "household", "visit", "done_on", "result"), "id": one.id} for one in promises]
    return Draft(visit, work.author, FORM, FORM_VERSION, household, content, work.now_ms)


def _texts(record: Record, *without: str) -> dict[str, str]:
    """The record's values as they are typed."""
    return {name: str(value) for name, value in record.fields.items() if name not in without}
