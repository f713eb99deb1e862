"""Keys as the person at the keyboard changes them (使用人与口令): only after saying the passphrase again; removing can be undone.

A laptop that somebody left open must not let a passer-by make themselves a way in or take one away.
"""

from __future__ import annotations

from dataclasses import dataclass

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import unlocking
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Slot


@dataclass(frozen=True, slots=True)
class Removed:
    """A way in that was taken away, and can be given back as it was."""

    user: str
    slot: Slot


def people(archive: Archive) -> list[str]:
    """Everybody who can open the archive."""
    return sorted(keyring.load(archive.folder).people)


def add(archive: Archive, *, own_passphrase: str, user: str, passphrase: str) -> str | Problem:
    """One more person with a passphrase of their own; answers the name."""
    name = user.strip()
    problem = _is_me(archive, own_passphrase) or unlocking.add_person(archive, user=name, passphrase=passphrase)
    return problem or name


def change_own(archive: Archive, *, own_passphrase: str, passphrase: str) -> Problem | None:
    """Another passphrase for the person at the keyboard."""
    return _is_me(archive, own_passphrase) or unlocking.change_passphrase(archive, passphrase=passphrase)


def renew_recovery(archive: Archive, *, own_passphrase: str) -> str | Problem:
    """A new recovery code, shown once; the old one opens nothing any more."""
    return _is_me(archive, own_passphrase) or unlocking.new_recovery_code(archive)


def remove(archive: Archive, *, own_passphrase: str, user: str) -> Removed | Problem:
    """Take a person's way in away; what they wrote stays, with their name."""
    if refused := _is_me(archive, own_passphrase):
        return refused
    if user == archive.user:
        return Problem("own_way_in")
    slot = keyring.load(archive.folder).people.get(user)
    problem = unlocking.remove_person(archive, user=user)
    if problem or slot is None:
        return problem or Problem("no_such_user", values=(("user", user),))
    return Removed(user, slot)


def give_back(archive: Archive, *, removed: Removed) -> None:
    """Undo a removal: the same passphrase opens again."""
    archives.change_keys(archive.folder, lambda ring: ring.with_slot(removed.user, removed.slot))


def _is_me(archive: Archive, passphrase: str) -> Problem | None:
    if keyring.load(archive.folder).open(archive.user, passphrase) is None:
        return Problem("wrong_passphrase", "own_passphrase")
    return None
