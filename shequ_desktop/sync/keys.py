"""Keys of a device or league (设备密钥), their fingerprint, and the enrolment code that a person types from paper.

Owns how keys and code look. Knows no store and no network. The code's characters are Crockford's: no I, L, O, U.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, field

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_FORM = b"\x01"
_SIGN_SIZE = 32
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OILU", "011V")
_SECRET_SIZE, _FINGERPRINT_SIZE, _CHECK_SIZE = 12, 16, 3
_AREA_DIGITS_MAX = 12


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others may know: `sign` checks signatures (Ed25519), `seal` is sealed to (age, X25519)."""

    sign: bytes
    seal: str

    def to_bytes(self) -> bytes:
        return _FORM + self.sign + self.seal.encode()

    @staticmethod
    def from_bytes(data: bytes) -> PublicKeys | None:
        """None where the bytes are no keys."""
        sign, seal = data[1 : 1 + _SIGN_SIZE], data[1 + _SIGN_SIZE :]
        try:
            Ed25519PublicKey.from_public_bytes(sign)
            pyrage.x25519.Recipient.from_str(seal.decode("ascii"))
        except (ValueError, pyrage.RecipientError):
            return None
        return PublicKeys(sign, seal.decode("ascii")) if data[:1] == _FORM else None


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secret keys of this device or league; kept in the archive only."""

    sign_secret: bytes = field(repr=False)
    seal_secret: str = field(repr=False)

    @staticmethod
    def make() -> DeviceKeys:
        return DeviceKeys(Ed25519PrivateKey.generate().private_bytes_raw(), str(pyrage.x25519.Identity.generate()))

    def to_bytes(self) -> bytes:
        return _FORM + self.sign_secret + self.seal_secret.encode()

    @staticmethod
    def from_bytes(data: bytes) -> DeviceKeys:
        """Raises ValueError where the bytes are no keys: they come from the own archive."""
        keys = DeviceKeys(data[1 : 1 + _SIGN_SIZE], data[1 + _SIGN_SIZE :].decode("ascii", "replace"))
        try:
            keys.public()
        except (ValueError, pyrage.IdentityError) as error:
            raise ValueError("no device keys") from error
        if data[:1] != _FORM:
            raise ValueError("no device keys of a form known here")
        return keys

    def public(self) -> PublicKeys:
        sign = Ed25519PrivateKey.from_private_bytes(self.sign_secret).public_key().public_bytes_raw()
        return PublicKeys(sign, str(pyrage.x25519.Identity.from_str(self.seal_secret).to_public()))

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.sign_secret).sign(message)

    def opened(self, sealed: bytes) -> bytes | None:
        """What was sealed to this device; None where it was not, or is damaged."""
        try:
            opened: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(self.seal_secret)])
        except pyrage.DecryptError:
            return None
        return opened


def sealed_to(receiver: PublicKeys, message: bytes) -> bytes:
    sealed: bytes = pyrage.encrypt(message, [pyrage.x25519.Recipient.from_str(receiver.seal)])
    return sealed


def is_signed_by(sign: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(sign).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(keys: PublicKeys) -> str:
    """Sixteen characters, 80 bits, that a person can compare."""
    digest = hashlib.blake2b(keys.to_bytes(), digest_size=10, person=b"shequ-keys").digest()
    return _grouped(_characters(int.from_bytes(digest), _FINGERPRINT_SIZE))


def make_secret() -> str:
    """A new one-time secret of 60 bits; the league lets nobody try many."""
    return _characters(int.from_bytes(os.urandom(8)) >> 4, _SECRET_SIZE)


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What an enrolment code says. `area` is empty where the device is entitled to everything."""

    secret: str
    fingerprint: str
    area: str


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """Why a code cannot be read, as a key; `at` is the character it concerns."""

    key: str
    at: str = ""


def make_code(secret: str, league_fingerprint: str, area: str) -> str:
    """The code as it is printed, in groups of four: area, secret, fingerprint, three characters that betray a typing error."""
    if not re.fullmatch(r"[0-9]{0,12}", area):
        raise ValueError("an area has at most twelve digits")
    digits = _characters(int(area or "0"), _area_size(len(area)))
    body = _ALPHABET[len(area)] + digits + secret + _bare(league_fingerprint)
    return _grouped(body + _check(body))


def read_code(text: str) -> EnrolmentCode | CodeProblem:
    """The code as a person typed it: any case, blanks and dashes, O for 0, I and l for 1, full-width characters."""
    typed = _bare(unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    wrong = next((character for character in typed if character not in _ALPHABET), None)
    if wrong is not None:
        return CodeProblem("sync.code_character", wrong)
    area_digits = _ALPHABET.index(typed[0]) if typed else 0
    area_end = 1 + _area_size(area_digits)
    secret_end = area_end + _SECRET_SIZE
    body_end = secret_end + _FINGERPRINT_SIZE
    if area_digits > _AREA_DIGITS_MAX or len(typed) != body_end + _CHECK_SIZE:
        return CodeProblem("sync.code_length")
    if typed[body_end:] != _check(typed[:body_end]):
        return CodeProblem("sync.code_typo")
    area = f"{_number(typed[1:area_end]):0{area_digits}d}" if area_digits else ""
    return EnrolmentCode(typed[area_end:secret_end], _grouped(typed[secret_end:body_end]), area)


def _area_size(digits: int) -> int:
    """How many characters hold a number of this many decimal digits."""
    return -(-int("9" * digits or "0").bit_length() // 5)


def _check(body: str) -> str:
    digest = hashlib.blake2b(body.encode(), digest_size=4, person=b"shequ-code").digest()
    return _characters(int.from_bytes(digest), _CHECK_SIZE)


def _characters(number: int, size: int) -> str:
    return "".join(_ALPHABET[number >> 5 * at & 31] for at in reversed(range(size)))


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number << 5 | _ALPHABET.index(character)
    return number


def _bare(text: str) -> str:
    """Without blanks and dashes of any kind."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf", "Cc"))


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
