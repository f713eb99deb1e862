"""Which arriving changes can be taken in: what a database would refuse is set aside by name, the rest goes on.

Pure. Kinds and fields that this version does not know are good: they are kept and passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Change
from shequ_desktop.domain.fields import Field, Type
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import is_union
from shequ_desktop.storage.ids import is_id

LARGEST_CHANGE = 64 * 1024
"""Characters that all values of one change hold together at most."""

_LARGEST_NUMBER = 2**62
_WIRE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_WORD = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,200}")


def fault_of(change: Change) -> str | None:
    """Key of the reason why the change cannot be taken in; None for a good one."""
    if not _WIRE_NAME.fullmatch(change.kind) or not is_id(change.record):
        return "aside_no_record"
    if not all(_WIRE_NAME.fullmatch(name) for name in change.fields):
        return "aside_no_field"
    if not all(_WORD.fullmatch(word) for word in (change.device, change.author, change.origin)) or not change.device:
        return "aside_unreadable"
    numbers = (change.incarnation, change.n, change.seen, change.schema)
    if not all(0 <= number < _LARGEST_NUMBER for number in numbers) or abs(change.time_ms) >= _LARGEST_NUMBER:
        return "aside_number"
    if sum(_size(value) for value in change.fields.values()) > LARGEST_CHANGE:
        return "aside_too_large"
    if not all(_is_clean(value) for value in change.fields.values()):
        return "aside_unreadable"
    if not all(_fits(change.kind, name, value) for name, value in change.fields.items()):
        return "aside_wrong_type"
    return None


def _size(value: Any) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(str(name)) + _size(item) for name, item in value.items()) + 1
    if isinstance(value, list | tuple):
        return sum(map(_size, value)) + 1
    return 1


def _is_clean(value: Any) -> bool:
    """Neither NUL nor half a character in any text, no number that a database cannot hold."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, Mapping):
        return all(_is_clean(name) and _is_clean(item) for name, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_clean, value))
    return value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < _LARGEST_NUMBER)


def _fits(kind: str, name: str, value: Any) -> bool:
    if name == RETRACTED:
        return isinstance(value, bool)
    declared = KINDS[kind].by_name.get(name) if kind in KINDS else None
    if declared is None:
        return not is_union(kind, name)
    return value is None or _is_of_type(declared, value)


def _is_of_type(field: Field, value: Any) -> bool:
    if field.type is Type.YES_NO:
        return isinstance(value, bool)
    if field.type is Type.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if field.type is Type.CODES:
        return _is_list_of_codes(value) or _is_added_and_removed(value)
    if field.type is Type.REF:
        return value == "" or (isinstance(value, str) and is_id(value))
    return isinstance(value, str)


def _is_list_of_codes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) for code in value)


def _is_added_and_removed(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) <= {"add", "remove"} and all(map(_is_list_of_codes, value.values()))
