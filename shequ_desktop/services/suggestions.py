"""Suggestions and complaints (意见建议): written here, read at the league, answered there. About no resident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain.changes import Change
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.suggestions import SUGGESTION
from shequ_desktop.services import league_link
from shequ_desktop.services.values import missing, read_typed
from shequ_desktop.storage import drafts
from shequ_desktop.storage import standing as standings
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft

FORM, FORM_VERSION = "suggestion", 1
KIND = SUGGESTION.name
DECIDED, WAITING, ASIDE = standings.DECIDED, standings.WAITING, standings.ASIDE
"""How one stands with the league: it has all of it; some of it waits; some of it was set aside."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of one's own. `answered_on` is empty without an answer."""

    id: str
    text: str
    about_page: str
    written_ms: int
    state: str
    answer: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What one person has said, the newest first, and what they have begun. `enrolled`: there is a league that could read it."""

    listed: tuple[Suggestion, ...]
    draft: Draft
    enrolled: bool


def own(archive: Archive) -> Own:
    """What the person at the keyboard wrote; a draft is begun where there is none."""
    now_ms = archive.clock()
    new = archive.ids.new(now_ms)
    with archive.read() as reader:
        begun = next((one for one in drafts.of_owner(reader.connection, archive.user) if one.form == FORM), None)
        draft = begun or Draft(new, archive.user, FORM, FORM_VERSION, new, {}, now_ms)
        records = list(reader.all(KIND))
        states = standings.standing(reader, (record.id for record in records))
        written: dict[str, Change] = {}
        for row in reader.log_of([record.id for record in records]):
            written.setdefault(row.change.record, row.change)
        listed = [
            _suggestion(record.id, record.fields, written[record.id].time_ms, states.get(record.id, DECIDED))
            for record in records
            if record.id in written and written[record.id].author == archive.user
        ]
        enrolled = league_link.read(reader.connection) is not None
    return Own(tuple(sorted(listed, key=lambda one: (one.written_ms, one.id), reverse=True)), draft, enrolled)


def _suggestion(record: str, fields: Mapping[str, Any], written_ms: int, state: str) -> Suggestion:
    told = {name: str(fields.get(name) or "") for name in ("text", "about_page", "answer", "answered_on")}
    return Suggestion(record, written_ms=written_ms, state=state, **told)


def keep(archive: Archive, *, draft: Draft, text: str, about_page: str) -> None:
    """Keep what is typed so far; an empty text lets the draft go."""
    content = {"text": text, "about_page": about_page}
    with archive.write() as work:
        if text.strip():
            drafts.keep(work.connection, Draft(draft.id, draft.owner, FORM, FORM_VERSION, draft.about, content, archive.clock()))
        else:
            drafts.remove(work.connection, draft.id, draft.owner)


def write(archive: Archive, *, draft: Draft, text: str, about_page: str, today: date) -> str | list[Problem]:
    """Say it: saved here, and sent with the next exchange. The draft goes in the same transaction. Answers the record's id."""
    values = read_typed(SUGGESTION, {"text": text, "about_page": about_page}, today=today)
    if isinstance(values, list):
        return values
    if lacking := missing(SUGGESTION, values):
        return lacking
    with archive.write() as work:
        drafts.remove(work.connection, draft.id, draft.owner)
        return work.create(KIND, {name: value for name, value in values.items() if value}, record=draft.id)


def take_back(archive: Archive, *, suggestion: Suggestion) -> None:
    """Undo the saying of it: the record is marked as made by mistake, its text is a draft again."""
    content = {"text": suggestion.text, "about_page": suggestion.about_page}
    with archive.write() as work:
        work.retract(KIND, suggestion.id)
        new = work.new_id()
        drafts.keep(work.connection, Draft(new, work.author, FORM, FORM_VERSION, new, content, archive.clock()))
