"""Making, opening and locking an archive, and who may open it (建档、开锁、使用人)."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import way_in
from shequ_desktop.services.way_in import is_there, people
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import audit, keyring
from shequ_desktop.storage.archive import Archive, Clock, Refused
from shequ_desktop.storage.keyring import Cost, Keyring

__all__ = [
    "SHORTEST_PASSPHRASE", "add_person", "change_passphrase", "is_there", "make", "new_recovery_code", "people", "remove_person",
    "unlock", "unlock_by_recovery", "unmake",
]  # fmt: skip

SHORTEST_PASSPHRASE = 8


def make(folder: Path, *, user: str, passphrase: str, clock: Clock, cost: Cost | None = None) -> tuple[Archive, str] | Problem:
    """Make an archive for its first user: (archive, recovery code, to be shown once)."""
    refused = _check_person(user, passphrase)
    if refused:
        return refused
    try:
        return archives.make(folder, user=user, passphrase=passphrase, clock=clock, cost=cost)
    except OSError as error:
        if archives.exists(folder):
            return Problem("archive_there")
        return Problem("folder_not_writable", values=(("folder", str(folder)), ("why", error.strerror or str(error))))


def unmake(archive: Archive, *, folder_too: bool) -> bool:
    """Take away an archive that was made for a command which then failed. False where somebody saved in it meanwhile."""
    return archives.unmake(archive, folder_too=folder_too)


def unlock(folder: Path, *, user: str, passphrase: str, clock: Clock) -> Archive | Problem:
    """Open the archive for this person."""
    ring = way_in.ring(folder)
    if isinstance(ring, Problem):
        return ring
    if user not in ring.people:
        return Problem("no_such_user", values=(("user", user),))
    key = ring.open(user, passphrase)
    if key is None:
        return Problem("wrong_passphrase")
    opened = archives.open_with(folder, ring, user, key, clock)
    return Problem(opened.key) if isinstance(opened, Refused) else opened


def add_person(archive: Archive, *, user: str, passphrase: str) -> Problem | None:
    """Give one more person their own way in."""
    refused = _check_person(user, passphrase)
    if refused:
        return refused
    if user in keyring.load(archive.folder).people:
        return Problem("user_there", values=(("user", user),))
    archives.change_keys(archive.folder, lambda ring: ring.with_person(user, passphrase, archive.key))
    _noted(archive, "user added", user)
    return None


def change_passphrase(archive: Archive, *, passphrase: str) -> Problem | None:
    """A new passphrase for the person at the keyboard. The archive is not encrypted anew."""
    refused = _check_person(archive.user, passphrase)
    if refused:
        return refused
    archives.change_keys(archive.folder, lambda ring: ring.with_person(archive.user, passphrase, archive.key))
    _noted(archive, "passphrase changed", archive.user)
    return None


def remove_person(archive: Archive, *, user: str) -> Problem | None:
    """Take a person's way in away; what they wrote stays, with their name."""
    ring = keyring.load(archive.folder)
    if user not in ring.people:
        return Problem("no_such_user", values=(("user", user),))
    if len(ring.people) == 1:
        return Problem("last_user")
    archives.change_keys(archive.folder, lambda ring: ring.without_person(user))
    _noted(archive, "user removed", user)
    return None


def new_recovery_code(archive: Archive) -> str:
    """A new recovery code; the old one opens nothing any more."""
    codes: list[str] = []

    def change(ring: Keyring) -> Keyring:
        ring, code = ring.with_new_recovery(archive.key)
        codes.append(code)
        return ring

    archives.change_keys(archive.folder, change)
    _noted(archive, "recovery code renewed", archive.user)
    return codes[0]


def unlock_by_recovery(folder: Path, *, user: str, code: str, passphrase: str, clock: Clock) -> Archive | Problem:
    """Open by the recovery code, and give this person a new passphrase."""
    ring = way_in.ring(folder)
    if isinstance(ring, Problem):
        return ring
    refused = _check_person(user, passphrase)
    if refused:
        return refused
    key = ring.open_by_recovery(code)
    if key is None:
        return Problem("wrong_recovery_code")
    opened = archives.open_with(folder, ring, user, key, clock)
    if isinstance(opened, Refused):
        return Problem(opened.key)
    archives.change_keys(folder, lambda ring: ring.with_person(user, passphrase, key))
    _noted(opened, "opened by recovery code", user)
    return opened


def _check_person(user: str, passphrase: str) -> Problem | None:
    if not user.strip() or any(not letter.isprintable() for letter in user):
        return Problem("user_name_needed")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return Problem("passphrase_short", values=(("least", SHORTEST_PASSPHRASE),))
    return None


def _noted(archive: Archive, act: str, detail: str) -> None:
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act=act, detail=detail)
