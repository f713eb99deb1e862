"""Home-visit forms: `python benchmarks/forms.py` prints time, size and memory for 1, 50 and 500, beside a bare canvas.

In Chinese and in both scripts. The bare canvas draws the same strings, lines, boxes and QR codes in the same fonts at places
it is told; Mongolian as the library's own shaping gives it, one turned string a column.
Each run is a fresh process.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont, shapeStr  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from shequ_desktop import paths, wording  # noqa: E402
from shequ_desktop.printing import fonts, marks, mongolian  # noqa: E402
from shequ_desktop.printing.booklet import Booklet, Printed, print_booklet  # noqa: E402
from shequ_desktop.printing.forms.home_visit import home_visit, home_visit_pages  # noqa: E402
from shequ_desktop.printing.home_visit_sheet import FormWords, HomeVisitSheet, Member, form_words, sample_sheet  # noqa: E402

COUNTS = (1, 50, 500)
SYLLABLES = "巴特尔苏和额尔敦其格娜仁高娃乌云斯琴孟克宝音图雅朝鲁阿拉坦哈斯布和吕王张刘䶮㛃𫖮𬭎萨日花托娅那顺德力格"
NAMES_MN = (
    "\u182a\u1820\u1832\u1824",
    "\u1828\u1820\u1837\u1820\u1828 \u1832\u1824\u1836\u180e\u1820",
    "\u182e\u1825\u1829\u182c\u1821",
)
RATIO_MOST, GROWTH_KB_MOST = 2.0, 50.0


def speak(key: str) -> str:
    return wording.catalogue("zh_CN")[key]


def made_forms(count: int) -> Iterator[HomeVisitSheet]:
    """Forms of households of one to eight people who do not exist; names, numbers and codes differ."""
    draw = random.Random(7)
    sample = sample_sheet(speak)
    for number in range(count):
        members = tuple(made_member(draw, place) for place in range(draw.randint(1, 8)))
        yield replace(
            sample,
            number=f"152501200201-261124-A07-V{number:04}",
            household=replace(sample.household, number=f"{number:04}", order_number=str(number)),
            head=replace(sample.head, name=members[0].name, name_mn=members[0].name_mn),
            members=members,
            qr=f"SHEQU:{draw.getrandbits(122):032X}:{draw.getrandbits(122):032X}",
        )


def made_member(draw: random.Random, place: int) -> Member:
    name = "".join(draw.choices(SYLLABLES, k=draw.randint(2, 6)))
    born = f"19{draw.randint(30, 99)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    number = f"1525**********{draw.randint(0, 9999):04}"
    return Member(
        name=name,
        name_mn=draw.choice(NAMES_MN),
        sex="男",
        birth_date=born,
        relation="子" if place else "户主",
        id_number=number,
        where_now="在家",
    )


def run_ours(count: int, out: Path, words: FormWords) -> dict[str, float]:
    started = time.perf_counter()
    drawn = (home_visit(sheet, words) for sheet in made_forms(count))
    printed = print_booklet(drawn, out, booklet=Booklet(title=words.title))
    seconds = time.perf_counter() - started
    assert isinstance(printed, Printed)
    return {"seconds": seconds, "pages": printed.pages}


def run_bare(count: int, out: Path, words: FormWords) -> dict[str, float]:
    """The places are worked out before the clock starts."""
    pages = [page for sheet in made_forms(count) for page in home_visit_pages(sheet, words)]
    marks.code_runs.cache_clear()
    gc.collect()
    started = time.perf_counter()
    for face, file in fonts.FILES.items():
        if face != fonts.RARE:
            pdfmetrics.registerFont(
                TTFont("bare " + face, str(paths.resources() / "fonts" / file), shapable=face == fonts.MONGOLIAN)
            )
    canvas = Canvas(str(out), (marks.PAPER_WIDTH, marks.PAPER_HEIGHT), pageCompression=1, invariant=1)
    for page in pages:
        for mark in page:
            draw_bare(canvas, mark)
        canvas.showPage()
    canvas.save()
    return {"seconds": time.perf_counter() - started, "pages": len(pages)}


def draw_bare(canvas: Canvas, mark: marks.Mark) -> None:
    height = marks.PAPER_HEIGHT
    match mark:
        case marks.Text():
            canvas.setFont("bare " + mark.face, mark.size)
            canvas.drawString(mark.x, height - mark.y, mark.words)
        case marks.Column():
            turned = shapeStr(mark.words, "bare " + fonts.MONGOLIAN, mark.size, force=True)
            canvas.saveState()
            canvas.translate(mark.x + (mongolian.LEAD / 2 - mongolian.BASE) * mark.size, height - mark.y)
            canvas.rotate(-90)
            canvas.setFont("bare " + fonts.MONGOLIAN, mark.size)
            canvas.drawString(0, 0, turned)
            canvas.restoreState()
        case marks.Line():
            canvas.setLineWidth(mark.thickness)
            canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
        case marks.Ground():
            canvas.setFillGray(marks.GREY)
            canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
            canvas.setFillGray(0)
        case marks.TickBox():
            canvas.rect(mark.x, height - mark.y - mark.side, mark.side, mark.side)
        case marks.QrCode():
            code = marks.code_runs(mark.words)
            module = mark.side / code.modules
            path = canvas.beginPath()
            for row, start, length in code.dark:
                path.rect(mark.x + start * module, height - mark.y - (row + 1) * module, length * module, module)
            canvas.drawPath(path, stroke=0, fill=1)


def measured(who: str, count: int, scripts: bool) -> dict[str, float]:
    """One run in a fresh process."""
    command = [sys.executable, __file__, "--run", who, "--forms", str(count), *(["--scripts"] if scripts else [])]
    answer: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def run(who: str, count: int, scripts: bool) -> None:
    words = form_words(speak, scripts=scripts)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "forms.pdf"
        answer = {"ours": run_ours, "bare": run_bare}[who](count, out, words)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({**answer, "bytes": out.stat().st_size, "peak_kb": peak}))


def compare(repeats: int, scripts: bool) -> bool:
    """One language; whether it keeps within its bounds."""
    print("Chinese and Mongolian" if scripts else "Chinese")
    peaks, ratios = {}, {}
    for count in COUNTS:
        pairs = [(measured("ours", count, scripts), measured("bare", count, scripts)) for _ in range(repeats)]
        ratios[count] = statistics.median(ours["seconds"] / bare["seconds"] for ours, bare in pairs)
        ours = min((pair[0] for pair in pairs), key=lambda answer: answer["seconds"])
        bare = min((pair[1] for pair in pairs), key=lambda answer: answer["seconds"])
        peaks[count] = min(pair[0]["peak_kb"] for pair in pairs)
        pages = int(ours["pages"])
        ours_ms, bare_ms = 1000 * ours["seconds"] / pages, 1000 * bare["seconds"] / pages
        print(
            f"{count:4} forms, {pages:4} pages: {ours_ms:.2f} ms, {ours['bytes'] / pages / 1000:.1f} kB a page, "
            f"{ours['bytes'] / 1000:.0f} kB in all; bare canvas {bare_ms:.2f} ms; ratio {ratios[count]:.2f}; "
            f"peak {peaks[count] / 1000:.0f} MB"
        )
    growth = (peaks[COUNTS[-1]] - peaks[COUNTS[1]]) / (COUNTS[-1] - COUNTS[1])
    print(f"peak memory grows {growth:.1f} kB a form from {COUNTS[1]} to {COUNTS[-1]} forms (at most {GROWTH_KB_MOST:.0f})")
    print(f"ratio at {COUNTS[-1]} forms {ratios[COUNTS[-1]]:.2f} (at most {RATIO_MOST})")
    return growth <= GROWTH_KB_MOST and ratios[COUNTS[-1]] <= RATIO_MOST


def main(repeats: int) -> int:
    within = [compare(repeats, scripts) for scripts in (False, True)]
    return 0 if all(within) else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--run", choices=("ours", "bare"))
    asked.add_argument("--forms", type=int, default=1)
    asked.add_argument("--scripts", action="store_true")
    asked.add_argument("--repeats", type=int, default=3)
    options = asked.parse_args()
    if options.run:
        run(options.run, options.forms, options.scripts)
    else:
        sys.exit(main(options.repeats))
