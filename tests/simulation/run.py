"""Runs the world of one seed to its end and says what did not hold; makes a failing day shorter. A function of the seed."""

from __future__ import annotations

import hashlib
import re
import tempfile
import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop.services.synchronise import Synchronised
from tests.simulation.acts import Acts
from tests.simulation.checks import check
from tests.simulation.dice import thrown
from tests.simulation.fuse import files_watched
from tests.simulation.options import Options, options_of
from tests.simulation.plan import Step, plan_of
from tests.simulation.saving import BrokenInvariantError
from tests.simulation.world import World, memory_folder

MOST_ROUNDS = 8
"""After so many rounds with good lines everybody must be done."""


@dataclass(frozen=True)
class Ended:
    """`wrong`: what did not hold, empty where all is well. `fingerprint`: of all that every store holds in the end."""

    seed: int
    steps: int
    wrong: str
    trace: str = ""
    fingerprint: str = ""
    saves: int = 0


def run(seed: int, *, steps: int = 0, keep: Collection[int] | None = None) -> Ended:
    """The world of a seed. `keep`: only these steps of the day, by number."""
    options = options_of(seed, steps=steps)
    day = [step for step in plan_of(seed, options) if keep is None or step.number in keep]
    return run_day(seed, options, day)


def run_day(seed: int, options: Options, day: Sequence[Step]) -> Ended:
    with tempfile.TemporaryDirectory(dir=memory_folder(), prefix="shequ-sim-") as folder:
        world = None
        try:
            world = World(seed, options, Path(folder))
            with thrown(world.dice), files_watched(world.fuse):
                _live(world, day)
            return Ended(seed, len(day), "", "", _fingerprint(world), len(world.book.saves))
        except Exception as error:  # whatever a program does that it should not is a finding
            told = str(error) if isinstance(error, BrokenInvariantError) else f"{type(error).__name__}: {error}"
            return Ended(seed, len(day), told or type(error).__name__, traceback.format_exc())
        finally:
            if world is not None:
                world.close()


def _live(world: World, day: Sequence[Step]) -> None:
    acts = Acts(world)
    for step in day:
        acts.do(step)
    settle(world, acts)
    check(world)
    before = _fingerprint(world)
    _everything_again(world)
    settle(world, acts)
    if _fingerprint(world) != before and not world.book.gone:  # what was gone may have come back, and may
        raise BrokenInvariantError("I3: every message once more, and something changed")


def settle(world: World, acts: Acts) -> None:
    """Good lines from now on: everybody syncs until nobody has anything to say."""
    world.fuse.disarm()
    for laptop in world.laptops:
        laptop.line.good = True
        laptop.line.deliver_late()
    for _ in range(MOST_ROUNDS):
        quiet = True
        for laptop in world.laptops:
            done = world.sync(laptop)
            acts.told(laptop, done)
            assert isinstance(done, Synchronised)
            if done.problem:
                raise BrokenInvariantError(f"I3: {laptop.name} cannot sync on a good line: {done.problem.key}")
            quiet = quiet and not (done.sent or done.received or done.waiting)
        if quiet:
            return
    raise BrokenInvariantError(f"I2: not at rest after {MOST_ROUNDS} rounds")


def _everything_again(world: World) -> None:
    """Every request that ever left arrives once more."""
    for laptop in world.laptops:
        for path, body in list(laptop.line.all_sent):
            world.carry(path, body)


def _fingerprint(world: World) -> str:
    told = hashlib.blake2b(digest_size=8)
    for rows in (world.league_rows(), *(laptop.rows() for laptop in world.laptops)):
        for row in rows:
            told.update(repr((row.change, row.outcome and (row.outcome.seq, sorted(row.outcome.lost)))).encode())
    for lines in (world.league_export(), *(laptop.export() for laptop in world.laptops)):
        told.update("".join(lines).encode())
    return told.hexdigest()


def alike(wrong: str) -> str:
    """What two failures of one cause have in common: the invariant, and the words that name no record and no value."""
    return re.sub(r"[^\s:]*\d[^\s:]*|[(\[{<].*[)\]}>]|household|resident|membership|care_record|follow_up|visit", "", wrong)


def shrunk(seed: int, *, steps: int = 0, tries: int = 150) -> tuple[list[Step], Ended]:
    """The shortest day found that fails in the same way: pieces are left out, ever smaller ones."""
    options = options_of(seed, steps=steps)
    day = plan_of(seed, options)
    ended = run_day(seed, options, day)
    piece = max(len(day) // 2, 1)
    while tries > 0:
        start, got_shorter = 0, False
        while start < len(day) and tries > 0:
            shorter = day[:start] + day[start + piece :]
            tries -= 1
            now = run_day(seed, options, shorter)
            if now.wrong and alike(now.wrong) == alike(ended.wrong):
                day, ended, got_shorter = shorter, now, True
            else:
                start += piece
        if piece == 1 and not got_shorter:
            break
        piece = max(piece // 2, 1)
    return day, ended
