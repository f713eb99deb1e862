"""The envelope (信封): signed by its sender, then sealed to its receiver; by whatever road it travels.

Owns what is signed: version, purpose, sender, receiver, so that nothing can be passed off for anything else.
Hostile bytes give an EnvelopeProblem, never an exception. Knows neither what is inside nor how it travels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from shequ_desktop.sync.keys import DeviceKeys, PublicKeys, is_signed_by, sealed_to

VERSION = 1
SEALED_MAX = 32 * 1024 * 1024
"""Largest envelope, in bytes."""
_SIGNATURE_SIZE = 64
_SEALED = b"shequ envelope 1\n"

VerifyKeys = Callable[[str], bytes | None]
"""Id of a sender -> its key for signatures; None for an unknown or revoked one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What an envelope held, and who signed it."""

    sender_id: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class EnvelopeProblem:
    """Why an envelope or message cannot be taken, as a key. `sender_id` is not proven."""

    key: str
    sender_id: str = ""


class _Letter(msgspec.Struct, array_like=True):
    purpose: str
    sender: str
    receiver: bytes
    payload: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Letter).decode


def seal(payload: bytes, *, signer: DeviceKeys, sender_id: str, receiver_key: PublicKeys, purpose: str) -> bytes:
    letter = _encode(_Letter(purpose, sender_id, _mark_of(receiver_key), payload))
    return bytes([VERSION]) + sealed_to(receiver_key, signer.sign(_SEALED + letter) + letter)


def open_sealed(data: bytes, *, my_key: DeviceKeys, verify_keys: VerifyKeys, purpose: str) -> Opened | EnvelopeProblem:
    """The payload of an envelope that was sealed to `my_key` for this purpose, and its sender."""
    if len(data) > SEALED_MAX:
        return EnvelopeProblem("sync.envelope_too_large")
    if data[:1] != bytes([VERSION]):
        return EnvelopeProblem("sync.envelope_version" if data else "sync.envelope_damaged")
    signed = my_key.opened(data[1:])
    if signed is None:
        return EnvelopeProblem("sync.envelope_unreadable")
    signature, body = signed[:_SIGNATURE_SIZE], signed[_SIGNATURE_SIZE:]
    try:
        letter = _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return EnvelopeProblem("sync.envelope_damaged")
    key = verify_keys(letter.sender)
    if key is None:
        return EnvelopeProblem("sync.sender_unknown", letter.sender)
    if not is_signed_by(key, signature, _SEALED + body):
        return EnvelopeProblem("sync.signature_wrong", letter.sender)
    if letter.purpose != purpose or letter.receiver != _mark_of(my_key.public()):
        return EnvelopeProblem("sync.envelope_misdirected", letter.sender)
    return Opened(letter.sender, letter.payload)


def self_named(keys: PublicKeys) -> str:
    """The id of a sender whom nobody knows yet, as at enrolment: its own key."""
    return keys.sign.hex()


def key_of_self_named(sender_id: str) -> bytes | None:
    """The key of a sender named by it: proves only that whoever signed holds that key."""
    try:
        return bytes.fromhex(sender_id)
    except ValueError:
        return None


def _mark_of(keys: PublicKeys) -> bytes:
    return hashlib.blake2b(keys.to_bytes(), digest_size=16).digest()
