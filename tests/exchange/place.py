"""A league and its laptops in one process, with clocks that the test sets. What every test of the exchange stands on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling, exporting, histories, outbox, synchronise
from shequ_desktop.services.synchronise import Synchronised
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Cost
from shequ_desktop.storage.reading import Reader
from shequ_desktop.sync.exchange import TurnedAway
from shequ_desktop.sync.transports.memory import MemoryRoad
from shequ_league import administration
from shequ_league.database import Database, open_database
from shequ_league.meeting import League, Refused, open_league

CHEAP = Cost(1024, 1, 1)
PASSPHRASE = "correct-horse"
START_MS = 1_790_000_000_000


@dataclass
class Hands:
    """The hands of the clock on the wall: every look moves them on by one millisecond."""

    now_ms: int = START_MS

    def look(self) -> int:
        self.now_ms += 1
        return self.now_ms

    def pass_(self, **spans: float) -> None:
        units = {"seconds": 1000, "minutes": 60_000, "hours": 3_600_000, "days": 86_400_000}
        self.now_ms += int(sum(units[unit] * amount for unit, amount in spans.items()))


@dataclass
class Laptop:
    """One archive, its road, and how far its clock is off."""

    place: Place
    name: str
    archive: Archive
    road: MemoryRoad
    off: list[int]

    def sync(self, *, by_hand: bool = True) -> Synchronised:
        done = synchronise.synchronise(
            self.archive, road=self.road, by_hand=by_hand, pause=lambda _s: None, ticks=self.place.ticks
        )
        assert isinstance(done, Synchronised), done
        return done

    def synced(self) -> Synchronised:
        """A sync that must reach its end with nothing left to send."""
        done = self.sync()
        assert done.problem is None, done
        assert done.waiting == 0, done
        return done

    def add(self, kind: str = "household", **fields: Any) -> str:
        with self.archive.write() as work:
            return work.create(kind, fields)

    def edit(self, record: str, kind: str = "household", seen: int | None = None, **fields: Any) -> None:
        with self.archive.write() as work:
            assert work.edit(kind, record, fields, seen=seen)

    def retract(self, record: str, kind: str = "household", *, back: bool = False) -> None:
        with self.archive.write() as work:
            assert work.retract(kind, record, back=back)

    def value(self, record: str, name: str, kind: str = "household") -> Any:
        with self.archive.read() as reader:
            found = reader.record(kind, record)
            return found.fields.get(name) if found else None

    def is_there(self, record: str, kind: str = "household") -> bool:
        with self.archive.read() as reader:
            found = reader.record(kind, record)
            return found is not None and not found.retracted

    def export(self) -> list[str]:
        with self.archive.read() as reader:
            return list(exporting.lines(reader))

    def values_of(self, record: str, name: str, kind: str = "household") -> list[tuple[Any, str]]:
        """(value, what became of it) of each save."""
        told = histories.history(self.archive, kind=kind, record=record, field=name)
        assert isinstance(told, list), told
        return [(entry["fields"][name], entry["became"]) for entry in told]

    def meta(self, key: str) -> str:
        with self.archive.read() as reader:
            return reader.meta(key)


@dataclass
class Place:
    """One league and whoever meets there."""

    folder: Path
    url: str
    hands: Hands = field(default_factory=Hands)
    laptops: dict[str, Laptop] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    keep_bodies: bool = False

    def __post_init__(self) -> None:
        self.league = self._opened()

    @property
    def database(self) -> Database:
        return self.league.database

    def _opened(self) -> League:
        database = open_database(self.url)
        assert isinstance(database, Database), database
        return open_league(database)

    def reopen(self) -> None:
        self.league.database.close()
        self.league = self._opened()

    def ticks(self) -> int:
        return self.hands.now_ms

    def carry(self, path: str, body: bytes) -> bytes | TurnedAway:
        if self.keep_bodies:
            self.bodies.append(body)
        answers: dict[str, Callable[[], bytes | Refused]] = {
            "/exchange": lambda: self.league.meet(body, now_ms=self.hands.look()),
            "/upload": lambda: self.league.upload(body, now_ms=self.hands.look()),
            "/enroll": lambda: self.league.join(body, now_ms=self.hands.look()),
            "/keys": lambda: self.league.public_keys,
        }
        answer = answers[path]()
        return TurnedAway(answer.key) if isinstance(answer, Refused) else answer

    def code(self, *, area: str = "", hours: int = 1) -> str:
        return administration.enrolment_code(self.league, area=area, hours=hours, now_ms=self.hands.look())

    def laptop(self, name: str, *, area: str = "", enrolled: bool = True) -> Laptop:
        off = [0]
        archive, _ = archives.make(
            self.folder / name, user=name, passphrase=PASSPHRASE, clock=lambda: self.hands.look() + off[0], cost=CHEAP
        )
        laptop = self.join(name, archive, off)
        if enrolled:
            code = self.code(area=area)
            problem = enrolling.enroll(archive, server="http://league", code=code, road=laptop.road, device_name=name)
            assert problem is None, problem
        return laptop

    def join(self, name: str, archive: Archive, off: list[int]) -> Laptop:
        archive.after_save.append(outbox.keep)
        self.laptops[name] = Laptop(self, name, archive, MemoryRoad(self.carry), off)
        return self.laptops[name]

    def settle(self, *, rounds: int = 2) -> None:
        """Everybody syncs until nothing is left to say."""
        for _ in range(rounds):
            for laptop in self.laptops.values():
                laptop.synced()

    def export(self) -> list[str]:
        with self.database.read() as connection:
            return list(exporting.lines(Reader(connection)))

    def agree(self) -> list[str]:
        """All sides export the same; answers the lines."""
        lines = self.export()
        for laptop in self.laptops.values():
            assert laptop.export() == lines, laptop.name
        return lines

    def count(self, table: sa.Table) -> int:
        with self.database.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    def close(self) -> None:
        for laptop in self.laptops.values():
            laptop.archive.close()
        self.database.close()


def records(lines: list[str], kind: str) -> list[dict[str, Any]]:
    return [record for line in lines if (record := json.loads(line))["kind"] == kind]


def ok(value: Any) -> Any:
    assert not isinstance(value, Problem | list), value
    return value
