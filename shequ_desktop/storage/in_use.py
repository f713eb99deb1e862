"""Whether another program has an archive open (正在使用). Knows where SQLite puts its locks, and opens no archive."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_SHARED_FIRST, _SHARED_SIZE = 0x4000_0002, 510
"""Bytes on which each open connection of a WAL database holds a shared lock (sqlite.org/src: os.h)."""
_LOOK_EVERY_S = 0.2


def is_left_alone(database: Path, *, within_s: float) -> bool:
    """Wait until no other program has this database open; False where one still has after that time.

    Not to be asked by a program that has it open itself: on Linux the asking lets its own locks go.
    """
    for _ in range(int(within_s / _LOOK_EVERY_S)):
        if not is_open_elsewhere(database):
            return True
        time.sleep(_LOOK_EVERY_S)
    return not is_open_elsewhere(database)


def is_open_elsewhere(database: Path) -> bool:
    """Whether another program holds a lock of one that has it open."""
    try:
        with database.open("rb+") as file:
            return not _can_lock(file.fileno())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _can_lock(handle: int) -> bool:
        os.lseek(handle, _SHARED_FIRST, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, _SHARED_SIZE)
        except OSError:
            return False
        os.lseek(handle, _SHARED_FIRST, os.SEEK_SET)
        with contextlib.suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, _SHARED_SIZE)
        return True

else:
    import fcntl

    def _can_lock(handle: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return False
        return True  # let go when the file is closed
