"""Backing up and restoring (备份、恢复)."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import targets
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import audit, backup, backup_contents
from shequ_desktop.storage.archive import Archive, Clock, Refused


def back_up(archive: Archive, *, out: Path) -> Problem | None:
    """Write a backup to the file that a person named."""
    refused = targets.refused(out, own=archive.folder)
    if refused:
        return refused
    try:
        backup.write(archive, out)
    except OSError as error:
        return Problem("not_written", values=(("file", str(out)), ("why", error.strerror or str(error))))
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act="backed up")
    return None


def restore(file: Path, folder: Path, *, user: str, passphrase: str, clock: Clock) -> Archive | Problem:
    """Put a backup in the archive's place; what is there goes aside. Sync by timer then waits for a person's yes."""
    was_there = folder.exists()
    try:
        restored = backup.restore(file, folder, user=user, secret=passphrase, clock=clock)
    except FileNotFoundError:
        if not was_there:
            archives.leave_no_trace(folder)
        return Problem("file_missing", values=(("file", str(file)),))
    except OSError as error:
        return Problem("folder_not_writable", values=(("folder", str(folder)), ("why", error.strerror or str(error))))
    if isinstance(restored, Refused):
        if not was_there:
            archives.leave_no_trace(folder)
        return Problem(restored.key)
    return restored


def only_user(file: Path) -> str:
    """The person whose passphrase opens the backup, where there is only one; else an empty text."""
    try:
        people = backup_contents.people(file)
    except FileNotFoundError:
        return ""
    return people[0] if len(people) == 1 else ""
