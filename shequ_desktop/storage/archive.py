"""The archive of one laptop (电子档案): its folder, its key, its transactions. Whoever holds an Archive may read it."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from shequ_desktop.storage import engine as engines
from shequ_desktop.storage import keyring, meta, replaying, search_index, upgrading
from shequ_desktop.storage.ids import IdMaker
from shequ_desktop.storage.keyring import Cost, Keyring
from shequ_desktop.storage.reading import Reader
from shequ_desktop.storage.tables import LOG
from shequ_desktop.storage.unit_of_work import UnitOfWork

DATABASE = "archive.db"
LOCK = "archive.lock"

Clock = Callable[[], int]
"""Answers milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an archive does not open. `key` names the sentence."""

    key: str


@dataclass
class Archive:
    """An open archive. `user` is the person at the keyboard."""

    folder: Path
    user: str
    key: bytes = field(repr=False)
    engine: sa.Engine = field(repr=False)
    clock: Clock = field(repr=False)
    ids: IdMaker = field(default_factory=IdMaker, repr=False)
    after_save: list[Callable[[Archive], None]] = field(default_factory=list, repr=False)

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """A reading transaction; it waits for nobody and nobody waits for it."""
        with self.engine.connect().execution_options(**engines.READING) as connection, connection.begin():
            yield Reader(connection)

    @contextlib.contextmanager
    def write(self, *, author: str = "") -> Iterator[UnitOfWork]:
        """A writing transaction: all of it, or, after an exception, none. Waits up to 30 s for other writers."""
        with self.engine.begin() as connection:
            work = UnitOfWork(connection, author or self.user, self.clock(), self.ids)
            yield work
            work.close()
        self.refresh()

    def refresh(self) -> None:
        """Bring up to date what is worked out from the log: search, and what `after_save` holds.

        What was saved is saved: where this finds no room, the next save or opening does it, and nobody is told otherwise.
        """
        with contextlib.suppress(sa.exc.OperationalError, OSError):
            with self.engine.begin() as connection:
                search_index.refresh(connection)
            for act in self.after_save:
                act(self)

    def close(self) -> None:
        self.engine.dispose()


def lock(folder: Path) -> FileLock:
    """Held while an archive is made, upgraded, restored or gets other keys: one at a time."""
    return FileLock(folder / LOCK, timeout=engines.WAIT_S)


def exists(folder: Path) -> bool:
    return (folder / keyring.FILE).exists()


def make(folder: Path, *, user: str, passphrase: str, clock: Clock, cost: Cost | None = None) -> tuple[Archive, str]:
    """Make an archive in this folder for its first user: (archive, recovery code). Raises OSError, FileExistsError."""
    folder.mkdir(parents=True, exist_ok=True)
    with lock(folder):
        if exists(folder):
            raise FileExistsError(folder)
        ring, key, code = Keyring.make(user, passphrase, cost or Cost())
        for left in ("", "-wal", "-shm"):  # by a making that was killed before it had keys
            (folder / f"{DATABASE}{left}").unlink(missing_ok=True)
        archive = _opened(folder, user, key, clock)
        try:
            with archive.engine.begin() as connection:
                upgrading.upgrade(connection, upgrading.LAPTOP)
                meta.put(connection, device=secrets.token_hex(6), incarnation=secrets.randbits(48), next_n=1)
            ring.save(folder)
        except sa.exc.DatabaseError as error:
            archive.close()
            raise OSError(str(error.orig)) from error
    return archive, code


def unmake(archive: Archive, *, folder_too: bool) -> bool:
    """Take a new archive away again, as long as nothing was saved in it and it has its one person. False: it stays.

    For a command that made it and then could not do what was asked. Its keys go first: nobody opens it from then on.
    """
    try:
        return _unmade(archive, folder_too=folder_too)
    except (OSError, ValueError, sa.exc.DatabaseError):
        return False


def _unmade(archive: Archive, *, folder_too: bool) -> bool:
    folder = archive.folder
    with lock(folder):
        if len(keyring.load(folder).people) > 1 or not _is_untouched(archive):
            return False
        archive.close()
        (folder / keyring.FILE).unlink()
        for left in ("", "-wal", "-shm"):
            (folder / f"{DATABASE}{left}").unlink(missing_ok=True)
    if folder_too:
        leave_no_trace(folder)
    else:
        (folder / LOCK).unlink(missing_ok=True)
    return True


def leave_no_trace(folder: Path) -> None:
    """Remove the folder of an archive that did not come about; it stays where something of somebody else is in it."""
    with contextlib.suppress(OSError):
        if not exists(folder):
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()


def _is_untouched(archive: Archive) -> bool:
    with archive.engine.begin() as connection:
        return connection.scalar(sa.select(LOG.c.pos).limit(1)) is None


def open_with(folder: Path, ring: Keyring, user: str, key: bytes, clock: Clock) -> Archive | Refused:
    """Open with the right key; bring an older archive up to date, after a backup. Nothing is touched where refused."""
    refused = _looked_at(folder, key)
    if refused is not None:
        return refused
    archive = _opened(folder, user, key, clock)
    try:
        _bring_up_to_date(archive)
        _catch_up(archive)
    except (sa.exc.DatabaseError, OSError) as error:
        archive.close()
        return Refused(engines.what_is_wrong(error))
    return archive


def _looked_at(folder: Path, key: bytes) -> Refused | None:
    """Why the archive may not be opened. SQLite would make an empty archive where the file is missing or empty."""
    database = folder / DATABASE
    try:
        if not database.exists() or not database.stat().st_size:
            return Refused("archive_missing")
        looking = engines.look_into(database, key)
        with looking.connect() as connection:
            if not upgrading.stamped(connection):
                return Refused("archive_damaged")
            return Refused("archive_newer") if upgrading.is_newer(connection) else None
    except (sa.exc.DatabaseError, OSError) as error:
        return Refused(engines.what_is_wrong(error))


def _bring_up_to_date(archive: Archive) -> None:
    from shequ_desktop.storage import backup  # a backup opens archives itself

    if _is_current(archive):
        return
    with lock(archive.folder):
        if _is_current(archive):
            return
        backup.keep_automatic(archive, "before-upgrade")
        with archive.engine.begin() as connection:
            upgrading.upgrade(connection, upgrading.LAPTOP)
            if replaying.take_in(connection):
                search_index.rebuild(connection)


def _is_current(archive: Archive) -> bool:
    with archive.read() as reader:
        return upgrading.is_current(reader.connection, upgrading.LAPTOP)


def _catch_up(archive: Archive) -> None:
    """Take into the index what was saved by a program that was killed before it came to that."""
    with archive.read() as reader:
        behind = search_index.is_behind(reader.connection)
    if behind:
        archive.refresh()


def _opened(folder: Path, user: str, key: bytes, clock: Clock) -> Archive:
    return Archive(folder, user, key, engines.open_archive(folder / DATABASE, key), clock)


def change_keys(folder: Path, change: Callable[[Keyring], Keyring]) -> None:
    """Replace the ring by what `change` makes of it, one at a time. The archive itself is not touched."""
    with lock(folder):
        change(keyring.load(folder)).save(folder)
