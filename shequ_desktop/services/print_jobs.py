"""Printing forms (打印): which form, for whom, into which file. Writes no synced record; who printed stands in the audit."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.printing import terms
from shequ_desktop.printing.booklet import Booklet, Printed, PrintProblem, never, print_booklet
from shequ_desktop.printing.drawing import Drawing, unprintable
from shequ_desktop.printing.form import draw_form
from shequ_desktop.printing.form_catalogue import FORMS
from shequ_desktop.printing.form_sheet import FormSheet, Language
from shequ_desktop.printing.forms.alignment_page import alignment_page
from shequ_desktop.printing.forms.home_visit import home_visit
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet, blank_sheet, form_words, sample_sheet
from shequ_desktop.printing.samples import sample
from shequ_desktop.services import due, home_visit_sheets, print_wanted, sheets_forms, targets
from shequ_desktop.services.print_wanted import HOME_VISITS, Pair
from shequ_desktop.services.sheets_reading import Occasion, Speak
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader

TEST_PAGE, DUE_LIST = "test-page", "due-list"
NAMES = (*HOME_VISITS, *FORMS, TEST_PAGE)
"""Every form that can be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which form; in Chinese, or in both scripts; from which page of the whole on (its form is printed from its first page)."""

    form: str = "home-visit"
    scripts: bool = False
    from_page: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What lies in the file, and what a person must know: boxed characters, people in care without a household."""

    forms: int
    pages: int
    boxed: tuple[tuple[str, tuple[str, ...]], ...]
    without_household: int


def home_visits_due(archive: Archive, *, on: date) -> list[Pair]:
    """(household, no visit id) of the households due."""
    return print_wanted.due_ones(archive, "home-visit", on=on)


def home_visits_all(archive: Archive) -> list[Pair]:
    """One form for each household with an open care record."""
    return sorted(print_wanted.all_ones(archive, "home-visit"))


def home_visit_of(archive: Archive, *, record: str) -> list[Pair] | Problem:
    """The form of this household, or of this visit."""
    return print_wanted.named_ones(archive, "home-visit", records=[record])


def print_home_visits(
    archive: Archive,
    wanted: list[Pair],
    *,
    out: Path,
    speak: Speak,
    printed_at: datetime,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Job | Problem:
    """Print these home-visit forms into `out`, whole or not at all."""
    return print_forms(
        archive, Order(), wanted, out=out, speak=speak, printed_at=printed_at, progress=progress, cancelled=cancelled
    )


def print_forms(
    archive: Archive,
    order: Order,
    wanted: list[Pair],
    *,
    out: Path,
    speak: Speak,
    printed_at: datetime,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Job | Problem:
    """Print these forms into `out`, whole or not at all. `wanted` as `print_wanted` answers it for this form."""
    refused = targets.refused(out, own=archive.folder)
    if refused:
        return refused
    with drawings(archive, order, wanted, speak=speak, printed_at=printed_at) as (drawn, booklet):
        printed = print_booklet(drawn, out, booklet=booklet, progress=progress, cancelled=cancelled)
    if not isinstance(printed, Printed):
        return problem_of(printed)
    note_printed(archive, order, printed.forms)
    return job_of(printed, wanted)


@contextlib.contextmanager
def drawings(
    archive: Archive, order: Order, wanted: list[Pair], *, speak: Speak, printed_at: datetime
) -> Iterator[tuple[Iterator[Drawing], Booklet]]:
    """(forms, drawn as they are asked for; what the file says about itself)"""
    with archive.read() as reader:
        occasion = Occasion(
            speak=speak,
            printed_by=archive.user,
            printed_at=printed_at,
            device=reader.meta("device"),
            new_visit=lambda: archive.ids.new(archive.clock()),
        )
        paper = _paper(order, speak)
        yield map(paper.draw, _sheets(archive, reader, order, wanted, occasion)), _booklet(order, speak, printed_at)


def note_printed(archive: Archive, order: Order, forms: int) -> None:
    """Who printed how many of which form."""
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act="printed", detail=f"{order.form} {forms}")


def job_of(printed: Printed, wanted: list[Pair]) -> Job:
    """What a person must know of what was printed."""
    boxed = tuple((one.text, one.characters) for one in printed.boxed)
    return Job(printed.forms, printed.pages, boxed, sum(1 for record, _ in wanted if not record))


def print_without_archive(order: Order, *, out: Path, speak: Speak, filled: bool = False) -> Job | Problem:
    """A form to fill in by hand, or one with sample values; a test page. Nobody's archive is opened for it."""
    refused = targets.refused(out)
    if refused:
        return refused
    paper = _paper(order, speak)
    drawing = alignment_page(speak) if order.form == TEST_PAGE else paper.draw(_made_up(order, speak, filled))
    printed = print_booklet([drawing], out, booklet=_booklet(order, speak, None))
    if not isinstance(printed, Printed):
        return problem_of(printed)
    return Job(printed.forms, printed.pages, (), 0)


def boxed_beforehand(
    archive: Archive, wanted: list[Pair], *, speak: Speak, printed_at: datetime, order: Order | None = None
) -> list[str]:
    """Texts of these forms that hold a character without glyph: to be named before anything is printed."""
    with archive.read() as reader:
        occasion = Occasion(speak=speak, printed_by="", printed_at=printed_at, device="", new_visit=lambda: _NOBODY)
        order = order or Order()
        sheets = _sheets(archive, reader, order, wanted, occasion)
        return list(dict.fromkeys(one.text for sheet in sheets for one in unprintable(sheet, scripts=order.scripts)))


def unreviewed(order: Order, *, speak: Speak) -> tuple[str, ...]:
    """Chinese words of the terms on this form that no native reader has approved: to be named before anything is printed."""
    if not order.scripts or order.form == TEST_PAGE:
        return ()
    paper = _paper(order, speak)
    return tuple(terms.terms()[name].zh for name in terms.unreviewed(paper.scripts()))


class _Paper:
    """One form in its language: draws any number of its sheets."""

    def __init__(self, order: Order, words: FormWords, language: Language) -> None:
        self._order, self._words, self._language = order, words, language

    def draw(self, sheet: HomeVisitSheet | FormSheet) -> Drawing:
        if isinstance(sheet, HomeVisitSheet):
            return home_visit(sheet, self._words)
        return draw_form(FORMS[self._order.form], sheet, self._language)

    def scripts(self) -> list[str]:
        if self._order.form in HOME_VISITS:
            return list(self._words.script.values())
        return [script for label in FORMS[self._order.form].labels if (script := self._language.script(label))]


@functools.lru_cache(maxsize=4)
def _paper(order: Order, speak: Speak) -> _Paper:
    title = f"form.title.{order.form}" if HOME_VISITS.get(order.form) else ""
    return _Paper(order, form_words(speak, title=title, scripts=order.scripts), Language(speak=speak, scripts=order.scripts))


def _booklet(order: Order, speak: Speak, printed_at: datetime | None) -> Booklet:
    title = speak("form.home_visit.title" if order.form == "home-visit" else f"form.title.{order.form}")
    return Booklet(title=title, printed_at=printed_at, from_page=order.from_page)


def _sheets(
    archive: Archive, reader: Reader, order: Order, wanted: list[Pair], occasion: Occasion
) -> Iterator[HomeVisitSheet | FormSheet]:
    named = [pair for pair in wanted if pair[0]]
    if order.form in HOME_VISITS:
        yield from home_visit_sheets.sheets(reader, named, occasion, care_kind=HOME_VISITS[order.form])
    elif order.form == DUE_LIST:
        listed = {record for record, _ in wanted}
        yield sheets_forms.due_list(reader, [one for one in due.schedule(archive) if one.household in listed], occasion)
    else:
        yield from sheets_forms.sheets(reader, order.form, [record for record, _ in named], occasion)


def _made_up(order: Order, speak: Speak, filled: bool) -> HomeVisitSheet | FormSheet:
    if order.form in HOME_VISITS:
        kind = HOME_VISITS[order.form]
        return sample_sheet(speak, kind or "elder") if filled else blank_sheet(speak, kind or "home")
    return sample(order.form) if filled else FormSheet()


def problem_of(problem: PrintProblem) -> Problem:
    """Why nothing was printed, with the file it was meant for."""
    return Problem(problem.key, values=(("file", problem.file),))


_NOBODY = "00000000-0000-7000-8000-000000000000"
