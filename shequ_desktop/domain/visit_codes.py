"""What the square code on a visit form holds (走访二维码): the household and the visit's id, nothing that tells who.

A form scanned twice, on whatever laptop, is one visit: the id on the paper is the id of its record.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass

from shequ_desktop.domain.problems import Problem

_MARK = "SQV1"
_CHECK = 2  # bytes


@dataclass(frozen=True, slots=True)
class VisitCode:
    """Ids of the household and of the visit that the form is for."""

    household: str
    visit: str


def write(code: VisitCode) -> str:
    """The text of the square code: capitals and figures only, so that it stays small. 59 characters."""
    ids = uuid.UUID(code.household).bytes + uuid.UUID(code.visit).bytes
    return _MARK + base64.b32encode(ids + _check(ids)).decode().rstrip("=")


def read(text: str) -> VisitCode | Problem:
    """What a scanner typed. A keyboard wedge may add blanks or write small letters."""
    bare = "".join(text.split()).upper()
    if not bare.startswith(_MARK):
        return Problem("code_not_ours")
    try:
        data = base64.b32decode(bare[len(_MARK) :] + "=" * (-len(bare[len(_MARK) :]) % 8))
    except ValueError:
        return Problem("code_damaged")
    ids, check = data[:-_CHECK], data[-_CHECK:]
    if len(ids) != 32 or check != _check(ids):
        return Problem("code_damaged")
    return VisitCode(str(uuid.UUID(bytes=ids[:16])), str(uuid.UUID(bytes=ids[16:])))


def _check(ids: bytes) -> bytes:
    return hashlib.blake2b(ids, digest_size=_CHECK).digest()
