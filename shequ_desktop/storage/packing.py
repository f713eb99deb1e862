"""Packs values into the log and out of it: MessagePack lists, beside an interned set of field names (a shape)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from shequ_desktop.domain.changes import Outcome
from shequ_desktop.domain.state import State

_encode = msgspec.msgpack.Encoder().encode
_decode_list = msgspec.msgpack.Decoder(list[Any]).decode
_decode_map = msgspec.msgpack.Decoder(dict[str, Any]).decode


class _Outcome(msgspec.Struct, array_like=True):
    lost: list[str]
    unseen: list[int]
    revives: bool


_decode_outcome = msgspec.msgpack.Decoder(_Outcome).decode


def pack_fields(fields: Mapping[str, Any]) -> tuple[str, bytes]:
    """(shape, payload): names joined by commas, and the values in the same order."""
    return ",".join(fields), _encode(list(fields.values()))


def unpack_fields(shape: str, payload: bytes) -> dict[str, Any]:
    return dict(zip(shape.split(","), _decode_list(payload), strict=True)) if shape else {}


def pack_outcome(outcome: Outcome) -> bytes | None:
    """None for the plain outcome, that everything stands and nothing was unseen."""
    if not (outcome.lost or outcome.unseen or outcome.revives):
        return None
    return _encode(_Outcome(sorted(outcome.lost), list(outcome.unseen), outcome.revives))


def unpack_outcome(seq: int, fair_ms: int, packed: bytes | None) -> Outcome:
    if packed is None:
        return Outcome(seq, fair_ms)
    told = _decode_outcome(packed)
    return Outcome(seq, fair_ms, frozenset(told.lost), tuple(told.unseen), told.revives)


def pack_state(state: State | None) -> bytes | None:
    return _encode([dict(state.fields), state.retracted, state.seq]) if state else None


def unpack_state(packed: bytes | None) -> State | None:
    return State(*_decode_list(packed)) if packed else None


def pack_map(values: Mapping[str, Any]) -> bytes | None:
    return _encode(dict(values)) if values else None


def unpack_map(packed: bytes | None) -> dict[str, Any]:
    return _decode_map(packed) if packed else {}


pack_value = _encode


def unpack_value(packed: bytes) -> Any:
    return msgspec.msgpack.decode(packed)
