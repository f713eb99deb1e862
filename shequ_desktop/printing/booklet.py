"""Many forms in one file: drawn one at a time, a bookmark for each household, the target replaced only when all is written.

Must not know what a form looks like inside.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from shequ_desktop.printing.document import ArchivedCanvas
from shequ_desktop.printing.drawing import Drawing, Unprintable


@dataclass(frozen=True, slots=True)
class Printed:
    """What lies in the file. `boxed`: texts with characters that no font has, each printed as an empty box."""

    forms: int
    pages: int
    boxed: tuple[Unprintable, ...]


@dataclass(frozen=True, slots=True)
class PrintProblem:
    """Why nothing was printed: `print.nothing`, `print.cancelled`, `print.unwritable` (names `file`). The old file is whole."""

    key: str
    file: str = ""


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """What the file says about itself. `from_page`: go on with the form that has this page; those before it are left out."""

    title: str
    language: str = "zh-CN"
    printed_at: datetime | None = None
    from_page: int = 1


def print_booklet(
    drawings: Iterable[Drawing],
    out: Path,
    *,
    booklet: Booklet,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Printed | PrintProblem:
    """Print forms into `out`. `progress` hears how many are drawn; `cancelled` is asked before each."""
    if out.is_dir():
        return PrintProblem("print.unwritable", str(out))
    try:
        with _part_beside(out) as part:
            with part.open("wb") as file:
                answer = write_booklet(drawings, file, booklet=booklet, progress=progress, cancelled=cancelled)
                file.flush()
                os.fsync(file.fileno())
            if isinstance(answer, Printed):
                os.replace(part, out)
            return answer
    except OSError:
        return PrintProblem("print.unwritable", str(out))


@contextmanager
def _part_beside(out: Path) -> Iterator[Path]:
    """A file to write in the folder of `out`, with a name that tells nothing; gone afterwards unless it took `out`'s place."""
    handle, name = tempfile.mkstemp(prefix=".print-", suffix=".part", dir=out.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def write_booklet(
    drawings: Iterable[Drawing],
    file: BinaryIO,
    *,
    booklet: Booklet,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Printed | PrintProblem:
    """The same into an open file, which may lie in memory only: what is looked at before it is printed."""
    canvas = ArchivedCanvas(file, title=booklet.title, language=booklet.language, printed_at=booklet.printed_at)
    drawn, forms, pages, before = 0, 0, 0, 0
    boxed: dict[str, Unprintable] = {}
    going = iter(drawings)
    while True:
        if cancelled():
            return PrintProblem("print.cancelled")
        drawing = next(going, None)
        if drawing is None:
            break
        drawn += 1
        before += len(drawing.pages)
        if before >= booklet.from_page:
            _draw(canvas, drawing, booklet, forms)
            boxed |= {found.text: found for found in drawing.boxed}
            forms, pages = forms + 1, pages + len(drawing.pages)
        progress(drawn)
    if not forms:
        return PrintProblem("print.nothing")
    canvas.save()
    return Printed(forms, pages, tuple(boxed.values()))


def _draw(canvas: ArchivedCanvas, drawing: Drawing, booklet: Booklet, number: int) -> None:
    canvas.begin_form(drawing.bookmark or booklet.title, number)
    for page in drawing.pages:
        canvas.draw_page(page)
