"""Batches of changes as bytes: columns in MessagePack, compressed by zstd, a version number first.

Hostile bytes give a WireProblem, never an exception; fields and kinds that this version does not know travel like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from backports.zstd import ZstdDecompressor, ZstdError, compress

from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.sync.columns import fault_of
from shequ_desktop.sync.wire_layout import Columns
from shequ_desktop.sync.wire_reading import Resolve, TooManyError, UnknownRecordsError, from_columns
from shequ_desktop.sync.wire_writing import to_columns

VERSION = 1
BYTES_MAX = 64 * 1024 * 1024
"""Largest batch once decompressed."""
LEVEL = 15


@dataclass(frozen=True, slots=True)
class WireProblem:
    """Why a batch cannot be read, as a key."""

    key: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A change that arrived but cannot be taken in, and the key of the reason. Its row is as it came."""

    row: Logged
    key: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch holds: rows in the order in which they were written, and those set aside."""

    rows: list[Logged]
    set_aside: list[SetAside]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Columns).decode


def encode_changes(rows: Sequence[Logged], *, numbers: Mapping[str, int] | None = None, level: int = LEVEL) -> bytes:
    """The rows as one batch, in this order. `numbers`: the league's numbers of records, where the receiver knows them too:
    a tenth of an id's bytes.
    """
    return bytes([VERSION]) + compress(_encode(to_columns(rows, numbers or {})), level=level)


def decode_changes(data: bytes, *, records: Resolve | None = None) -> Batch | WireProblem:
    """The rows of a batch. `records` finds the ids behind the league's numbers."""
    if not data:
        return WireProblem("sync.batch_damaged")
    if data[0] != VERSION:
        return WireProblem("sync.batch_version")
    packed = _unpacked(data[1:])
    if isinstance(packed, WireProblem):
        return packed
    try:
        rows, all_sound = from_columns(_decode(packed), records)
    except TooManyError:
        return WireProblem("sync.batch_too_large")
    except UnknownRecordsError:
        return WireProblem("sync.batch_records")
    except (msgspec.MsgspecError, ValueError, LookupError, RecursionError):
        return WireProblem("sync.batch_damaged")
    return Batch(rows, []) if all_sound else _sifted(rows)


def _unpacked(data: bytes) -> bytes | WireProblem:
    reader = ZstdDecompressor()
    try:
        packed = reader.decompress(data, max_length=BYTES_MAX + 1)
    except (ZstdError, MemoryError):
        return WireProblem("sync.batch_damaged")
    if len(packed) > BYTES_MAX:
        return WireProblem("sync.batch_too_large")
    if not reader.eof or reader.unused_data:
        return WireProblem("sync.batch_damaged")
    return packed


def _sifted(rows: Sequence[Logged]) -> Batch:
    """Good rows apart from those that hold what a database would refuse."""
    good: list[Logged] = []
    aside: list[SetAside] = []
    for row in rows:
        fault = fault_of_change(row.change)
        if fault is None:
            good.append(row)
        else:
            aside.append(SetAside(row, fault))
    return Batch(good, aside)


def fault_of_change(change: Change) -> str | None:
    """Key of the reason why a change cannot be taken in; None for a good one. Asked before sending, too."""
    texts = (change.device, change.kind, change.record, change.author, change.origin, *change.fields)
    return next((fault for part in (*texts, *change.fields.values()) if (fault := fault_of(part))), None)
