"""Starts the window: input methods, the application, the face, the one window; ends when it is closed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import preferences
from shequ_desktop.ui.face import Face, Look
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.signals import EndingSignals
from shequ_desktop.ui.theme.fonts import load_rare_font, take_rare_font
from shequ_desktop.ui.warming import warm_up
from shequ_desktop.ui.window import Companion, NowOrLater, Window

if TYPE_CHECKING:
    from shequ_desktop.ui.page import PageKind

WARM_AFTER_MS = 200
"""The window is painted first; what its pages are made of is loaded afterwards."""


def run_window(
    folder: Path,
    outside: Outside,
    *,
    language: str,
    kinds: NowOrLater[PageKind] | None = None,
    companions: NowOrLater[Companion] | None = None,
    begin: Callable[[Window], None] | None = None,
) -> int:
    """Show the window of the archive in `folder` until it is closed; the exit status. `language`: where none was chosen.

    Without `kinds` and `companions` these are all that exist; their code is loaded beside the window, while somebody types the
    passphrase. `begin` is given the window once it is seen.
    """
    choose_input_methods(os.environ)
    application = QApplication(sys.argv[:1])
    face = face_of(application, folder, language)
    window = Window(face, folder, outside, kinds or _kinds, companions=companions or _companions, safe=shift_is_held())
    follow_language(application, face)
    EndingSignals(window)
    window.show()
    if preferences.load(folder)["maximised"]:
        window.showMaximized()
    QTimer.singleShot(
        WARM_AFTER_MS, window, lambda: window.background.read(warm_up, on_done=lambda _count: spare_pauses())
    )  # fmt: skip
    face.rare_met.connect(lambda: window.background.read(load_rare_font, on_done=take_rare_font))
    if begin is not None:
        begin(window)
    return application.exec()


def _kinds() -> Sequence[PageKind]:
    from shequ_desktop.ui.pages import PAGES

    return PAGES


def _companions() -> Sequence[Companion]:
    from shequ_desktop.ui.pages import COMPANIONS

    return COMPANIONS


def spare_pauses() -> None:
    """What the program is made of is not looked through for garbage again: each look held every thread for 150 ms and more."""
    gc.collect()
    gc.freeze()


def face_of(application: QApplication, folder: Path, language: str) -> Face:
    """The look that was chosen on this computer."""
    chosen = preferences.load(folder)
    look = Look(str(chosen["theme"]), float(chosen["scale"]), str(chosen["language"]) or language)
    return Face(application, look)


def choose_input_methods(environment: MutableMapping[str, str]) -> None:
    """Chinese input on Linux: Qt's wheel has no fcitx plug-in, but fcitx5 answers through its ibus front end."""
    if not sys.platform.startswith("linux") or "QT_IM_MODULES" in environment:
        return
    wayland = "wayland;" if environment.get("WAYLAND_DISPLAY") else ""
    environment["QT_IM_MODULES"] = f"{wayland}fcitx;ibus"


def shift_is_held() -> bool:
    """Safe start: last page not opened, nothing syncs by itself."""
    return bool(QGuiApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)


def follow_language(application: QApplication, face: Face) -> None:
    """Qt's own dialogs speak the language of the window, also after it changes."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)

    def load() -> None:
        application.removeTranslator(translator)
        QLocale.setDefault(QLocale(face.language))
        if translator.load(QLocale(face.language), "qtbase", "_", folder):
            application.installTranslator(translator)

    face.language_changed.connect(load)
    load()
