"""The key of the archive: one random key, wrapped once for each person and once for the recovery code (口令、恢复码).

Owns `keys.json`. Costs of Argon2id (RFC 9106) stand in it, so that a slow machine, or a test, may use lower ones.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from shequ_desktop.storage.files import write_whole

FILE = "keys.json"
VERSION = 1
_SALT = 16
_WRAPPED = 12 + 32 + 16  # nonce, key, tag
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 letters without those that are mistaken for others on paper


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of deriving a key from a passphrase: memory in KiB, rounds, lanes."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4

    def is_bearable(self) -> bool:
        """Whether a machine can pay it: a damaged file must not ask for all memory or for a week."""
        numbers = (self.memory_kib, self.rounds, self.lanes)
        if not all(isinstance(number, int) for number in numbers):
            return False
        return 8 * self.lanes <= self.memory_kib <= 2**21 and 1 <= self.rounds <= 64 and 1 <= self.lanes <= 64


@dataclass(frozen=True, slots=True)
class Slot:
    """The archive's key, wrapped for one person or for the recovery code."""

    salt: bytes
    wrapped: bytes
    cost: Cost

    @classmethod
    def seal(cls, key: bytes, secret: str, label: str, cost: Cost) -> Slot:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # see `_derive`

        salt, nonce = os.urandom(_SALT), os.urandom(12)
        wrapping = AESGCM(_derive(secret, salt, cost))
        return cls(salt, nonce + wrapping.encrypt(nonce, key, label.encode()), cost)

    def open(self, secret: str, label: str) -> bytes | None:
        """The archive's key, or None if the secret is not the right one."""
        from cryptography.exceptions import InvalidTag  # see `_derive`
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wrapping = AESGCM(_derive(secret, self.salt, self.cost))
        try:
            return wrapping.decrypt(self.wrapped[:12], self.wrapped[12:], label.encode())
        except InvalidTag:
            return None


@dataclass(frozen=True, slots=True)
class Keyring:
    """All slots of one archive. Every method that changes something answers a new value; `save` writes it."""

    people: Mapping[str, Slot]
    recovery: Slot

    @classmethod
    def make(cls, user: str, passphrase: str, cost: Cost) -> tuple[Keyring, bytes, str]:
        """A new ring with a new random key: (ring, key of 32 bytes, recovery code)."""
        key, code = secrets.token_bytes(32), _new_recovery_code()
        ring = cls({user: Slot.seal(key, passphrase, user, cost)}, Slot.seal(key, _bare(code), "recovery", cost))
        return ring, key, code

    @property
    def cost(self) -> Cost:
        return self.recovery.cost

    def open(self, user: str, passphrase: str) -> bytes | None:
        """The key, or None if there is no such person or the passphrase is not theirs."""
        slot = self.people.get(user)
        return slot.open(passphrase, user) if slot else None

    def open_by_recovery(self, code: str) -> bytes | None:
        return self.recovery.open(_bare(code), "recovery")

    def with_person(self, user: str, passphrase: str, key: bytes) -> Keyring:
        """The ring with a slot for this person, new or in place of the old one."""
        return replace(self, people={**self.people, user: Slot.seal(key, passphrase, user, self.cost)})

    def with_slot(self, user: str, slot: Slot) -> Keyring:
        """The ring with a slot that was taken out of it before."""
        return replace(self, people={**self.people, user: slot})

    def without_person(self, user: str) -> Keyring:
        return replace(self, people={name: slot for name, slot in self.people.items() if name != user})

    def with_new_recovery(self, key: bytes) -> tuple[Keyring, str]:
        code = _new_recovery_code()
        return replace(self, recovery=Slot.seal(key, _bare(code), "recovery", self.cost)), code

    def save(self, folder: Path) -> None:
        content = {
            "version": VERSION,
            "people": {name: _slot_to_json(slot) for name, slot in self.people.items()},
            "recovery": _slot_to_json(self.recovery),
        }
        write_whole(folder / FILE, json.dumps(content, ensure_ascii=False, indent=1).encode())


def load(folder: Path) -> Keyring:
    """The ring of the archive in `folder`. Raises OSError or ValueError where the file is missing or damaged."""
    try:
        content = json.loads((folder / FILE).read_bytes())
        if content["version"] != VERSION:
            raise ValueError(f"keys of version {content['version']}")
        people = {name: _slot_from_json(slot) for name, slot in content["people"].items()}
        return Keyring(people, _slot_from_json(content["recovery"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the file of keys is damaged") from error


def _derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The key that wraps. Loaded here, because names of people are asked for by a window that is not open yet."""
    from argon2.low_level import Type, hash_secret_raw

    try:
        typed = secret.encode(errors="surrogateescape")  # as it was typed, also where the locale knows no Chinese
    except UnicodeEncodeError:
        typed = secret.encode(errors="surrogatepass")  # a wrong passphrase, no error
    return hash_secret_raw(typed, salt, cost.rounds, cost.memory_kib, cost.lanes, 32, Type.ID)


def _new_recovery_code() -> str:
    """Six groups of five letters: 150 bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(30))
    return "-".join(letters[i : i + 5] for i in range(0, 30, 5))


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in _ALPHABET)


def _slot_to_json(slot: Slot) -> dict[str, object]:
    return {
        "salt": base64.b64encode(slot.salt).decode(),
        "wrapped": base64.b64encode(slot.wrapped).decode(),
        "cost": asdict(slot.cost),
    }


def _slot_from_json(content: dict[str, object]) -> Slot:
    salt, wrapped, cost = content["salt"], content["wrapped"], content["cost"]
    if not (isinstance(salt, str) and isinstance(wrapped, str) and isinstance(cost, dict)):
        raise ValueError("a slot of the keys is damaged")
    slot = Slot(base64.b64decode(salt, validate=True), base64.b64decode(wrapped, validate=True), Cost(**cost))
    if len(slot.salt) != _SALT or len(slot.wrapped) != _WRAPPED or not slot.cost.is_bearable():
        raise ValueError("a slot of the keys is damaged")
    return slot
