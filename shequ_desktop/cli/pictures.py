"""`python -m shequ_desktop.cli.pictures OUTDIR`: draws the window's pages on a practice archive made for it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from shequ_desktop import app
from shequ_desktop.cli.window import make_practice, outside
from shequ_desktop.demo.words import words
from shequ_desktop.ui import pictures

LANGUAGE, PASSPHRASE = "zh_CN", "practice-gacha"


def draw(out: Path) -> list[Path]:
    """All pictures of the registered pages."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shequ-pictures-") as work:
        folder = Path(work) / "archive"
        face = pictures.unseen_face(folder, LANGUAGE)
        drawn = [pictures.draw_way_in(face, folder, outside(), out / "first-light.png")]
        made = make_practice(folder, user=words("visitor")[0], passphrase=PASSPHRASE)
        if not isinstance(made, tuple):
            raise SystemExit(app.sentence(made, LANGUAGE))
        made[0].close()
        drawn.append(pictures.draw_way_in(face, folder, outside(), out / "unlock-light.png"))
        window = pictures.unlocked(face, folder, outside(), passphrase=PASSPHRASE)
        if window is not None:
            drawn += pictures.draw_pages(window, out)
            window.close()
    return drawn


if __name__ == "__main__":
    for file in draw(Path(sys.argv[1])):
        print(file)  # noqa: T201 (the answer of a command)
