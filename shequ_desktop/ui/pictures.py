"""Draws every registered page on an archive, as a person sees it: light, dark, sunlight, English, large text.

`python -m shequ_desktop.cli.pictures OUTDIR` walks a practice day for it, and throws it away.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from shequ_desktop.ui.face import Face, Look
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.page import PageKind
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.start import face_of
from shequ_desktop.ui.theme.fonts import load_rare_font, take_rare_font
from shequ_desktop.ui.unlock.unlock_page import UnlockPage
from shequ_desktop.ui.window import Companion, Window

LOOKS = {
    "light": Look(),
    "dark": Look(theme="dark"),
    "sunlight": Look(theme="sunlight"),
    "english": Look(language="en"),
    "150": Look(scale=1.5),
}
USUAL = "light"
SIZE = (1366, 768)
WAIT_MS = 20_000


def unseen_face(folder: Path, language: str) -> Face:
    """The face of an application that needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication([])
    face = face_of(application, folder, language)
    take_rare_font(load_rare_font())
    return face


def draw_pages(
    window: Window,
    out: Path,
    *,
    kinds: Sequence[PageKind] = PAGES,
    looks: Sequence[str] = tuple(LOOKS),
    targets: Mapping[str, str] = MappingProxyType({}),
) -> list[Path]:
    """Every page in every look, light as `page.png`, others as `page-look.png`; the window must be unlocked.

    `targets`: {page: what it shall show}.
    """
    out.mkdir(parents=True, exist_ok=True)
    drawn = []
    for name in looks:
        wear(window, LOOKS[name])
        for kind in kinds:
            if window.main is not None:
                window.main.go(kind.key, targets.get(kind.key, ""))
                drawn.append(draw(window, out / picture_name(kind.key, name)))
    return drawn


def picture_name(page: str, look: str) -> str:
    return f"{page}.png" if look == USUAL else f"{page}-{look}.png"


def wear(window: Window, look: Look) -> None:
    window.face.choose(replace(look))
    window.looks_otherwise()
    settle(window)


def draw(window: Window, file: Path) -> Path:
    """The window as it is now, once everything read has come in."""
    settle(window)
    writer = QImageWriter(str(file), QByteArray(b"png"))
    writer.setCompression(100)
    writer.write(fewer_colours(window.grab().toImage()))
    return file


def fewer_colours(image: QImage) -> QImage:
    """The same with the 256 colours it has most of, each hue among them: a quarter of the bytes, only edges of letters differ."""
    exact = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(exact.constBits()).cast("I"))
    of_each_hue: dict[int, int] = {}
    for colour, _ in counted.most_common():
        of_each_hue.setdefault(colour & 0xF0F0F0, colour)
    table = list(dict.fromkeys([*list(of_each_hue.values())[:200], *(colour for colour, _ in counted.most_common(256))]))[:256]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return exact.convertToFormat(QImage.Format.Format_Indexed8, table, plain)


def settle(window: Window) -> None:
    for _ in range(3):
        window.background.wait(WAIT_MS)
        QApplication.processEvents()


def draw_way_in(face: Face, folder: Path, outside: Outside, file: Path) -> Path:
    """What stands there before an archive is open: the first start, or the passphrase."""
    window = Window(face, folder, outside, PAGES)
    window.resize(*SIZE)
    window.show()
    drawn = draw(window, file)
    window.close()
    return drawn


def unlocked(
    face: Face, folder: Path, outside: Outside, *, passphrase: str, companions: Sequence[Companion] = ()
) -> Window | None:
    """A window on the archive, opened as its only user does it."""
    window = Window(face, folder, outside, PAGES, companions=companions)
    window.resize(*SIZE)
    window.show()
    page = window.shown
    if isinstance(page, UnlockPage):
        page.passphrase.set_text(passphrase)
        page.try_to_open()
    settle(window)
    return window if window.main is not None else None
