"""Where a person's file may be written (写到哪里): never over a folder, a device, the file that is being read, or the archive."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import preferences
from shequ_desktop.storage import archive, backup, keyring

_FILES = (archive.DATABASE, archive.LOCK, keyring.FILE, preferences.FILE)
_BESIDE = ("", "-wal", "-shm", "-journal")
_FOLDERS = (backup.OUTBOX, backup.ASIDE)


def refused(out: Path, *, own: Path | None = None, sources: Iterable[Path] = ()) -> Problem | None:
    """Why nothing may be written to `out`. `own`: folder of the archive that is open; `sources`: files that are being read."""
    if out.is_dir():
        return Problem("target_is_folder", values=(("file", str(out)),))
    if os.path.lexists(out) and not _is_plain(out):
        return Problem("target_not_a_file", values=(("file", str(out)),))
    if any(_is_same(out, source) for source in sources):
        return Problem("target_is_source", values=(("file", str(out)),))
    if own is not None and _is_of_the_archive(out, own):
        return Problem("target_is_archive", values=(("file", str(out)),))
    return None


def _is_plain(out: Path) -> bool:
    """A file, or a link to one: /dev/stdout is a link too, and would be replaced for every program of this machine."""
    return out.is_file() and not (out.is_symlink() and Path("/dev") in out.absolute().parents)


def _is_same(out: Path, source: Path) -> bool:
    try:
        return os.path.samefile(out, source)
    except OSError:
        return False


def _is_of_the_archive(out: Path, own: Path) -> bool:
    folder, real = Path(os.path.realpath(own)), Path(os.path.realpath(out))
    if folder not in real.parents:
        return False
    first = real.relative_to(folder).parts[0].casefold()
    return first in _FOLDERS or first in {f"{name}{beside}" for name in _FILES for beside in _BESIDE}
