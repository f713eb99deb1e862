"""Entry of the window: `shequ-desktop-window`. Gives the window its clocks and its ways to make and open an archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shequ_desktop import __version__, app
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import way_in
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.start import run_window
from shequ_desktop.ui.window import Window
from shequ_desktop.wording import language_of, say

if TYPE_CHECKING:  # an archive's code is loaded when somebody opens one
    from shequ_desktop.services.opened import OpenArchive

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
    people = way_in.people(folder)
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
    from shequ_desktop.services import unlocking

    opened = unlocking.unlock_by_recovery(folder, user=user, code=code, passphrase=passphrase, clock=app.clock)
    return opened if isinstance(opened, Problem) else app.joined(opened)


def make_practice(folder: Path, *, user: str, passphrase: str) -> tuple[OpenArchive, str] | Problem:
    """An archive of made-up people."""
    from shequ_desktop.demo import practising

    return practising.make(folder, user=user, passphrase=passphrase)


if __name__ == "__main__":
    run()
