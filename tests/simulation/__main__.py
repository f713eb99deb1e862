"""`python -m tests.simulation SEED` replays a seed, shortens its day; `--seeds` and `--steps` soak; `--planted` plants faults."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from tests.simulation.options import options_of
from tests.simulation.run import Ended, run, shrunk


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("seed", type=int, nargs="?", help="replay this seed; where it fails, find a shorter day that fails too")
    parser.add_argument("--keep", default="", help="with SEED: only these steps of its day, by number: 0,4,7")
    parser.add_argument("--day", type=int, default=0, help="how many steps a day has; 0: as the seed says")
    parser.add_argument("--seeds", type=int, default=0, help="run so many seeds")
    parser.add_argument("--steps", type=int, default=0, help="run seeds until so many steps were done")
    parser.add_argument("--first", type=int, default=0, help="the first seed of a soak")
    parser.add_argument("--planted", action="store_true", help="plant each fault in turn and look for the seed that finds it")
    told = parser.parse_args()
    if told.planted:
        from tests.simulation.planted import hunt

        return hunt(told.seeds or 100, say=say)
    if told.seed is not None:
        return replay(told.seed, day=told.day, keep=told.keep)
    return soak(told.first, seeds=told.seeds, steps=told.steps, day=told.day)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def replay(seed: int, *, day: int, keep: str) -> int:
    say(str(options_of(seed, steps=day)))
    kept = {int(number) for number in keep.split(",")} if keep else None
    ended = run(seed, steps=day, keep=kept)
    if not ended.wrong:
        say(f"seed {seed}: all holds ({ended.saves} saves, fingerprint {ended.fingerprint})")
        return 0
    say(ended.trace if kept else f"{ended.wrong}\n... looking for a shorter day")
    if not kept:
        steps, shorter = shrunk(seed, steps=day)
        say("\n".join([*map(str, steps), shorter.trace]))
        numbers = ",".join(str(step.number) for step in steps)
        length = f" --day {day}" if day else ""
        say(f"seed {seed}: {shorter.wrong}\npython -m tests.simulation {seed}{length} --keep {numbers}")
    return 1


def soak(first: int, *, seeds: int, steps: int, day: int) -> int:
    """Seeds one after another, until so many seeds or steps are done; each failing one prints itself."""
    began, done, ran, failed = time.perf_counter(), 0, 0, 0
    while (seeds and ran < seeds) or (steps and done < steps):
        ended: Ended = run(first + ran, steps=day)
        ran, done = ran + 1, done + ended.steps
        if ended.wrong:
            failed += 1
            say(f"seed {ended.seed}: {ended.wrong}")
    took = time.perf_counter() - began
    say(f"{ran} seeds, {done} steps, {failed} failed, {ran / max(took, 0.001):.1f} seeds/s, {took:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets belongs to the seed too
        same = [sys.executable, "-m", "tests.simulation", *sys.argv[1:]]
        sys.exit(subprocess.call(same, env={**os.environ, "PYTHONHASHSEED": "0"}))
    sys.exit(main())
