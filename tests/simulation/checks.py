"""What must hold once everybody has exchanged everything: I1 to I10 and I12, judged by the model's book from the outside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.changes import Conflict, Logged
from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services.histories import history
from shequ_desktop.storage import outgoing, replaying, rows
from shequ_desktop.storage.meta import Connection
from shequ_desktop.sync.conflicts import conflicts_of
from shequ_league import administration, quarantine
from tests.simulation.model import Key, Save, frozen, group_members
from tests.simulation.record_checks import RecordCheck, Standing
from tests.simulation.saving import BrokenInvariantError
from tests.simulation.scopes import Shown, areas_of, holds
from tests.simulation.world import Laptop, World, row_key

SLACK_MS = 200
"""A few looks at the clock lie between a save and what is noted of it."""


@dataclass(frozen=True)
class Side:
    """One store, read whole: the log, its records, its conflicts."""

    name: str
    rows: Sequence[Logged]
    by_record: Mapping[tuple[str, str], Sequence[Logged]]
    records: Mapping[tuple[str, str], Standing]
    export: Sequence[str]

    def conflicts(self, kind: str, record: str) -> list[Conflict]:
        return conflicts_of(self.by_record.get((kind, record), ()), KINDS.get(kind))


def read_side(name: str, connection: Connection, logged: Sequence[Logged], export: Sequence[str]) -> Side:
    by_record: defaultdict[tuple[str, str], list[Logged]] = defaultdict(list)
    for row in logged:
        by_record[row.change.kind, row.change.record].append(row)
    records: dict[tuple[str, str], Standing] = {}
    for kind in KINDS:
        wanted = [record for of_kind, record in by_record if of_kind == kind]
        for record, (state, _) in rows.read(connection, kind, wanted).items():
            records[kind, record] = Standing(dict(state.fields), state.retracted)
    return Side(name, logged, by_record, records, export)


def check(world: World) -> None:
    """Raises BrokenInvariantError at the first thing that does not hold."""
    with world.league.database.read() as connection:
        league = read_side("league", connection, world.league_rows(), world.league_export())
        if quarantine.count(connection):
            raise BrokenInvariantError("I9: something lies in quarantine")
    laptops: list[tuple[Laptop, Side]] = []
    for laptop in world.laptops:
        with laptop.archive.read() as reader:
            laptops.append((laptop, read_side(laptop.name, reader.connection, laptop.rows(), laptop.export())))
            _check_inside(laptop, reader.connection)
    world.book.gone -= set(map(row_key, league.rows))
    if administration.examine(world.league.database).wrong:
        raise BrokenInvariantError("I4: the league's tables are not what its log says")
    _check_saves(world, league)
    _check_clocks(world, league)
    _check_records(world, league)
    _check_replicas(league, laptops)
    _check_history(laptops, world.book.kept())


def _check_inside(laptop: Laptop, connection: Connection) -> None:
    """One archive by itself: nothing waits, nothing aside, tables as the log says."""
    if outgoing.count(connection) or outgoing.set_aside(connection):
        raise BrokenInvariantError(f"I3: changes of {laptop.name} wait for ever, or were set aside")
    for kind in KINDS:
        if wrong := replaying.differing(connection, kind):
            raise BrokenInvariantError(f"I4: {laptop.name} shows {kind} {wrong} otherwise than its log says")


def _check_saves(world: World, league: Side) -> None:
    """I1: every save stands in the league's log, as it was typed, with its writer. I3: none twice, none that nobody made."""
    book = world.book
    counted = Counter(map(row_key, league.rows))
    lost = [key for key in book.kept() if key not in counted]
    if lost:
        raise BrokenInvariantError(f"I1: lost {lost}")
    if strange := [key for key in counted if key not in book.saves]:
        raise BrokenInvariantError(f"I3: nobody saved {strange}")
    if not book.copied and (twice := [key for key, times in counted.items() if times > 1]):
        raise BrokenInvariantError(f"I3: taken in twice {twice}")
    for row in league.rows:
        save = book.saves[row_key(row)]
        missing = {n: v for n, v in save.typed.items() if not _is_said(row.change.fields, n, v, save)}
        if missing:
            raise BrokenInvariantError(f"I1: of {save.key} the log does not say {missing}")


def _is_said(fields: Mapping[str, Any], name: str, value: Any, save: Save) -> bool:
    told = fields.get(name)
    if isinstance(told, Mapping):
        added, removed = ({e for n, e in some if n == name} for some in (save.added, save.removed))
        return set(told.get("add", ())) == added and set(told.get("remove", ())) == removed
    group, _, policy = group_members(save.key[0], name)
    is_touched = group in save.groups or (policy is Policy.UNION and any(n == name for n, _ in save.added | save.removed))
    return not is_touched or frozen({name: told}) == frozen({name: value})


def _check_clocks(world: World, league: Side) -> None:
    """I7: a fair time is a moment at which the save can have been made, on the league's clock, whatever the laptop's says."""
    book = world.book
    for row in league.rows:
        save = book.saves[row_key(row)]
        assert row.outcome is not None
        known = [book.saves[key].true_ms for key in save.knew if key in book.saves]
        jumped = book.copied or book.league_restored or save.laptop in book.clocks_jumped
        earliest = max(known, default=0) - SLACK_MS if jumped else save.true_ms - SLACK_MS
        latest = world.now_ms if jumped else save.true_ms + SLACK_MS
        if not earliest <= row.outcome.fair_ms <= latest and not (book.copied or book.league_restored):
            told = f"fair time {row.outcome.fair_ms} of {save.key}, truly {save.true_ms}, {earliest} to {latest}"
            raise BrokenInvariantError(f"I7: {told}")


def _check_records(world: World, league: Side) -> None:
    """I2, I5, I12 for each record: what stands, what waits, what was brought back."""
    book = world.book
    knew = {key: book.knew(save) for key, save in book.saves.items()}
    order: dict[Key, int] = {}
    for row in league.rows:
        order.setdefault(row_key(row), len(order))
    for (kind, record), saves in book.by_record().items():
        standing = league.records.get((kind, record))
        if kind in KINDS and standing is None:
            raise BrokenInvariantError(f"I1: {kind} {record} is not at the league")
        if standing is not None:
            precise = not (book.clocks_jumped or book.copied or book.league_restored)
            RecordCheck(kind, saves, knew, order, standing, league.conflicts(kind, record), precise, book.copied).run()


def _check_replicas(league: Side, laptops: Sequence[tuple[Laptop, Side]]) -> None:
    """I2: the same log, records and conflicts everywhere. I6: a limited laptop holds its areas, all of them, nothing else."""
    areas = areas_of(Shown(league.records, {key: rows_[0].change.device for key, rows_ in league.by_record.items()}))
    for laptop, side in laptops:
        device = _device(laptop)
        own = {key for key in league.by_record if holds(areas, key, laptop.area, device)}
        foreign = set(side.by_record) - own
        if foreign:
            raise BrokenInvariantError(f"I6: {laptop.name} of {laptop.area or 'everywhere'} holds {foreign}")
        if lacking := own - set(side.by_record):
            raise BrokenInvariantError(f"I2: {laptop.name} lacks {lacking}")
        for key in own:
            if side.by_record[key] != league.by_record[key]:
                raise BrokenInvariantError(f"I2: {laptop.name} has another log of {key}")
            if side.records.get(key) != league.records.get(key):
                told = f"{key} as {side.records.get(key)}, not {league.records.get(key)}"
                raise BrokenInvariantError(f"I2: {laptop.name} shows {told}")
            if side.conflicts(*key) != league.conflicts(*key):
                raise BrokenInvariantError(f"I2: {laptop.name} has other conflicts of {key}")
        if not laptop.area and side.export != league.export:
            raise BrokenInvariantError(f"I2: {laptop.name} exports otherwise than the league")


def _device(laptop: Laptop) -> str:
    with laptop.archive.read() as reader:
        return reader.meta("device")


def _check_history(laptops: Sequence[tuple[Laptop, Side]], kept: Mapping[Key, Save]) -> None:
    """I1, as a person reads it: the history of a record, on a laptop, tells each value that was saved, and by whom."""
    laptop, side = laptops[0]
    for kind, record in side.by_record:
        if kind not in KINDS:
            continue
        told = history(laptop.archive, kind=kind, record=record)
        assert isinstance(told, list)
        said = {(entry["user"], name, str(value)) for entry in told for name, value in entry["fields"].items()}
        for save in kept.values():
            if save.key[:2] != (kind, record):
                continue
            for group in save.groups.values():
                for name, value in group:
                    if isinstance(value, str) and (save.key[2], name, value) not in said:
                        lacking = f"{kind} {record} does not tell {name}={value} of {save.key[2]}"
                        raise BrokenInvariantError(f"I1: the history of {lacking}")
