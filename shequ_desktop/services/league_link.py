"""What an archive knows of its league (盟级服务端): address, keys, area, last contact. Kept in the archive."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from shequ_desktop.storage import meta
from shequ_desktop.storage.meta import Connection
from shequ_desktop.sync.keys import DeviceKeys, PublicKeys


@dataclass(frozen=True, slots=True)
class Link:
    """An enrolled device and its league."""

    server: str
    device: str
    keys: DeviceKeys = field(repr=False)
    league: PublicKeys
    area: str


def device_keys(connection: Connection) -> DeviceKeys | None:
    """This device's keys; they outlive an enrolment, so that it can be repeated."""
    told = meta.get(connection, "device_keys")
    return DeviceKeys.from_bytes(base64.b64decode(told)) if told else None


def read(connection: Connection) -> Link | None:
    """None where the device is not enrolled."""
    server, keys = meta.get(connection, "server"), device_keys(connection)
    league = PublicKeys.from_bytes(base64.b64decode(meta.get(connection, "league_keys")))
    if not server or keys is None or league is None:
        return None
    return Link(server, meta.get(connection, "device"), keys, league, meta.get(connection, "area"))


def write_keys(connection: Connection, keys: DeviceKeys) -> None:
    meta.put(connection, device_keys=base64.b64encode(keys.to_bytes()).decode())


def write(connection: Connection, *, server: str, league: PublicKeys, area: str, epoch: int) -> None:
    """Write down that this device is enrolled."""
    told = base64.b64encode(league.to_bytes()).decode()
    meta.put(connection, server=server, league_keys=told, area=area, epoch=epoch)
