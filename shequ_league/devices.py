"""Devices (设备) and the league's own keys: who may meet here, for which area, by which one-time code."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shequ_desktop.storage import meta
from shequ_desktop.sync import keys
from shequ_desktop.sync.keys import DeviceKeys, PublicKeys
from shequ_desktop.sync.messages import Join
from shequ_league import scope
from shequ_league.tables import DEVICE, ENROLMENT

CONTACT_NOTED_EVERY_MS = 60_000
"""An idle exchange writes nothing, but for the last contact once in this time."""


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as the league knows it. An empty area: everything. `offset_ms`: what to add to its clock."""

    id: str
    name: str
    public: PublicKeys
    area: str
    revoked: bool
    offers_again: bool
    contact_ms: int
    offset_ms: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this league is: its keys, and the number of this life of its log."""

    keys: DeviceKeys
    epoch: int


def identity(connection: sa.Connection) -> Identity | None:
    """None before the first start."""
    told = meta.get(connection, "league_keys")
    return Identity(DeviceKeys.from_bytes(base64.b64decode(told)), meta.get_int(connection, "epoch")) if told else None


def make_identity(connection: sa.Connection) -> Identity:
    """Keys are made once, in the database, so that its URL is all that a server needs."""
    known = identity(connection)
    if known:
        return known
    made = Identity(DeviceKeys.make(), secrets.randbits(31))
    meta.put(connection, league_keys=base64.b64encode(made.keys.to_bytes()).decode(), epoch=made.epoch)
    return made


def new_epoch(connection: sa.Connection) -> int:
    """The log has begun another life: a device knew numbers that are not in it."""
    epoch = secrets.randbits(31)
    meta.put(connection, epoch=epoch)
    return epoch


def find(connection: sa.Connection, device: str) -> Device | None:
    row = connection.execute(sa.select(DEVICE).where(DEVICE.c.id == device)).one_or_none()
    return _to_device(row) if row else None


def all_devices(connection: sa.Connection) -> list[Device]:
    found = [_to_device(row) for row in connection.execute(sa.select(DEVICE).order_by(DEVICE.c.enrolled_ms, DEVICE.c.id))]
    return [device for device in found if device]


def _to_device(row: Any) -> Device | None:
    public = PublicKeys.from_bytes(bytes(row.public_keys))
    if public is None:
        return None
    told = (row.area, row.revoked, row.offers_again, row.contact_ms, row.offset_ms)
    return Device(row.id, row.name, public, *told)


def note(connection: sa.Connection, device: str, **values: object) -> None:
    """Write down what was learnt about a device."""
    connection.execute(sa.update(DEVICE).where(DEVICE.c.id == device).values(**values))


def revoke(connection: sa.Connection, device: str) -> bool:
    """What the device sends from now on goes to quarantine, and it is told nothing. False where nobody knows it."""
    return connection.execute(sa.update(DEVICE).where(DEVICE.c.id == device).values(revoked=True)).rowcount == 1


def make_code(connection: sa.Connection, league: Identity, *, area: str, expires_ms: int) -> str:
    """A one-time code for one laptop; only its hash is kept."""
    secret = keys.make_secret()
    connection.execute(sa.insert(ENROLMENT).values(code_hash=_hash(secret), area=area, expires_ms=expires_ms, used_by=None))
    if area:
        scope.begin(connection)
    return keys.make_code(secret, keys.fingerprint(league.keys.public()), area)


def enroll(connection: sa.Connection, join: Join, *, now_ms: int) -> str | None:
    """Take the device in: None, or the key of why not. The same device may use its code again: an answer can be lost."""
    code = connection.execute(sa.select(ENROLMENT).where(ENROLMENT.c.code_hash == _hash(join.secret))).one_or_none()
    public = PublicKeys.from_bytes(join.public_keys)
    if code is None or public is None:
        return "enrol_code_unknown"
    if code.used_by not in (None, join.device):
        return "enrol_code_used"
    if code.expires_ms < now_ms and code.used_by is None:
        return "enrol_code_expired"
    there = find(connection, join.device)
    if there is not None and there.public != public:
        return "device_has_other_keys"
    values = {"name": join.name, "area": code.area, "contact_ms": now_ms, "offset_ms": now_ms - join.clock_ms}
    if there is None:
        new = {"id": join.device, "public_keys": join.public_keys, "revoked": False, "offers_again": False}
        connection.execute(sa.insert(DEVICE).values(**new, **values, enrolled_ms=now_ms))
    elif code.used_by is None:
        note(connection, join.device, **values, revoked=False)
    connection.execute(sa.update(ENROLMENT).where(ENROLMENT.c.code_hash == code.code_hash).values(used_by=join.device))
    return None


def _hash(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode("utf-8", "replace"), digest_size=32, person=b"shequ-enrol").digest()
