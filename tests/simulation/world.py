"""One league and its laptops in one process, on real stores in memory's file system, with one clock that nobody else reads.

Owns how a laptop is made, killed, copied, backed up and restored. Knows nothing of what people do or of what must hold.
"""

from __future__ import annotations

import functools
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.changes import Logged
from shequ_desktop.services import enrolling, exporting, keeping, outbox, synchronise
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import engine as engines
from shequ_desktop.storage import journal, keyring, meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Cost
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.reading import Reader
from shequ_desktop.storage.tables import LOG
from shequ_desktop.sync.exchange import Broken, TurnedAway
from shequ_league import administration
from shequ_league.database import Database, open_database
from shequ_league.meeting import League, Refused, open_league
from tests.simulation.dice import Dice, Ids
from tests.simulation.fuse import Fuse, Killed, watch
from tests.simulation.line import Line
from tests.simulation.model import Book, Key
from tests.simulation.options import Options

START_MS = 1_790_000_000_000
AREAS = ("150425101", "150425102")
_USER, _PASSPHRASE = "user", "correct-horse"
_CHEAP = Cost(64, 1, 1)


def memory_folder() -> str | None:
    """A folder that lies in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@functools.cache
def _templates() -> tempfile.TemporaryDirectory[str]:
    """An empty archive and an empty league, made once in a process."""
    held = tempfile.TemporaryDirectory(dir=memory_folder(), prefix="shequ-sim-")
    archive, _ = archives.make(Path(held.name) / "a", user=_USER, passphrase=_PASSPHRASE, clock=lambda: START_MS, cost=_CHEAP)
    _checkpoint(archive)
    archive.close()
    database = open_database(f"sqlite:///{held.name}/league.db")
    assert isinstance(database, Database)
    open_league(database)
    database.close()
    return held


def _checkpoint(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


@functools.cache
def _key() -> bytes:
    """The key of every simulated archive: they are copies of one template."""
    key = keyring.load(Path(_templates().name) / "a").open(_USER, _PASSPHRASE)
    assert key
    return key


def row_key(row: Logged) -> Key:
    change = row.change
    return (change.kind, change.record, change.author, change.time_ms)


@dataclass(frozen=True)
class Form:
    """A form that somebody has opened and not yet saved."""

    kind: str
    record: str
    shown: dict[str, Any]
    seen: int
    knew: frozenset[Key]


@dataclass
class Laptop:
    """One physical laptop. `read`: every save that was ever in its log. `off_ms`: how far its clock is off."""

    name: str
    archive: Archive
    line: Line
    area: str
    off_ms: list[int]
    read: set[Key] = field(default_factory=set)
    form: Form | None = None
    kept: tuple[Path, set[Key], str] | None = None

    @property
    def folder(self) -> Path:
        return self.archive.folder

    def rows(self) -> list[Logged]:
        with self.archive.read() as reader:
            return log_of(reader.connection)

    def export(self) -> list[str]:
        with self.archive.read() as reader:
            return list(exporting.lines(reader))


def log_of(connection: sa.Connection) -> list[Logged]:
    """All rows, decided ones first in the league's order."""
    return journal.read(connection, Names(connection), sa.select(LOG).order_by(LOG.c.seq.is_(None), LOG.c.seq, LOG.c.pos))


class World:
    """Everything of one seed. `book`: what the model wrote down."""

    def __init__(self, seed: int, options: Options, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.dice, self.fuse, self.book = Dice(seed), Fuse(), Book()
        self.now_ms = START_MS
        self.count = 0
        self.laptops: list[Laptop] = []
        self.yesterday: Path | None = None
        shutil.copy(Path(_templates().name) / "league.db", folder / "league.db")
        self.league = self._opened_league()
        with self.league.database.write() as connection:
            meta.put(connection, epoch=self.dice.randbits(31))
        self.league = self.reopened_league()
        for number in range(options.laptops):
            limited = number >= options.laptops - options.limited_laptops
            self._new_laptop(AREAS[number % 2] if limited else "")

    # -- clock

    def look(self) -> int:
        """The true time; every look moves it on."""
        self.now_ms += 1
        return self.now_ms

    def dice_id(self) -> str:
        return Ids(self.dice).new(self.now_ms)

    # -- league

    def _opened_league(self) -> League:
        engine = engines.open_league(f"sqlite:///{self.folder}/league.db")
        watch(engine, self.fuse, "league")
        return open_league(Database(engine))

    def reopened_league(self) -> League:
        self.league.database.close()
        return self._opened_league()

    def carry(self, path: str, body: bytes) -> bytes | TurnedAway | Broken:
        try:
            answer = self._answer(path, body)
        except Killed as killed:
            if not str(killed).startswith("league"):
                raise
            self.league = self.reopened_league()
            return Broken(reached=True)
        return TurnedAway(answer.key) if isinstance(answer, Refused) else answer

    def _answer(self, path: str, body: bytes) -> bytes | Refused:
        if path == "/keys":
            return self.league.public_keys
        act = {"/exchange": self.league.meet, "/upload": self.league.upload, "/enroll": self.league.join}[path]
        return act(body, now_ms=self.look())

    def keep_league(self) -> None:
        """The nightly backup."""
        self.yesterday = self.folder / "yesterday.db"
        source, target = sqlite3.connect(self.folder / "league.db"), sqlite3.connect(self.yesterday)
        source.backup(target)
        source.close()
        target.close()

    def restore_league(self) -> None:
        if self.yesterday is None:
            return
        self.league.database.close()
        for left in self.folder.glob("league.db*"):
            left.unlink()
        shutil.copy(self.yesterday, self.folder / "league.db")
        self.league = self._opened_league()
        self.book.league_restored = True
        self.book.note_gone(self.held())

    def league_rows(self) -> list[Logged]:
        with self.league.database.read() as connection:
            return log_of(connection)

    def league_export(self) -> list[str]:
        with self.league.database.read() as connection:
            return list(exporting.lines(Reader(connection)))

    def held(self) -> Iterator[Key]:
        """Every save that stands in somebody's log."""
        for rows in (self.league_rows(), *(laptop.rows() for laptop in self.laptops)):
            yield from map(row_key, rows)

    # -- laptops

    def _named(self) -> str:
        self.count += 1
        return f"laptop{self.count}"

    def _new_laptop(self, area: str) -> Laptop:
        name = self._named()
        shutil.copytree(Path(_templates().name) / "a", self.folder / name)
        laptop = self._joined(name, self._engine_of(self.folder / name, [0]), area, [0])
        with laptop.archive.engine.begin() as connection:
            meta.put(connection, device=self.dice.token_hex(6), incarnation=self.dice.randbits(48))
        code = administration.enrolment_code(self.league, area=area, hours=1, now_ms=self.look())
        laptop.line.good = True
        problem = enrolling.enroll(laptop.archive, server="http://league", code=code, road=laptop.line, device_name=name)
        assert problem is None, problem
        laptop.line.good = False
        return laptop

    def _engine_of(self, folder: Path, off_ms: list[int]) -> Archive:
        opened = engines.open_archive(folder / archives.DATABASE, _key())
        return Archive(folder, _USER, _key(), opened, lambda: self.look() + off_ms[0])

    def _joined(self, name: str, archive: Archive, area: str, off_ms: list[int]) -> Laptop:
        laptop = Laptop(name, archive, Line(self.carry, self.options), area, off_ms)
        self._set_up(laptop, archive)
        self.laptops.append(laptop)
        return laptop

    def _set_up(self, laptop: Laptop, archive: Archive) -> None:
        archive.user, archive.ids = laptop.name, Ids(self.dice)
        archive.clock = lambda: self.look() + laptop.off_ms[0]
        if self.options.upload_permille:
            archive.after_save.append(outbox.keep)
        watch(archive.engine, self.fuse, "laptop")
        laptop.archive = archive

    def start_again(self, laptop: Laptop) -> None:
        """After a kill: opened as the program opens it, which catches up with what was saved."""
        folder = laptop.folder
        laptop.archive.close()
        opened = archives.open_with(folder, keyring.load(folder), _USER, _key(), laptop.archive.clock)
        assert isinstance(opened, Archive), opened
        self._set_up(laptop, opened)
        laptop.form = None

    def copy(self, laptop: Laptop) -> Laptop:
        """Somebody copied the folder; the copy goes on as if it were the laptop."""
        _checkpoint(laptop.archive)
        name = self._named()
        shutil.copytree(laptop.folder, self.folder / name)
        off_ms = list(laptop.off_ms)
        copied = self._joined(name, self._engine_of(self.folder / name, off_ms), laptop.area, off_ms)
        copied.read = set(laptop.read)
        self.book.copied = True
        return copied

    def back_up(self, laptop: Laptop) -> None:
        file = self.folder / f"{laptop.name}-{self.look()}.backup"
        problem = keeping.back_up(laptop.archive, out=file)
        assert problem is None, problem
        with laptop.archive.read() as reader:
            laptop.read |= {row_key(row) for row in log_of(reader.connection)}
        laptop.kept = (file, set(laptop.read), laptop.area)

    def restore(self, laptop: Laptop) -> None:
        """Put the backup in the archive's place; what nobody else holds is gone by nature."""
        if laptop.kept is None:
            return
        file, read, area = laptop.kept
        folder, clock = laptop.folder, laptop.archive.clock
        laptop.archive.close()
        restored = keeping.restore(file, folder, user=_USER, passphrase=_PASSPHRASE, clock=clock)
        assert isinstance(restored, Archive), restored
        self._set_up(laptop, restored)
        laptop.read, laptop.area, laptop.form = set(read), area, None
        self.book.copied = True  # another incarnation: what it had not sent may stand twice, with the same content
        self.book.note_gone(self.held())

    def sync(self, laptop: Laptop) -> Any:
        return synchronise.synchronise(
            laptop.archive, road=laptop.line, pause=lambda _s: None, ticks=lambda: self.now_ms
        )

    def upload(self, laptop: Laptop) -> Any:
        return outbox.upload_only(laptop.folder, road=laptop.line)

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.archive.close()
        self.league.database.close()


def parsed(lines: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]
