"""Forms drawn in memory, to be looked at, saved or sent to a printer (打印预览). Nothing of them lies readable on a disk.

What is seen is what is printed: the same bytes, with the same visit in each square code.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pypdfium2

from shequ_desktop.domain.problems import Problem
from shequ_desktop.printing.booklet import PrintProblem, never, write_booklet
from shequ_desktop.printing.drawing import Drawing
from shequ_desktop.services import print_jobs, print_wanted, targets
from shequ_desktop.services.print_jobs import Job, Order
from shequ_desktop.services.print_wanted import Pair
from shequ_desktop.services.sheets_reading import Speak
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.files import write_whole

DUE, ALL, NAMED = "due", "all", "named"
"""Whom forms are printed for."""
FORMS = tuple(name for name in print_jobs.NAMES if name != print_jobs.TEST_PAGE)
"""Forms that are filled from the archive."""
MEANS_MANY = print_jobs.DUE_LIST
"""The form that is one list for all who are due."""
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Part:
    """One form of the whole: whose it is, its first page (from 0) and how many it has. `record`: what it is printed for."""

    record: str
    name: str
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Forms as they will lie on paper. `pdf` is held in memory only."""

    order: Order
    job: Job
    parts: tuple[Part, ...]
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page in pixels: four bytes each (blue, green, red, unused), `stride` bytes a row."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)


def wanted(archive: Archive, order: Order, *, whom: str, records: tuple[str, ...], on: date) -> list[Pair] | Problem:
    """Whom this form is printed for; nobody is a Problem."""
    if whom == NAMED:
        found = print_wanted.named_ones(archive, order.form, records=records)
    elif whom == DUE:
        found = print_wanted.due_ones(archive, order.form, on=on)
    else:
        found = print_wanted.all_ones(archive, order.form)
    return found or Problem("print.nothing")


def count(archive: Archive, order: Order, *, on: date) -> dict[str, int]:
    """{whom: how many forms that would be}"""
    found = {whom: wanted(archive, order, whom=whom, records=(), on=on) for whom in (DUE, ALL)}
    return {whom: 0 if isinstance(pairs, Problem) else len(pairs) for whom, pairs in found.items()}


def unreviewed(order: Order, *, speak: Speak) -> int:
    """How many Mongolian terms of this form no native reader has approved."""
    return len(print_jobs.unreviewed(order, speak=speak))


def prepare(
    archive: Archive,
    order: Order,
    *,
    whom: str,
    records: tuple[str, ...],
    speak: Speak,
    printed_at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = never,
) -> Prepared | Problem:
    """Draw the forms in memory. `progress` hears how many of how many are drawn."""
    pairs = wanted(archive, order, whom=whom, records=records, on=printed_at.date())
    if isinstance(pairs, Problem):
        return pairs
    file, parts = io.BytesIO(), list[Part]()
    with print_jobs.drawings(archive, order, pairs, speak=speak, printed_at=printed_at) as (drawn, booklet):
        printed = write_booklet(
            _noting(drawn, pairs, parts),
            file,
            booklet=booklet,
            progress=lambda forms: progress(forms, len(pairs)),
            cancelled=cancelled,
        )
    if isinstance(printed, PrintProblem):
        return print_jobs.problem_of(printed)
    return Prepared(order, print_jobs.job_of(printed, pairs), tuple(parts), file.getvalue())


def _noting(drawn: Iterator[Drawing], pairs: list[Pair], parts: list[Part]) -> Iterator[Drawing]:
    """Pass drawings on and note which pages are whose. A list for many households is nobody's."""
    records = [visit or record for record, visit in pairs if record]
    first = 0
    for place, drawing in enumerate(drawn):
        parts.append(Part(records[place] if place < len(records) else "", drawing.bookmark, first, len(drawing.pages)))
        first += len(drawing.pages)
        yield drawing


def page_image(prepared: Prepared, *, page: int, dpi: float) -> PageImage:
    """One page as it looks at this resolution."""
    document = pypdfium2.PdfDocument(prepared.pdf)
    try:
        bitmap = document[page].render(scale=dpi / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)
        return PageImage(page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        document.close()


def save(archive: Archive, *, prepared: Prepared, out: Path) -> Job | Problem:
    """Write the file, whole or not at all, and note who printed."""
    refused = targets.refused(out, own=archive.folder)
    if refused:
        return refused
    try:
        write_whole(out, prepared.pdf)
    except OSError:
        return Problem("print.unwritable", values=(("file", str(out)),))
    print_jobs.note_printed(archive, prepared.order, prepared.job.forms)
    return prepared.job


def sent_to_printer(archive: Archive, *, prepared: Prepared) -> Job:
    """Note who printed, when paper comes out of a printer."""
    print_jobs.note_printed(archive, prepared.order, prepared.job.forms)
    return prepared.job
