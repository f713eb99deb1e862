"""Quarantine (隔离区): what arrived and was not applied is kept, with the reason, for a person at the league."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from shequ_desktop.domain.changes import Change
from shequ_desktop.storage import meta
from shequ_desktop.sync.messages import content_of
from shequ_league import devices
from shequ_league.tables import QUARANTINE

MOST_OF_ONE_DEVICE = 64 * 1024 * 1024
"""Bytes kept for one device. What comes after that is answered in the same way and kept by the device, where it stays visible."""
ROW_SIZE = 200
_HELD = "quarantined "


def keep_change(connection: sa.Connection, device: str, change: Change, *, reason: str, at_ms: int) -> None:
    """Keep one change by its number. The same again is kept once."""
    try:
        payload = content_of(change)
    except UnicodeEncodeError:  # half a character somewhere: keep what can be read
        payload = repr(change).encode("utf-8", "backslashreplace")
    limit = 2**62
    numbers = (change.incarnation, change.n) if max(change.incarnation, change.n) < limit else (None, None)
    _keep(connection, device, payload, reason=reason, at_ms=at_ms, numbers=numbers)


def keep_batch(connection: sa.Connection, device: str, payload: bytes, *, reason: str, at_ms: int) -> None:
    """Keep a whole batch that could not be read, or that came from a device which is no longer welcome."""
    _keep(connection, device, payload, reason=reason, at_ms=at_ms, numbers=(None, None))


def _keep(
    connection: sa.Connection,
    device: str,
    payload: bytes,
    *,
    reason: str,
    at_ms: int,
    numbers: tuple[int | None, int | None],
) -> None:
    hashed = hashlib.blake2b(payload, digest_size=16).digest()
    there = sa.and_(QUARANTINE.c.device == device, QUARANTINE.c.content_hash == hashed)
    if connection.scalar(sa.select(sa.func.count()).select_from(QUARANTINE).where(there)):
        return
    size = len(payload) + ROW_SIZE
    held = meta.get_int(connection, _HELD + device)
    meta.put(connection, **{_HELD + device: held + size})
    if held + size > MOST_OF_ONE_DEVICE:
        return
    incarnation, n = numbers
    values = {"device": device, "content_hash": hashed, "incarnation": incarnation, "n": n, "reason": reason}
    connection.execute(sa.insert(QUARANTINE).values(**values, payload=payload, at_ms=at_ms))


def full(connection: sa.Connection) -> int:
    """How many devices have filled their share: what they send besides stays on them alone."""
    listed = devices.all_devices(connection)
    return sum(meta.get_int(connection, _HELD + one.id) > MOST_OF_ONE_DEVICE for one in listed)


def count(connection: sa.Connection) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(QUARANTINE)) or 0
