"""Who can open the archive of a folder (门上的名字): all that must be known before anybody has opened it.

Loads little: the window asks this before it shows itself. Opening is in `unlocking`.
"""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage import keyring
from shequ_desktop.storage.keyring import Keyring

RESTORING = "restore.ready"
"""Folder that a restore leaves when it was cut off after its files were ready."""


def is_there(folder: Path) -> bool:
    """Whether the folder holds an archive, or one whose restoring was cut off."""
    _carry_to_its_end(folder)
    return (folder / keyring.FILE).exists()


def people(folder: Path) -> list[str] | Problem:
    """Names of those who can open the archive."""
    found = ring(folder)
    return found if isinstance(found, Problem) else sorted(found.people)


def ring(folder: Path) -> Keyring | Problem:
    """The wrapped keys of the archive."""
    try:
        _carry_to_its_end(folder)
        return keyring.load(folder)
    except FileNotFoundError:
        return Problem("no_archive", values=(("folder", str(folder)),))
    except (OSError, ValueError, KeyError, TypeError):
        return Problem("keys_damaged")


def _carry_to_its_end(folder: Path) -> None:
    if (folder / RESTORING).is_dir():
        from shequ_desktop.storage import backup  # rarely needed, and it loads the whole archive

        backup.finish(folder)
