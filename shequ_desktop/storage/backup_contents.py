"""What a backup holds, seen before anything is put in its place (备份里有什么). Nothing of the archive at work is touched."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import backup as backups
from shequ_desktop.storage import keyring, outgoing
from shequ_desktop.storage.archive import Archive, Refused
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import LOG

_SCRATCH = ".look"


@dataclass(frozen=True, slots=True)
class Contents:
    """`counts`: records of each kind that are not retracted. The last save: when and by whom; 0 where there is none."""

    counts: Mapping[str, int]
    saved_ms: int
    author: str
    waiting: int


def of_archive(archive: Archive) -> Contents:
    with archive.read() as reader:
        connection = reader.connection
        last = connection.execute(sa.select(LOG.c.time_ms, LOG.c.author).order_by(LOG.c.pos.desc()).limit(1)).one_or_none()
        return Contents(
            counts={kind: reader.count(kind) for kind in KINDS},
            saved_ms=last.time_ms if last else 0,
            author=Names(connection).text(last.author) if last else "",
            waiting=outgoing.count(connection),
        )


def of_backup(backup: Path, folder: Path, *, user: str, secret: str, clock: archives.Clock) -> Contents | Refused:
    """Open a copy of it in a scratch folder within `folder`, which stays encrypted and goes again. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f"{_SCRATCH}.{os.getpid()}"
    for left in folder.glob(f"{_SCRATCH}.*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        return backups.unpack(backup, scratch) or _contents(scratch, user, secret, clock)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _contents(scratch: Path, user: str, secret: str, clock: archives.Clock) -> Contents | Refused:
    try:
        ring = keyring.load(scratch)
    except (OSError, ValueError):
        return Refused("backup_not_readable")
    key = ring.open(user, secret)
    if key is None:
        return Refused("wrong_passphrase")
    opened = archives.open_with(scratch, ring, user, key, clock)
    if isinstance(opened, Refused):
        return opened
    try:
        return of_archive(opened)
    finally:
        opened.close()


def people(backup: Path) -> list[str]:
    """Names of those whose passphrase opens it; none where it is no backup. Raises FileNotFoundError."""
    try:
        with zipfile.ZipFile(backup) as pack:
            if not backups.is_ours(pack):
                return []
            return sorted(json.loads(pack.read(keyring.FILE))["people"])
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return []
