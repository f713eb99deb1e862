"""Back from paper: `python benchmarks/scan_back.py` makes photos of printed forms, turned, blurred, dim, and counts those read.

Each photo is told by its number, so that one that fails can be looked at: `--keep DIR`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402
from PIL import Image, ImageChops, ImageEnhance, ImageFilter  # noqa: E402

from shequ_desktop import wording  # noqa: E402
from shequ_desktop.domain import visit_codes  # noqa: E402
from shequ_desktop.domain.visit_codes import VisitCode  # noqa: E402
from shequ_desktop.printing import scanned  # noqa: E402
from shequ_desktop.printing.booklet import Booklet, print_booklet  # noqa: E402
from shequ_desktop.printing.forms.home_visit import home_visit  # noqa: E402
from shequ_desktop.printing.home_visit_sheet import form_words, sample_sheet  # noqa: E402

PHOTOS = 200
SHARE_LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a photo was taken. `long_side`: pixels; `blur`: radius in pixels; `light`: 1 is full, `shade`: across the page."""

    turn: float
    long_side: int
    blur: float
    light: float
    shade: float
    grain: int
    slant: float


def conditions(draw: random.Random) -> Conditions:
    """A phone held by hand: any way up, a little slanted, now and then out of focus or in a dim room."""
    return Conditions(
        turn=draw.choice((0, 90, 180, 270)) + draw.uniform(-12, 12),
        long_side=draw.choice((2000, 2600, 3200, 4000)),
        blur=draw.choice((0, 0.8, 1.4, 2.0)),
        light=draw.uniform(0.18, 1.0),
        shade=draw.uniform(0, 0.6),
        grain=draw.choice((0, 6, 14)),
        slant=draw.uniform(-0.06, 0.06),
    )


def photo(page: Image.Image, how: Conditions, draw: random.Random) -> Image.Image:
    """The page lying on a table, seen under these conditions."""
    paper = page.resize((round(how.long_side / 1.414), how.long_side), Image.Resampling.LANCZOS)
    wide, high = paper.size
    dx = how.slant * wide
    corners = (-abs(dx), 0, 0 if dx > 0 else dx, high, wide - (dx if dx > 0 else 0), high, wide + abs(dx), 0)
    paper = paper.transform(paper.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=120)
    table = Image.new("L", (wide + 160, high + 160), 110)
    table.paste(paper, (80, 80))
    seen = table.rotate(how.turn, Image.Resampling.BICUBIC, expand=True, fillcolor=110).filter(ImageFilter.GaussianBlur(how.blur))
    across = Image.linear_gradient("L").rotate(draw.choice((0, 90))).resize(seen.size)
    shade = across.point(lambda value: round(255 - value * how.shade))
    seen = ImageEnhance.Brightness(ImageChops.multiply(seen, shade)).enhance(how.light)
    return ImageChops.add(seen, Image.effect_noise(seen.size, how.grain), 1, -128) if how.grain else seen


def pages(count: int) -> list[tuple[str, Image.Image]]:
    """Printed forms, each with the code of its own visit, and what the code says."""
    draw = random.Random(11)

    def speak(key: str) -> str:
        return wording.catalogue("zh_CN")[key]

    def some_id() -> str:
        digits = f"{draw.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-7{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"

    told = [visit_codes.write(VisitCode(some_id(), some_id())) for _ in range(count)]
    words, sheet = form_words(speak, scripts=True), sample_sheet(speak)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "forms.pdf"
        print_booklet((home_visit(replace(sheet, qr=code), words) for code in told), file, booklet=Booklet(title=words.title))
        document = pypdfium2.PdfDocument(file)
        seen = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]
        document.close()
    return list(zip(told, seen, strict=True))


def read_back(count: int, keep: Path | None = None) -> tuple[Counter[str], float]:
    """How many photos were read rightly, wrongly, not at all; and the mean seconds for one."""
    printed = pages(min(count, 10))
    draw = random.Random(3)
    answers: Counter[str] = Counter()
    seconds = 0.0
    for number in range(count):
        code, page = printed[number % len(printed)]
        how = conditions(draw)
        seen = photo(page, how, draw)
        started = time.perf_counter()
        found = scanned.codes_of(seen)
        seconds += time.perf_counter() - started
        answer = "right" if found == (code,) else "wrong" if found else "nothing"
        answers[answer] += 1
        if answer != "right":
            print(f"photo {number}: {answer}; {how}")
            if keep:
                seen.save(keep / f"photo-{number}.png")
    return answers, seconds / count


def main(count: int, keep: Path | None) -> int:
    answers, seconds = read_back(count, keep)
    share = answers["right"] / count
    print(
        f"{answers['right']} of {count} photos lead to their visit ({share:.1%}, at least {SHARE_LEAST:.0%}), "
        f"{answers['wrong']} to another, {answers['nothing']} to none; {1000 * seconds:.0f} ms a photo"
    )
    return 0 if share >= SHARE_LEAST and not answers["wrong"] else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--photos", type=int, default=PHOTOS)
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    sys.exit(main(options.photos, options.keep))
