"""A page to see whether a printer keeps sizes and places: margins, a line of 100 mm each way, a code, ticks, both scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shequ_desktop.printing import fonts, terms
from shequ_desktop.printing.drawing import Drawing
from shequ_desktop.printing.frame import QR_SIDE, Frame, pages
from shequ_desktop.printing.marks import MM, PAPER_HEIGHT, Line, Mark, QrCode, Text, TickBox, moved
from shequ_desktop.printing.strips import BODY, CELL_LINE, LEFT, MARGIN, RIGHT, TICK_SIDE, script_strip, text_strips

TEN_MM, FIVE_MM = 10, 5
RULER_LEFT, RULER_TOP = LEFT + 60.0, 260.0


def alignment_page(speak: Callable[[str], str]) -> Drawing:
    frame = Frame(title=speak("form.title.test-page"))
    (page,) = pages((), frame)
    return Drawing(frame.title, ((*page, *_marks(speak)),))


def _marks(speak: Callable[[str], str]) -> Iterator[Mark]:
    for x, inward in ((LEFT, 12.0), (RIGHT, -12.0)):
        for y, down in ((MARGIN, 12.0), (PAPER_HEIGHT - MARGIN, -12.0)):
            yield Line(min(x, x + inward), y, max(x, x + inward), y, CELL_LINE)
            yield Line(x, min(y, y + down), x, max(y, y + down), CELL_LINE)
    for place, strip in enumerate(text_strips(speak("form.test_page.how"), RIGHT - LEFT - 24.0)):
        yield from (moved(mark, LEFT + 12.0, 130.0 + place * strip.height) for mark in strip.marks)
    yield from _ruler()
    yield QrCode(RULER_LEFT + 20 * MM, RULER_TOP + 20 * MM, QR_SIDE, "SHEQU:TEST")
    for place in range(3):
        yield TickBox(RULER_LEFT + 50 * MM, RULER_TOP + (20 + 8 * place) * MM, TICK_SIDE, ticked=place == 1)
    yield Text(RULER_LEFT + 58 * MM, RULER_TOP + 23 * MM, speak("form.test_page.rare"), fonts.REGULAR, BODY)
    _, script = script_strip(terms.terms()["family"].words, room=40.0, length=80.0, size=12.0)
    yield from (moved(mark, RULER_LEFT + 58 * MM, RULER_TOP + 28 * MM) for mark in script.marks)


def _ruler() -> Iterator[Mark]:
    """100 mm to the right and down, a stroke each 5 mm."""
    yield Line(RULER_LEFT, RULER_TOP, RULER_LEFT + 100 * MM, RULER_TOP, CELL_LINE)
    yield Line(RULER_LEFT, RULER_TOP, RULER_LEFT, RULER_TOP + 100 * MM, CELL_LINE)
    for mm in range(0, 101, FIVE_MM):
        long = 3 * MM if mm % TEN_MM == 0 else 1.5 * MM
        yield Line(RULER_LEFT + mm * MM, RULER_TOP, RULER_LEFT + mm * MM, RULER_TOP - long, CELL_LINE)
        yield Line(RULER_LEFT, RULER_TOP + mm * MM, RULER_LEFT - long, RULER_TOP + mm * MM, CELL_LINE)
