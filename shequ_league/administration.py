"""What a league officer does (管理): codes, devices, export, rebuild, check. One function an action."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import exporting, targets
from shequ_desktop.services.histories import iso_time
from shequ_desktop.storage import meta, replaying
from shequ_desktop.storage.files import write_whole
from shequ_desktop.storage.reading import Reader
from shequ_league import devices, quarantine
from shequ_league.appending import newest
from shequ_league.database import Database
from shequ_league.devices import Device
from shequ_league.meeting import League

HOUR_MS = 3_600_000


def enrolment_code(league: League, *, area: str, hours: int, now_ms: int) -> str:
    """A new one-time code. An empty area entitles to everything that this server holds."""
    with league.database.write() as connection:
        return devices.make_code(connection, league.identity, area=area, expires_ms=now_ms + hours * HOUR_MS)


def revoke(database: Database, device: str) -> bool:
    """Take a device's entitlement away. False where nobody knows it."""
    with database.write() as connection:
        return devices.revoke(connection, device)


def device_lines(database: Database) -> list[tuple[str, ...]]:
    """Id, name, area, state, last contact, seconds its clock is off; one line a device."""
    with database.read() as connection:
        listed = devices.all_devices(connection)
    return [
        (one.id, one.name, one.area or "*", _state(one), iso_time(one.contact_ms), str(one.offset_ms // 1000)) for one in listed
    ]


def _state(device: Device) -> str:
    return "revoked" if device.revoked else "active"


def export(database: Database, out: Path) -> int | Problem:
    """Write every record as JSON lines; answers how many."""
    refused = targets.refused(out, sources=database.files())
    if refused:
        return refused
    with database.read() as connection:
        lines = list(exporting.lines(Reader(connection)))
    try:
        write_whole(out, "".join(lines).encode())
    except OSError as error:
        return Problem("league_file_not_written", values=(("out", str(out)), ("why", error.strerror or str(error))))
    return len(lines)


def rebuild(database: Database) -> None:
    """Work every table out anew from the log; the log itself is not touched."""
    with database.write() as connection:
        replaying.rebuild(connection)


@dataclass(frozen=True, slots=True)
class Examined:
    """`facts`: key of a name, and its value. `wrong`: how many records or sums are not what the log says."""

    facts: tuple[tuple[str, str], ...]
    wrong: int


def examine(database: Database) -> Examined:
    """Compare tables and sums with the log."""
    with database.read() as connection:
        differing = sum(len(replaying.differing(connection, kind)) for kind in KINDS)
        sums = (meta.get_int(connection, "decided_count"), meta.get_int(connection, "decided_sum"))
        off = sums != replaying.sums(connection)
        facts = (
            ("league_fact_newest", str(newest(connection))),
            ("league_fact_records", str(sums[0])),
            ("league_fact_devices", str(len(devices.all_devices(connection)))),
            ("league_fact_quarantine", str(quarantine.count(connection))),
            ("league_fact_quarantine_full", str(quarantine.full(connection))),
            ("league_fact_differing", str(differing)),
        )
    return Examined(facts, differing + int(off))
