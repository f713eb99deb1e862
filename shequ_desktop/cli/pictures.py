"""`python -m shequ_desktop.cli.pictures OUTDIR`: draws the window's pages as they are on a practice day made for it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from shequ_desktop import app
from shequ_desktop.cli.window import outside
from shequ_desktop.demo.day import PASSPHRASE, Day, Places
from shequ_desktop.demo.scenes import targets
from shequ_desktop.demo.walk import prepare
from shequ_desktop.ui import pictures
from shequ_desktop.ui.pages import COMPANIONS

LANGUAGE, HOUSEHOLDS, SEED = "zh_CN", 120, 20260301


def draw(out: Path) -> list[Path]:
    """All pictures of the registered pages, in every look: light as `page.png`, others as `page-look.png`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shequ-pictures-", ignore_cleanup_errors=True) as work:
        places = Places(Path(work), Path(work))
        day = Day(places, LANGUAGE, HOUSEHOLDS, SEED, app.today(), app.now, lambda _sentence: None)
        problem = prepare(day)
        if problem is not None:
            raise SystemExit(app.sentence(problem, LANGUAGE))
        try:
            return [*_ways_in(Path(work), out), *draw_archive(places.work / "laptop-a", places.roster, out)]
        finally:
            day.close()


def draw_archive(folder: Path, roster: Path, out: Path, *, looks: Sequence[str] = tuple(pictures.LOOKS)) -> list[Path]:
    """Every page on this practice archive; nothing where it does not open."""
    face = pictures.unseen_face(folder, LANGUAGE)
    window = pictures.unlocked(face, folder, outside(), passphrase=PASSPHRASE, companions=COMPANIONS)
    if window is None or window.main is None:
        return []
    shown = targets(window.main.session.archive, today=app.today(), roster=roster)
    drawn = pictures.draw_pages(window, out, looks=looks, targets=shown)
    window.close()
    return drawn


def _ways_in(work: Path, out: Path) -> list[Path]:
    """The first start, and the passphrase."""
    face = pictures.unseen_face(work, LANGUAGE)
    shown = (("first", work / "new"), ("unlock", work / "laptop-a"))
    return [pictures.draw_way_in(face, folder, outside(), out / pictures.picture_name(name, "light")) for name, folder in shown]


if __name__ == "__main__":
    for file in draw(Path(sys.argv[1])):
        print(file)  # noqa: T201 (the answer of a command)
