"""What travels in one exchange besides the hello: request, push, news, enrolment. MessagePack, always decoded to a type.

Hostile bytes give None, never an exception. Knows no keys, no store and no road.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from backports.zstd import ZstdDecompressor, ZstdError, compress

from shequ_desktop.domain.changes import Change, Logged, Outcome

PUSH, NEWS, JOIN, WELCOME = "push", "news", "join", "welcome"
"""Purposes of envelopes."""

REQUEST_MAX = 8 * 1024 * 1024
"""Largest body of a request or an answer, in bytes."""
_UNPACKED_MAX = 32 * 1024 * 1024

_Whole = Annotated[int, msgspec.Meta(ge=0, lt=2**62)]
ChangeId = tuple[str, int, int]


class Request(msgspec.Struct, array_like=True, frozen=True):
    """The body of one exchange. `most`: largest answer the line is thought to carry, in bytes. `push`: an envelope or empty."""

    most: _Whole
    incarnation: _Whole
    hello: bytes
    push: bytes = b""


class Push(msgspec.Struct, array_like=True, frozen=True):
    """What a device sends sealed: changes, and, where the league does not know its cursor, points of the log it knows.

    `epoch`, `seq` and `mark` are the cursor when the changes were packed: `seen` in them counts on that log.
    `full`: answer with whole rows, also with those of this device. `offers_again`: among the changes are such as the league
    decided once and forgot, also of other devices.
    """

    schema: _Whole
    epoch: _Whole
    seq: _Whole
    mark: Annotated[int, msgspec.Meta(ge=0)]
    changes: bytes = b""
    points: list[tuple[_Whole, Annotated[int, msgspec.Meta(ge=0)]]] = []
    full: bool = False
    offers_again: bool = False


class News(msgspec.Struct, array_like=True, frozen=True):
    """The league's sealed answer. `to`: mark of the hello that it answers.

    `rows`: decided changes, whole. `echoes`: outcomes of the device's own, with `echo_mark` of what they were decided on.
    `set_aside`: (incarnation, n, device, reason). `copied`: own numbers under which the league holds other content.
    `common`: newest point of the log known to both, where the cursor was unknown; -1: points are asked for.
    """

    to: bytes
    epoch: _Whole
    seq: _Whole
    mark: Annotated[int, msgspec.Meta(ge=0)]
    clock_ms: int
    rows: bytes = b""
    echoes: bytes = b""
    echo_mark: bytes = b""
    set_aside: list[tuple[int, int, str, str]] = []
    copied: list[tuple[int, int]] = []
    entered: list[bytes] = []
    left: list[tuple[str, bytes]] = []
    refused: str = ""
    common: int | None = None
    more: bool = False
    count: _Whole = 0
    total: Annotated[int, msgspec.Meta(ge=0)] = 0


class Upload(msgspec.Struct, array_like=True, frozen=True):
    """Envelopes out of an outbox, posted by somebody who cannot open them."""

    envelopes: list[bytes]


class Join(msgspec.Struct, array_like=True, frozen=True):
    """Asks to be enrolled: the one-time secret and who asks."""

    secret: str
    device: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    name: Annotated[str, msgspec.Meta(max_length=200)]
    public_keys: bytes
    clock_ms: int


class Welcome(msgspec.Struct, array_like=True, frozen=True):
    """What an enrolled device is told. `to`: the secret it came with. `refused`: why not, as a key."""

    to: str
    area: str
    epoch: _Whole
    clock_ms: int
    refused: str = ""


class _Echoes(msgspec.Struct, array_like=True, frozen=True):
    """Columns: numbers as differences; sparse outcomes as (place, lost, unseen, revives)."""

    n: list[int]
    seq: list[int]
    fair_ms: list[int]
    told: list[tuple[int, list[str], list[int], bool]]


Message = TypeVar("Message", Request, Push, News, Upload, Join, Welcome, _Echoes)
_encode = msgspec.msgpack.Encoder().encode


def pack(message: Request | Push | News | Upload | Join | Welcome) -> bytes:
    return _encode(message)


def unpack(data: bytes, kind: type[Message]) -> Message | None:
    """The message, or None where the bytes are none of this kind."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
        return None


def mark_of(hello: bytes) -> bytes:
    return hashlib.blake2b(hello, digest_size=16).digest()


def content_mark(changes: Sequence[Change]) -> bytes:
    """Equal on two sides only where they hold the same content under these numbers."""
    digest = hashlib.blake2b(digest_size=16)
    for change in changes:
        digest.update(content_of(change))
    return digest.digest()


def content_of(change: Change) -> bytes:
    """What a change says, whoever keeps it: a renumbered `seen` is still the same change."""
    values: list[Any] = [*change.id, change.kind, change.record, change.author, change.origin, change.time_ms, change.schema]
    return _encode([*values, sorted((name, repr(_plain(value))) for name, value in change.fields.items())])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((name, list(items)) for name, items in value.items())
    return list(value) if isinstance(value, tuple) else value


def pack_echoes(rows: Sequence[Logged]) -> bytes:
    """Outcomes of changes of one device and incarnation, without what they say."""
    outcomes = [row.outcome for row in rows if row.outcome is not None]
    told = [(at, sorted(o.lost), list(o.unseen), o.revives) for at, o in enumerate(outcomes) if o.lost or o.unseen or o.revives]
    columns = _Echoes(
        _differences([row.change.n for row in rows]),
        _differences([outcome.seq for outcome in outcomes]),
        _differences([outcome.fair_ms for outcome in outcomes]),
        told,
    )
    return compress(_encode(columns), level=9) if rows else b""


def unpack_echoes(data: bytes) -> list[tuple[int, Outcome]] | None:
    """(n, outcome) of each; None where the bytes are no echoes."""
    if not data:
        return []
    packed = unzipped(data)
    columns = unpack(packed, _Echoes) if packed is not None else None
    if columns is None or not len(columns.n) == len(columns.seq) == len(columns.fair_ms):
        return None
    told = {at: (frozenset(lost), tuple(unseen), revives) for at, lost, unseen, revives in columns.told}
    numbers = zip(_sums(columns.n), _sums(columns.seq), _sums(columns.fair_ms), strict=True)
    plain: tuple[frozenset[str], tuple[int, ...], bool] = (frozenset(), (), False)
    return [(n, Outcome(seq, fair_ms, *told.get(at, plain))) for at, (n, seq, fair_ms) in enumerate(numbers)]


def unzipped(data: bytes) -> bytes | None:
    reader = ZstdDecompressor()
    try:
        packed = reader.decompress(data, max_length=_UNPACKED_MAX)
    except (ZstdError, MemoryError):
        return None
    return packed if reader.eof else None


def _differences(numbers: Sequence[int]) -> list[int]:
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _sums(differences: Sequence[int]) -> list[int]:
    found, total = [], 0
    for difference in differences:
        total += difference
        found.append(total)
    return found
