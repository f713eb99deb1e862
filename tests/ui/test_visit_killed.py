"""A window that is killed in the middle of a visit: what was typed is offered again with the cursor where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from shequ_desktop.services.visit_checks import HOME
from shequ_desktop.storage.archive import Archive
from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.visits.visit_state import Spot
from shequ_desktop.ui.visits.visits_page import VisitsPage
from tests.ui.conftest import Opened
from tests.ui.visiting import drafts_of, make_home, settle

ROOT = Path(__file__).parents[2]
KINDS = tuple(kind for kind in PAGES if kind.key in ("visits", "visit"))


def test_after_sigkill_the_draft_is_whole_and_the_cursor_stands_where_it_was(opened: Opened, archive: Archive) -> None:
    home = make_home(archive)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.killed_visit", str(archive.folder), home.household],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert [draft.content["visit"]["needs"] for draft in drafts_of(archive, archive.user)] == ["crutches and coal"]

    window = opened(KINDS)
    assert window.main is not None
    window.main.go("visits")
    settle(window)
    listed = window.main.page
    assert isinstance(listed, VisitsPage)
    assert listed.pane.list.rows.rows[0].due == "草稿，还差 1 项"
    listed.pane.list.asked.emit(listed.pane.list.chosen_id())
    settle(window)
    page = window.main.page
    field = page.forms[HOME].fields[Spot(HOME, "needs")]  # type: ignore[union-attr]
    assert (field.text(), field.editor.cursorPosition()) == ("crutches and coal", 8)
    assert QApplication.focusWidget() is field.editor
