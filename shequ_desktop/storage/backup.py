"""Backup and restore (备份与恢复). A backup is one file: the archive, still encrypted, and its wrapped keys."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import zipfile
import zlib
from pathlib import Path

from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import engine as engines
from shequ_desktop.storage import in_use, keyring, meta
from shequ_desktop.storage.archive import DATABASE, Archive, Refused, lock
from shequ_desktop.storage.files import flush_folder

FOLDER = "backups"
ASIDE = "aside"
OUTBOX = "outbox"
MANIFEST = "manifest.json"
VERSION = 1
KEPT_AUTOMATIC = 5
_READY = "restore.ready"
_ASIDE_NAME = "aside.name"
_LARGEST_SMALL = 2**20


def write(archive: Archive, out: Path) -> None:
    """Write a backup to `out`, whole or not at all. Raises OSError; a file that was there is then untouched."""
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    copy = archive.folder / f".backup.{os.getpid()}.db"
    try:
        copy.unlink(missing_ok=True)
        _copy_database(archive, copy)
        _sweep(archive.folder, copy)
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED, strict_timestamps=False) as pack:  # a clock may say 1970
            pack.writestr(zipfile.ZipInfo(MANIFEST), json.dumps({"version": VERSION}))
            pack.write(archive.folder / keyring.FILE, keyring.FILE)
            pack.write(copy, DATABASE)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, out)
        flush_folder(out.parent)
    finally:
        for left in (beside, copy):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _sweep(folder: Path, copy: Path) -> None:
    """Remove copies that a killed backup left an hour ago or earlier; a younger one may be somebody's who still writes."""
    for left in folder.glob(".backup.*.db"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < copy.stat().st_mtime - 3600:
                left.unlink()


def _copy_database(archive: Archive, copy: Path) -> None:
    """A compact copy under the same key, with all that is committed, also what is still in the WAL."""
    connection = archive.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    except Exception as error:
        raise OSError(f"the copy of the archive could not be written: {error}") from error
    finally:
        connection.close()


def keep_automatic(archive: Archive, why: str) -> Path:
    """A backup inside the archive's folder, made before something that cannot be undone; the newest few are kept."""
    folder = archive.folder / FOLDER
    folder.mkdir(exist_ok=True)
    there = sorted(folder.glob("[0-9][0-9][0-9][0-9][0-9][0-9]-*.shequ-backup"))
    number = int(there[-1].name[:6]) + 1 if there else 1  # counted: the machine's clock may say 1970
    out = folder / f"{number:06d}-{why}.shequ-backup"
    write(archive, out)
    for old in there[: -KEPT_AUTOMATIC + 1]:
        old.unlink(missing_ok=True)
    return out


def restore(backup: Path, folder: Path, *, user: str, secret: str, clock: archives.Clock) -> Archive | Refused:
    """Put the backup in the folder's place and open it; what is there goes aside. Raises OSError.

    The copy takes a new incarnation, and sync by timer waits for a person's yes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with lock(folder):
        _finish(folder)
        unpacked = folder / f".restore.{os.getpid()}"
        for left in folder.glob(".restore.*"):  # by a restore that was killed; with the lock held it is nobody's
            shutil.rmtree(left, ignore_errors=True)
        try:
            refused = unpack(backup, unpacked) or _prepare(unpacked, user, secret, clock)
            if refused:
                return refused
            if not in_use.is_left_alone(folder / DATABASE, within_s=engines.WAIT_S):
                return Refused("archive_open_elsewhere")
            (unpacked / _ASIDE_NAME).write_text(secrets.token_hex(4), encoding="ascii")
            os.replace(unpacked, folder / _READY)
            flush_folder(folder)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        _finish(folder)
    ring = keyring.load(folder)
    key = ring.open(user, secret)
    return archives.open_with(folder, ring, user, key, clock) if key else Refused("wrong_passphrase")


def unpack(backup: Path, into: Path) -> Refused | None:
    """Put the files of a backup into a folder that is not there yet. Raises OSError where the disk says no."""
    try:
        with zipfile.ZipFile(backup) as pack:
            wanted = (MANIFEST, keyring.FILE, DATABASE)
            if not is_ours(pack):
                return Refused("backup_not_readable")
            if json.loads(pack.read(MANIFEST))["version"] > VERSION:
                return Refused("backup_newer")
            into.mkdir()
            for name in wanted[1:]:
                with pack.open(name) as source, (into / name).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                    target.flush()
                    os.fsync(target.fileno())
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, KeyError, TypeError, EOFError):
        return Refused("backup_not_readable")
    return None


def is_ours(pack: zipfile.ZipFile) -> bool:
    """Whether it holds what a backup holds, laid in as it is: nothing that swells up when it is read."""
    held = {item.filename: item for item in pack.infolist()}
    plain = all(item.compress_type == zipfile.ZIP_STORED and item.file_size == item.compress_size for item in held.values())
    small = all(held[name].file_size <= _LARGEST_SMALL for name in (MANIFEST, keyring.FILE) if name in held)
    return plain and small and DATABASE in held and {MANIFEST, keyring.FILE} <= held.keys()


def _prepare(unpacked: Path, user: str, secret: str, clock: archives.Clock) -> Refused | None:
    """Open the unpacked archive, make it another copy of this device, leave it closed and whole."""
    try:
        ring = keyring.load(unpacked)
    except (OSError, ValueError):
        return Refused("backup_not_readable")
    key = ring.open(user, secret)
    if key is None:
        return Refused("wrong_passphrase")
    opened = archives.open_with(unpacked, ring, user, key, clock)
    if isinstance(opened, Refused):
        return opened
    with opened.engine.begin() as connection:
        meta.put(connection, incarnation=secrets.randbits(48), next_n=1, sync_hold=1)
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    opened.close()
    return None


def finish(folder: Path) -> None:
    """Carry a restore to its end that was cut off after its files were ready; not while a program is at work on the old ones."""
    if (folder / _READY).is_dir() and not in_use.is_open_elsewhere(folder / DATABASE):
        with lock(folder):
            _finish(folder)


def _finish(folder: Path) -> None:
    """The same with the lock held. What is put aside belongs together, however often this was cut off."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    mark = ready / _ASIDE_NAME
    aside = folder / ASIDE / (mark.read_text(encoding="ascii") if mark.exists() else secrets.token_hex(4))
    for name in (OUTBOX, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", keyring.FILE):
        there, new, old = folder / name, ready / name, aside / name
        if there.exists() and not old.exists() and (new.exists() or name not in (DATABASE, keyring.FILE)):
            aside.mkdir(parents=True, exist_ok=True)
            os.replace(there, old)
        if new.exists():
            os.replace(new, there)
    flush_folder(folder)
    done = folder / ".restore.done"  # renamed first: what is half removed must not be taken for ready
    shutil.rmtree(done, ignore_errors=True)
    os.replace(ready, done)
    shutil.rmtree(done, ignore_errors=True)
