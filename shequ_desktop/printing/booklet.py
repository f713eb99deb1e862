"""Many forms in one file: drawn one at a time, a bookmark for each household, the target replaced only when all is written.

Must not know what a form looks like inside.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from shequ_desktop.printing.forms.home_visit import home_visit_pages
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet, Unprintable, unprintable
from shequ_desktop.printing.marks import PAPER_HEIGHT, PAPER_WIDTH, draw

CREATOR = "Shequ Desktop"


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


class PressedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that keeps the pages it has finished compressed, so that a thick booklet stays small in memory."""

    def _make_preamble(self) -> None:
        """No standard font at a page's beginning: it would not be embedded, and every text names its own."""
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 (the library's name)
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        pressed = zlib.compress(pdfdoc.pdfdocEnc(page.stream))
        page.stream = None
        page.Contents = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), pressed)


def never() -> bool:
    return False


def print_booklet(
    sheets: Iterable[HomeVisitSheet],
    out: Path,
    *,
    words: FormWords,
    progress: Callable[[int], None] = lambda forms: None,
    cancelled: Callable[[], bool] = never,
) -> Printed | PrintProblem:
    """Print forms into `out`. `progress` hears how many are drawn; `cancelled` is asked before each."""
    if out.is_dir():
        return PrintProblem("print.unwritable", str(out))
    try:
        with _part_beside(out) as part:
            with part.open("wb") as file:
                answer = _write(sheets, file, words, progress, cancelled)
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


def _write(
    sheets: Iterable[HomeVisitSheet],
    part: BinaryIO,
    words: FormWords,
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> Printed | PrintProblem:
    canvas = PressedCanvas(part, (PAPER_WIDTH, PAPER_HEIGHT), pageCompression=1, invariant=1, lang=words.language)
    canvas.setTitle(words.title)
    canvas.setCreator(CREATOR)
    forms, pages = 0, 0
    boxed: dict[str, Unprintable] = {}
    for sheet in sheets:
        if cancelled():
            return PrintProblem("print.cancelled")
        boxed |= {found.text: found for found in unprintable(sheet)}
        pages += _draw_form(canvas, sheet, words, forms)
        forms += 1
        progress(forms)
    if not forms:
        return PrintProblem("print.nothing")
    canvas.save()
    part.flush()
    os.fsync(part.fileno())
    return Printed(forms, pages, tuple(boxed.values()))


def _draw_form(canvas: Any, sheet: HomeVisitSheet, words: FormWords, number: int) -> int:
    """Draw one form with its bookmark; answers its pages."""
    key = f"form-{number}"
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(" ".join(filter(None, (sheet.household.number, sheet.head.name))) or words.title, key)
    pages = home_visit_pages(sheet, words)
    for marks in pages:
        draw(canvas, marks)
        canvas.showPage()
    return len(pages)
