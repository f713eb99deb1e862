"""Sync (同步): one bounded exchange with the league, behind button, timer, network-return and command alike."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from filelock import FileLock, Timeout

from shequ_desktop import __version__
from shequ_desktop.domain.changes import SCHEMA
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import conflicts, league_link, outbox, sync_history
from shequ_desktop.services.archive_store import ArchiveStore
from shequ_desktop.services.league_link import Link
from shequ_desktop.services.roads import AnyRoad, road_to
from shequ_desktop.services.watched_road import WatchedRoad
from shequ_desktop.storage import engine as engines
from shequ_desktop.storage import meta, outgoing
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.outgoing import SetAside
from shequ_desktop.storage.reading import Reader
from shequ_desktop.sync.exchange import FIRST, LARGEST, SMALLEST, Exchange, Party, Report

LOCK = "sync.lock"


@dataclass(frozen=True, slots=True)
class Synchronised:
    """How a sync ended. `problem`: why it did not reach its end; what got through counts all the same.

    `notes`: what a person should hear once.
    """

    sent: int
    received: int
    set_aside: int
    conflicts: int
    waiting: int
    notes: tuple[Problem, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What is known without a network. Times are milliseconds since 1970 on the league's clock; 0: never."""

    enrolled: bool
    server: str
    device: str
    area: str
    waiting: int
    set_aside: tuple[SetAside, ...]
    conflicts: int
    last_contact_ms: int
    newest: int
    on_hold: bool


def ticks_ms() -> int:
    """A clock that only goes forward."""
    return time.monotonic_ns() // 1_000_000


def synchronise(
    archive: Archive,
    *,
    road: AnyRoad | None = None,
    by_hand: bool = True,
    pause: Callable[[float], None] = time.sleep,
    ticks: Callable[[], int] = ticks_ms,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Synchronised | Problem:
    """Exchange with the league until both hold the same. `by_hand`: a person asked; a restored archive waits for that.

    `progress` is told how many of the changes that waited have gone; then, with a total of 0, how many answers came.
    """
    with archive.read() as reader:
        link, held = league_link.read(reader.connection), reader.meta("sync_hold") == "1"
    if link is None:
        return Problem("not_enrolled")
    if held and not by_hand:
        return Problem("sync_waits_for_yes")
    try:
        with FileLock(archive.folder / LOCK, timeout=engines.WAIT_S):
            _before(archive, held=held)
            watched = WatchedRoad(road or road_to(link.server), lambda: count_waiting(archive), progress, cancelled)
            done = _exchange(archive, link, watched, watched.pausing(pause), ticks)
    except Timeout:
        return Problem("sync_runs_already")
    if cancelled() and done.problem:
        done = replace(done, problem=Problem("sync_stopped"))
    sync_history.note(archive, _exchanged(archive, done, by_hand=by_hand, carried=watched.carried))
    return done


def count_waiting(archive: Archive) -> int:
    """How many changes wait."""
    with archive.read() as reader:
        return outgoing.count(reader.connection)


def waiting_on(archive: Archive, _today: date) -> int:
    """How many changes wait, as navigation counts."""
    return count_waiting(archive)


def _exchanged(archive: Archive, done: Synchronised, *, by_hand: bool, carried: int) -> sync_history.Exchanged:
    return sync_history.Exchanged(
        at_ms=archive.clock(),
        by_hand=by_hand,
        sent=done.sent,
        received=done.received,
        set_aside=done.set_aside,
        conflicts=done.conflicts,
        carried=carried,
        problem=done.problem.key if done.problem else "",
    )


def _before(archive: Archive, *, held: bool) -> None:
    with archive.engine.begin() as connection:
        if held:
            meta.remove(connection, "sync_hold")
        outgoing.try_again(connection, version=__version__)


def _exchange(
    archive: Archive, link: Link, road: AnyRoad, pause: Callable[[float], None], ticks: Callable[[], int]
) -> Synchronised:
    delivered = [box for box in outbox.boxes(archive.folder) if box.is_sent]
    store = ArchiveStore(archive, link.device, bool(link.area), delivered)
    with archive.read() as reader:
        size = meta.get_int(reader.connection, "batch_bytes") or FIRST
        from_the_start = reader.meta("read_again") == "1"
    with contextlib.closing(road):
        report = Exchange(
            party=Party(link.device, link.keys, link.league, SCHEMA),
            store=store,
            road=road,
            now_ms=archive.clock,
            ticks_ms=ticks,
            pause=pause,
            most_bytes=min(max(size, SMALLEST), LARGEST),
            from_the_start=from_the_start,
        ).run()
    archive.refresh()
    return _told(archive, link, report, tuple(dict.fromkeys(store.notes)))


def _told(archive: Archive, link: Link, report: Report, notes: tuple[Problem, ...]) -> Synchronised:
    with archive.read() as reader:
        waiting = outgoing.count(reader.connection)
        waits_for_person = conflicts.count_open(reader)
    problem = Problem(report.problem, values=(("server", link.server),)) if report.problem else None
    return Synchronised(report.sent, report.received, report.set_aside, waits_for_person, waiting, notes, problem)


def status(archive: Archive) -> Status:
    """What waits, what is set aside, last contact, what is newest; asks no network."""
    with archive.read() as reader:
        link = league_link.read(reader.connection)
        return Status(
            enrolled=link is not None,
            server=link.server if link else "",
            device=reader.meta("device"),
            area=link.area if link else "",
            waiting=outgoing.count(reader.connection),
            set_aside=tuple(outgoing.set_aside(reader.connection)),
            conflicts=conflicts.count_open(reader),
            last_contact_ms=_int(reader, "contact_ms"),
            newest=reader.seen,
            on_hold=reader.meta("sync_hold") == "1",
        )


def _int(reader: Reader, key: str) -> int:
    return meta.get_int(reader.connection, key)
