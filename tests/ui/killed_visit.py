"""A process of its own for `test_visit_killed`: writes on a visit and is killed in the middle. Run with the archive's folder."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shequ_desktop.services import unlocking
from shequ_desktop.services.visit_checks import HOME
from shequ_desktop.ui.face import Face, Look
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.visits.visit_state import Spot
from shequ_desktop.ui.window import Window
from tests.made import TODAY, Clock, make_archive
from tests.ui.conftest import unlock
from tests.ui.visiting import open_visit, write

PAUSE_MS = 700


def main(folder: Path, household: str) -> None:
    """Type, rest, move the cursor, rest; then die as by a flat battery."""
    clock = Clock()
    outside = Outside(
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 25, 14, 2, tzinfo=UTC),
        unlock=lambda folder, *, user, passphrase: unlocking.unlock(folder, user=user, passphrase=passphrase, clock=clock),
        make=lambda folder, *, user, passphrase: (make_archive(folder, user=user), ""),
        recover=lambda folder, *, user, code, passphrase: unlocking.unlock_by_recovery(
            folder, user=user, code=code, passphrase=passphrase, clock=clock
        ),
        unforeseen=lambda error, _language: type(error).__name__,
        version="1.0.0",
    )
    application = QApplication(["shequ-desktop"])
    window = Window(Face(application, Look()), folder, outside, [kind for kind in PAGES if kind.key == "visit"])
    window.show()
    unlock(window)
    page = open_visit(window, household)
    write(page, Spot(HOME, "needs"), "crutch and coal")
    page.forms[HOME].fields[Spot(HOME, "needs")].editor.setCursorPosition(6)  # type: ignore[union-attr]
    QTest.keyClicks(page.forms[HOME].fields[Spot(HOME, "needs")].editor, "es")
    QTest.qWait(PAUSE_MS)
    window.background.wait(10_000)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
