"""The exchanges of this laptop (同步记录): when, how much, how it ended; and what the line carried this month.

Kept beside the cursor, never synced. Tries that end alike are one line, so that a week without a network fills no page.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive

_EXCHANGES, _CARRIED = "sync_exchanges", "sync_carried"
MOST = 60


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One exchange. `conflicts`: how many waited for a person afterwards. `carried`: bytes. `times`: tries that ended alike."""

    at_ms: int
    by_hand: bool
    sent: int = 0
    received: int = 0
    set_aside: int = 0
    conflicts: int = 0
    carried: int = 0
    problem: str = ""
    times: int = 1

    @property
    def is_quiet(self) -> bool:
        """Nothing went and nothing came."""
        return not (self.sent or self.received or self.set_aside)


def note(archive: Archive, done: Exchanged) -> None:
    """Write one exchange down."""
    with archive.engine.begin() as connection:
        lines = _read(meta.get(connection, _EXCHANGES))
        if lines and _alike(lines[0], done):
            lines[0] = replace(done, times=lines[0].times + 1, carried=lines[0].carried + done.carried)
        else:
            lines.insert(0, done)
        month = _month(done.at_ms)
        carried = json.loads(meta.get(connection, _CARRIED, "{}")).get(month, 0) + done.carried
        written = json.dumps([asdict(line) for line in lines[:MOST]], separators=(",", ":"))
        meta.put(connection, **{_EXCHANGES: written, _CARRIED: json.dumps({month: carried})})


def exchanges(archive: Archive) -> list[Exchanged]:
    """What there was, the newest first."""
    with archive.read() as reader:
        return _read(reader.meta(_EXCHANGES))


def carried_this_month(archive: Archive, *, now_ms: int) -> int:
    """Bytes that exchanges carried in the month of now, before what lines add of their own."""
    with archive.read() as reader:
        told: dict[str, int] = json.loads(reader.meta(_CARRIED, "{}"))
    return told.get(_month(now_ms), 0)


def _alike(one: Exchanged, other: Exchanged) -> bool:
    return one.is_quiet and other.is_quiet and (one.problem, one.conflicts) == (other.problem, other.conflicts)


def _read(written: str) -> list[Exchanged]:
    return [Exchanged(**line) for line in json.loads(written or "[]")]


def _month(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m")
