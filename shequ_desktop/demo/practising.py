"""A practice archive for one person alone (练习档案): made-up people taken in from their roster, no league beside it."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from shequ_desktop import app
from shequ_desktop.demo.people import make_gacha
from shequ_desktop.demo.roster import write_roster
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import practice, rosters
from shequ_desktop.services.opened import OpenArchive

HOUSEHOLDS, SEED, LISTED_DAYS_AGO = 60, 20260301, 20


def make(folder: Path, *, user: str, passphrase: str) -> tuple[OpenArchive, str] | Problem:
    """Marked for practice before the first of its people is in it."""
    made = app.make(folder, user=user, passphrase=passphrase)
    if isinstance(made, Problem):
        return made
    archive, code = made
    practice.mark(archive)
    problem = _take_in(archive)
    return problem or (archive, code)


def _take_in(archive: OpenArchive) -> Problem | None:
    today = app.today()
    gacha = make_gacha(households=HOUSEHOLDS, seed=SEED, today=today)
    listed = today - timedelta(days=LISTED_DAYS_AGO)
    with tempfile.TemporaryDirectory(prefix="shequ-practice-") as work:
        roster = Path(work) / "roster.xlsx"
        write_roster(gacha, roster, day=listed, seed=SEED)
        imported = rosters.import_roster(archive, roster, today=today, as_of=listed)
    return imported if isinstance(imported, Problem) else None
