"""The idle exchange: a signed cursor and checksum out, a signed "nothing new" back; each at most 200 bytes.

Owns these two messages. They are signed, not sealed: they hold no name and no value.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from shequ_desktop.sync.envelope import EnvelopeProblem, VerifyKeys
from shequ_desktop.sync.keys import DeviceKeys, PublicKeys, is_signed_by

HELLO_MAX = 200
_SIGNATURE_SIZE = 64
_HELLO, _ANSWER = b"shequ hello 1\n", b"shequ answer 1\n"
_Unsigned = Annotated[int, msgspec.Meta(ge=0)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Hello(msgspec.Struct, array_like=True, frozen=True, tag=1):
    """What a device says of itself. The cursor is (`epoch`, `seq`, `mark`): `mark` is made from the id of the change there.

    `count` and `checksum` (64 bits) are those of the decided state within its scope; `clock_ms` is its own clock.
    """

    device: _Id
    epoch: _Unsigned
    seq: _Unsigned
    mark: _Unsigned
    count: _Unsigned
    checksum: _Unsigned
    clock_ms: int


class Answer(msgspec.Struct, array_like=True, frozen=True, tag=2):
    """What the league says to a hello. `same`: nothing new, and count and checksum agree. Else a full exchange follows."""

    same: bool
    epoch: _Unsigned
    seq: _Unsigned
    clock_ms: int


_encode = msgspec.msgpack.Encoder().encode
_decode_hello = msgspec.msgpack.Decoder(Hello).decode
_decode_answer = msgspec.msgpack.Decoder(Answer).decode


def change_mark(change_id: tuple[str, int, int]) -> int:
    """64 bits for the id of a change."""
    text = "\t".join(map(str, change_id))
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def signed_hello(hello: Hello, *, signer: DeviceKeys, league: PublicKeys) -> bytes:
    """The message; its signature holds for this league only."""
    body = _encode(hello)
    return signer.sign(_HELLO + league.to_bytes() + body) + body


def read_hello(data: bytes, *, verify_keys: VerifyKeys, league: PublicKeys) -> Hello | EnvelopeProblem:
    if len(data) > HELLO_MAX:
        return EnvelopeProblem("sync.envelope_too_large")
    body = data[_SIGNATURE_SIZE:]
    try:
        hello = _decode_hello(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return EnvelopeProblem("sync.envelope_damaged")
    key = verify_keys(hello.device)
    if key is None:
        return EnvelopeProblem("sync.sender_unknown", hello.device)
    if not is_signed_by(key, data[:_SIGNATURE_SIZE], _HELLO + league.to_bytes() + body):
        return EnvelopeProblem("sync.signature_wrong", hello.device)
    return hello


def signed_answer(answer: Answer, *, signer: DeviceKeys, hello: bytes) -> bytes:
    """The answer; its signature holds for this one hello only, so that no old answer can be given again."""
    body = _encode(answer)
    return signer.sign(_ANSWER + _digest(hello) + body) + body


def read_answer(data: bytes, *, league: PublicKeys, hello: bytes) -> Answer | EnvelopeProblem:
    if len(data) > HELLO_MAX:
        return EnvelopeProblem("sync.envelope_too_large")
    body = data[_SIGNATURE_SIZE:]
    try:
        answer = _decode_answer(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return EnvelopeProblem("sync.envelope_damaged")
    if not is_signed_by(league.sign, data[:_SIGNATURE_SIZE], _ANSWER + _digest(hello) + body):
        return EnvelopeProblem("sync.signature_wrong")
    return answer


def _digest(hello: bytes) -> bytes:
    return hashlib.blake2b(hello, digest_size=32).digest()
