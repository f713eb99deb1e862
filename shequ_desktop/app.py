"""The composition root: the one place that reads the machine's clock and environment and joins the rooms.

Window and command line get from here what they hand down: clocks, folders, an archive with its outbox, a league to talk to.
"""

from __future__ import annotations

import getpass
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from shequ_desktop import wording
from shequ_desktop.domain.problems import Problem

if TYPE_CHECKING:  # loaded when an archive is opened: a window that asks for the passphrase needs none of it
    from shequ_desktop.storage.archive import Archive
    from shequ_desktop.storage.keyring import Cost

NAME = "shequ-desktop"
LOG_FILE = "shequ.log"
_log = logging.getLogger(NAME)


def clock() -> int:
    """Milliseconds since 1970 UTC, as this machine believes."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """The day on the wall here."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """The moment on the wall here, with its offset."""
    return datetime.now().astimezone()


def speak(language: str) -> Callable[[str], str]:
    """Sentences of a language by key, with their places left in."""
    return wording.catalogue(language).__getitem__


def environment(name: str) -> str | None:
    return os.environ.get(name)


def has_display() -> bool:
    """Whether a window can be shown to somebody here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment("DISPLAY") or environment("WAYLAND_DISPLAY"))


def default_folder() -> Path:
    """Where the archive lies unless told otherwise."""
    import platformdirs

    return Path(platformdirs.user_data_dir(NAME, appauthor=False))


def system_user() -> str:
    """Name of the system's account, the first user of a new archive."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "user"


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, so that no name is refused by a terminal's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIO) and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def log_to(folder: Path) -> Path:
    """Write the log beside the archive: what went wrong and where, never a value of a record."""
    import logging.handlers

    file = folder / LOG_FILE
    if not any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in _log.handlers):
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=512_000, backupCount=2, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
    return file


def unlock(folder: Path, *, user: str, passphrase: str) -> Archive | Problem:
    """Open the archive; from then on each save also lies sealed in the outbox."""
    from shequ_desktop.services import unlocking

    opened = unlocking.unlock(folder, user=user, passphrase=passphrase, clock=clock)
    return opened if isinstance(opened, Problem) else joined(opened)


def make(folder: Path, *, user: str, passphrase: str, cost: Cost | None = None) -> tuple[Archive, str] | Problem:
    """Make an archive: (archive, recovery code)."""
    from shequ_desktop.services import unlocking

    made = unlocking.make(folder, user=user, passphrase=passphrase, clock=clock, cost=cost)
    return made if isinstance(made, Problem) else (joined(made[0]), made[1])


def joined(archive: Archive) -> Archive:
    """The archive with what follows each save."""
    from shequ_desktop.services import outbox

    log_to(archive.folder)
    archive.after_save.append(outbox.keep)
    return archive


def sentence(problem: Problem, language: str) -> str:
    """What a problem says to a person."""
    return wording.say(problem.key, language, **dict(problem.values))


def unforeseen(error: Exception, language: str) -> str:
    """Log where an unforeseen error arose, without its text, which may hold a person's values; answer the sentence."""
    if isinstance(error, OSError) and error.errno is not None:
        return wording.say("system_refused", language, why=error.strerror or str(error.errno))
    if _is_full_disk(error):
        return wording.say("disk_full", language)
    if "database is locked" in str(error):
        return wording.say("archive_busy", language)
    if not _log.handlers:  # no folder is known yet: nothing goes anywhere, least of all to the terminal
        _log.addHandler(logging.NullHandler())
    where = " < ".join(
        f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(traceback.extract_tb(error.__traceback__))
    )
    _log.error("unforeseen %s at %s", type(error).__name__, where)
    if environment("SHEQU_DEBUG"):
        traceback.print_exception(error)
    return wording.say("unforeseen", language, what=type(error).__name__)


def _is_full_disk(error: Exception) -> bool:
    """SQLite says it in words only."""
    cause: BaseException | None = error
    while cause is not None:
        if "disk is full" in str(cause) or "disk I/O error" in str(cause):
            return True
        cause = cause.__cause__
    return False
