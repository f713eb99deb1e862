"""Printing forms (打印): which households, into which file. Writes no synced record; who printed stands in the audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.printing.booklet import Booklet, Printed, never, print_booklet
from shequ_desktop.printing.drawing import unprintable
from shequ_desktop.printing.forms.home_visit import home_visit
from shequ_desktop.printing.home_visit_sheet import form_words
from shequ_desktop.services import due, home_visit_sheets
from shequ_desktop.services.sheets_reading import Occasion, Speak
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id


@dataclass(frozen=True, slots=True)
class Job:
    """What lies in the file, and what a person must know: boxed characters, people in care without a household."""

    forms: int
    pages: int
    boxed: tuple[tuple[str, tuple[str, ...]], ...]
    without_household: int


def home_visits_due(archive: Archive, *, on: date) -> list[tuple[str, str]]:
    """(household, no visit id) of the households due."""
    return [(one.household, "") for one in due.households_due(archive, on=on)]


def home_visits_all(archive: Archive) -> list[tuple[str, str]]:
    """One form for each household with an open care record."""
    return sorted((one.household, "") for one in due.schedule(archive) if one.care_records)


def home_visit_of(archive: Archive, *, record: str) -> list[tuple[str, str]] | Problem:
    """The form of this household, or of this visit."""
    with archive.read() as reader:
        visit = reader.record("visit", record) if is_id(record) else None
        if visit:
            return [(visit.fields.get("household", ""), record)]
        if is_id(record) and reader.record("household", record):
            return [(record, "")]
    return Problem("no_such_record", values=(("kind", "household"), ("record", record)))


def print_home_visits(
    archive: Archive,
    wanted: list[tuple[str, str]],
    *,
    out: Path,
    speak: Speak,
    printed_at: datetime,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Job | Problem:
    """Print these forms into `out`, whole or not at all."""
    with archive.read() as reader:
        occasion = Occasion(
            speak=speak,
            printed_by=archive.user,
            printed_at=printed_at,
            device=reader.meta("device"),
            new_visit=lambda: archive.ids.new(archive.clock()),
        )
        drawn = home_visit_sheets.sheets(reader, [pair for pair in wanted if pair[0]], occasion)
        words = form_words(speak)
        booklet = Booklet(title=words.title, printed_at=printed_at)
        drawings = (home_visit(sheet, words) for sheet in drawn)
        printed = print_booklet(drawings, out, booklet=booklet, progress=progress, cancelled=cancelled)
    if not isinstance(printed, Printed):
        return Problem(printed.key, values=(("file", printed.file),))
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act="printed", detail=f"home-visit {printed.forms}")
    boxed = tuple((one.text, one.characters) for one in printed.boxed)
    return Job(printed.forms, printed.pages, boxed, sum(1 for household, _ in wanted if not household))


def boxed_beforehand(archive: Archive, wanted: list[tuple[str, str]], *, speak: Speak, printed_at: datetime) -> list[str]:
    """Texts of these forms that hold a character without glyph: to be named before anything is printed."""
    with archive.read() as reader:
        occasion = Occasion(speak=speak, printed_by="", printed_at=printed_at, device="", new_visit=lambda: _NOBODY)
        drawn = home_visit_sheets.sheets(reader, [pair for pair in wanted if pair[0]], occasion)
        return list(dict.fromkeys(one.text for sheet in drawn for one in unprintable(sheet)))


_NOBODY = "00000000-0000-7000-8000-000000000000"
