"""Entry of the window: `shequ-desktop-window`. Gives the window its clocks and its ways to make and open an archive."""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from shequ_desktop import __version__, app
from shequ_desktop.demo.people import make_gacha
from shequ_desktop.demo.roster import write_roster
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import practice, rosters, unlocking
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.start import run_window
from shequ_desktop.ui.window import Window
from shequ_desktop.wording import language_of, say

PRACTICE_HOUSEHOLDS, PRACTICE_SEED, LISTED_DAYS_AGO = 60, 20260301, 20
WITH_VALUE = "--data"


def run(arguments: list[str] | None = None) -> None:
    """Open the window; `--data FOLDER` where the archive is not in its usual place."""
    app.speak_utf8()
    given = sys.argv[1:] if arguments is None else arguments
    folder = _folder(given)
    if folder is None:
        print(say("ui.start.wrong_use", language_of()), file=sys.stderr)  # noqa: T201 (no window stands yet)
        sys.exit(2)
    sys.exit(open_window(folder, language=language_of()))


def open_window(folder: Path, *, language: str) -> int:
    """Show the window of this archive until it is closed."""
    return run_window(folder, outside(), language=language)


def open_practice(folder: Path, *, language: str, passphrase: str) -> int:
    """Show the window of a practice archive, already open, and say how it is opened again after a lock."""
    people = unlocking.people(folder)
    if isinstance(people, Problem):
        return 1

    def begin(window: Window) -> None:
        opened = app.unlock(folder, user=people[0], passphrase=passphrase)
        if isinstance(opened, Problem):
            return
        window.enter(opened)
        if window.main is not None:
            window.main.status.tell("ui.start.practice", passphrase=passphrase)

    return run_window(folder, outside(), language=language, begin=begin)


def _folder(given: list[str]) -> Path | None:
    if not given:
        return app.default_folder()
    return Path(given[1]).expanduser() if len(given) == 2 and given[0] == WITH_VALUE else None


def outside() -> Outside:
    """What the window needs of this machine."""
    return Outside(
        today=app.today,
        now=app.now,
        unlock=app.unlock,
        make=app.make,
        recover=recover,
        unforeseen=app.unforeseen,
        version=__version__,
        make_practice=make_practice,
    )


def recover(folder: Path, *, user: str, code: str, passphrase: str) -> OpenArchive | Problem:
    """Open by the recovery code; from then on saves go into the outbox too."""
    opened = unlocking.unlock_by_recovery(folder, user=user, code=code, passphrase=passphrase, clock=app.clock)
    return opened if isinstance(opened, Problem) else app.joined(opened)


def make_practice(folder: Path, *, user: str, passphrase: str) -> tuple[OpenArchive, str] | Problem:
    """An archive of made-up people, marked for practice before the first of them is in it."""
    made = app.make(folder, user=user, passphrase=passphrase)
    if isinstance(made, Problem):
        return made
    archive, code = made
    practice.mark(archive)
    problem = _people(archive)
    return problem or (archive, code)


def _people(archive: OpenArchive) -> Problem | None:
    today = app.today()
    gacha = make_gacha(households=PRACTICE_HOUSEHOLDS, seed=PRACTICE_SEED, today=today)
    listed = today - timedelta(days=LISTED_DAYS_AGO)
    with tempfile.TemporaryDirectory(prefix="shequ-practice-") as work:
        roster = Path(work) / "roster.xlsx"
        write_roster(gacha, roster, day=listed, seed=PRACTICE_SEED)
        imported = rosters.import_roster(archive, roster, today=today, as_of=listed)
    return imported if isinstance(imported, Problem) else None


if __name__ == "__main__":
    run()
