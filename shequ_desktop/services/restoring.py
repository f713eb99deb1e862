"""Backups looked into before one is put in the archive's place (恢复前先看): whose it is, what it holds, the safety copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import keeping
from shequ_desktop.storage import backup, backup_contents
from shequ_desktop.storage.archive import Archive, Clock, Refused
from shequ_desktop.storage.backup_contents import Contents

__all__ = ["Contents", "Kept", "Preview", "automatic", "back_up", "people_in", "preview", "replacement"]

SUFFIX = ".shequ-backup"
MOST = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that the program made by itself. `changed_ms`: when its file was written, as this machine believes."""

    file: Path
    size: int
    changed_ms: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the backup holds beside what is here now, and the copy that was just made of what is here."""

    file: Path
    inside: Contents
    now: Contents
    safety: Path


def automatic(archive: Archive) -> list[Kept]:
    """Backups within the archive's folder, the newest first."""
    found = sorted((archive.folder / backup.FOLDER).glob(f"*{SUFFIX}"), reverse=True)
    return [Kept(file, file.stat().st_size, int(file.stat().st_mtime * 1000)) for file in found[:MOST]]


def back_up(archive: Archive, *, out: Path) -> int | Problem:
    """Write a backup to the file that a person named; answers its size."""
    return keeping.back_up(archive, out=out) or out.stat().st_size


def people_in(_archive: Archive, *, file: Path) -> list[str] | Problem:
    """Whose passphrase opens it."""
    try:
        return backup_contents.people(file) or Problem("backup_not_readable")
    except FileNotFoundError:
        return Problem("file_missing", values=(("file", str(file)),))


def preview(archive: Archive, *, file: Path, user: str, passphrase: str) -> Preview | Problem:
    """Look into the backup, and make a copy of what is here: both before anybody says yes."""
    try:
        inside = backup_contents.of_backup(file, archive.folder, user=user, secret=passphrase, clock=archive.clock)
        if isinstance(inside, Refused):
            return Problem(inside.key, "passphrase" if inside.key == "wrong_passphrase" else "")
        safety = backup.keep_automatic(archive, "before-restore")
    except FileNotFoundError:
        return Problem("file_missing", values=(("file", str(file)),))
    except OSError as error:
        return Problem("not_written", values=(("file", str(archive.folder)), ("why", error.strerror or str(error))))
    return Preview(file, inside, backup_contents.of_archive(archive), safety)


def replacement(archive: Archive, *, file: Path, user: str, passphrase: str) -> Callable[[], Problem | None]:
    """What puts the backup in the place of this archive, to be called when the archive is closed and its key is gone.

    It knows the folder and the clock only, and holds nothing of the archive open.
    """
    folder, clock = archive.folder, archive.clock
    return lambda: _replace(file, folder, user=user, passphrase=passphrase, clock=clock)


def _replace(file: Path, folder: Path, *, user: str, passphrase: str, clock: Clock) -> Problem | None:
    restored = keeping.restore(file, folder, user=user, passphrase=passphrase, clock=clock)
    if isinstance(restored, Problem):
        return restored
    restored.close()
    return None
