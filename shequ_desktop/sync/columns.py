"""Columns of the wire format: values as MessagePack, always decoded to a type; numbers by difference. Knows no change.

A text that cannot be written (a lone surrogate, bytes that are no UTF-8) spoils its own place only, never its column.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Annotated, Any

import msgspec

ROWS_MAX = 100_000
"""More rows than this are no batch of ours."""

LARGEST = 2**63 - 1
"""Largest whole number that both databases hold."""

Value = str | int | float | bool | None | list[str] | dict[str, list[str]]
"""What a field may hold on the wire, for ever; deeper nesting is refused."""

Numbers = int | Annotated[list[int], msgspec.Meta(max_length=ROWS_MAX)]
"""One whole number a row; a single number where all rows have the same."""

_encode = msgspec.msgpack.Encoder().encode
_decode_values = msgspec.msgpack.Decoder(Annotated[list[Value], msgspec.Meta(max_length=ROWS_MAX)]).decode
_decode_raws = msgspec.msgpack.Decoder(Annotated[list[msgspec.Raw], msgspec.Meta(max_length=ROWS_MAX)]).decode
_decode_value = msgspec.msgpack.Decoder(Value).decode
_TEXT_SIZES = {0xD9: 1, 0xDA: 2, 0xDB: 4}


def pack_values(values: Sequence[Any]) -> msgspec.Raw:
    """One column of values; text that is no valid Unicode is passed on as it is, for the receiver to set aside."""
    try:
        return msgspec.Raw(_encode(values))
    except UnicodeEncodeError:
        return msgspec.Raw(_encode([_pack_unsound(value) for value in values]))


def _pack_unsound(value: Any) -> Any:
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        return msgspec.Raw(b"\xdb" + len(data).to_bytes(4) + data)
    if isinstance(value, list):
        return [_pack_unsound(item) for item in value]
    if isinstance(value, dict):
        return {name: _pack_unsound(items) for name, items in value.items()}
    return value


def unpack_values(raw: msgspec.Raw) -> list[Any]:
    """One column of values. A place that cannot be read holds a text with surrogates, or bytes: `fault_of` names both."""
    try:
        values: list[Any] = _decode_values(raw)
        return values
    except (msgspec.ValidationError, UnicodeDecodeError):
        return [_unpack_unsound(bytes(item)) for item in _decode_raws(raw)]


def _unpack_unsound(item: bytes) -> Any:
    try:
        return _decode_value(item)
    except (msgspec.ValidationError, UnicodeDecodeError):
        pass
    head = item[0]
    size = 0 if 0xA0 <= head <= 0xBF else _TEXT_SIZES.get(head, -1)
    if size < 0:
        return item
    try:
        return item[1 + size :].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return item[1 + size :].decode("utf-8", "surrogateescape")


def fault_of(value: Any) -> str | None:
    """Key of the reason why a value cannot be taken into every database; None for a good one."""
    if isinstance(value, str):
        if "\x00" in value:
            return "sync.value_nul"
        return "sync.value_unicode" if not _is_unicode(value) else None
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return None if -LARGEST <= value <= LARGEST else "sync.value_range"
    if isinstance(value, float):
        return None if math.isfinite(value) else "sync.value_range"
    if isinstance(value, list):
        return next((fault for item in value if (fault := _fault_of_text(item))), None)
    if isinstance(value, dict):
        parts = (part for name, items in value.items() for part in (name, *(items if isinstance(items, list) else (items,))))
        return next((fault for part in parts if (fault := _fault_of_text(part))), None)
    return "sync.value_form"


def sound(values: Sequence[Any]) -> bool:
    """Whether no value of a column has a fault; quick, since nearly all columns are plain texts."""
    try:
        joined = "".join(values)
    except TypeError:
        return all(fault_of(value) is None for value in values)
    return "\x00" not in joined and _is_unicode(joined)


def _fault_of_text(item: Any) -> str | None:
    return fault_of(item) if isinstance(item, str) else "sync.value_form"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def same_or_all(numbers: list[int]) -> int | list[int]:
    """A single number where all are the same."""
    return numbers[0] if numbers and numbers.count(numbers[0]) == len(numbers) else numbers


def each_row(numbers: int | list[int], count: int) -> list[int]:
    """One number a row again. Raises ValueError where the column has another length."""
    if isinstance(numbers, int):
        return [numbers] * count
    if len(numbers) != count:
        raise ValueError("a column has another length than the batch")
    return numbers


def places(numbers: int | list[int], count: int, size: int) -> list[int]:
    """One place in a table of this size a row. Raises ValueError for a place outside."""
    found = each_row(numbers, count)
    if found and not 0 <= min(found) <= max(found) < size:
        raise ValueError("a column points outside its table")
    return found


def differences(numbers: Iterable[int]) -> list[int]:
    """Each number less the one before; the first less nothing."""
    before = 0
    told: list[int] = []
    for number in numbers:
        told.append(number - before)
        before = number
    return told


def sums(numbers: Iterable[int]) -> list[int]:
    """The numbers again from their differences. Raises ValueError where one is out of range."""
    found = list(accumulate(numbers))
    if found and not -LARGEST <= min(found) <= max(found) <= LARGEST:
        raise ValueError("a number is out of range")
    return found
