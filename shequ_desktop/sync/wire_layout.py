"""The columns of a batch, for ever: new ones are added at the end, and an older reader passes them over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec

from shequ_desktop.sync.columns import ROWS_MAX, Numbers

MANY = msgspec.Meta(max_length=ROWS_MAX)


class Columns(msgspec.Struct, array_like=True):
    """One batch. Rows point into `names`, `writers`, `shapes` and the records in order of their first appearance."""

    count: int
    names: msgspec.Raw  # every text that is no value, once
    writers: Annotated[list[tuple[int, int, int, int, int]], MANY]  # device, incarnation, author, origin, schema
    shapes: Annotated[list[list[int]], MANY]  # kind, then its fields
    sorts: Numbers  # of each record: 0 an id of 16 bytes, 1 a number of the league, 2 a name
    uuids: bytes  # all first bytes, all second bytes, ...
    numbers: Annotated[list[int], MANY]
    check: int  # of the ids behind `numbers`
    texts: Annotated[list[int], MANY]
    record: Numbers  # 0: the next record; k: the one that appeared k places before the next
    writer: Numbers
    shape: Numbers
    n: Numbers  # less the one before of the same device
    seen: Numbers
    time: Numbers
    decided: Numbers
    seq: Numbers  # of decided rows only, as the next two
    fair: Numbers  # less the device's own time, less the one before
    lost: Annotated[list[list[int]], MANY]  # row, groups
    unseen: Annotated[list[list[int]], MANY]  # row, sequences back from its own
    revives: Annotated[list[int], MANY]
    values: Annotated[list[msgspec.Raw], MANY]  # a column for each field of each kind, in the order of `shapes`


def uuid_text(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def check_of(records: Sequence[str]) -> int:
    """So that a league restored from a backup, whose numbers mean other records, is noticed before anything is applied."""
    if not records:
        return 0
    return int.from_bytes(hashlib.blake2b("\n".join(records).encode(), digest_size=6).digest())
