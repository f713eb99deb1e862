"""Seeds of the simulation, as many as fit a minute of the suite; and that a seed is a seed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.simulation.run import run

SEEDS_IN_ONE = 5
SEEDS = int(os.environ.get("SHEQU_SIMULATED", "60"))

FOUND = {
    8: "a kill while the door to the tables stood open was told as another error",
    1009: "a copied archive and a retraction",
    1052: "a copied archive, an edit and an upload",
    1060: "a league restored, and an old message after that",
}
"""Seeds that once failed, and what was the matter."""


def replay(seed: int) -> str:
    return f"python -m tests.simulation {seed}"


@pytest.mark.parametrize("first", range(0, SEEDS, SEEDS_IN_ONE))
def test_all_that_must_hold_holds_at_the_end_of_a_random_day(first: int) -> None:
    for seed in range(first, min(first + SEEDS_IN_ONE, SEEDS)):
        ended = run(seed)
        assert not ended.wrong, f"{ended.wrong}\n{replay(seed)}\n{ended.trace}"


@pytest.mark.parametrize("seed", FOUND)
def test_seeds_that_once_failed_hold(seed: int) -> None:
    ended = run(seed)
    assert not ended.wrong, f"{FOUND[seed]}: {ended.wrong}\n{replay(seed)}"


def test_a_seed_ends_the_same_in_every_process() -> None:
    said = "from tests.simulation.run import run; print(run(3).fingerprint, run(4).fingerprint)"
    told = [
        subprocess.run([sys.executable, "-c", said], env={**os.environ, "PYTHONHASHSEED": order}, capture_output=True, text=True)
        for order in ("1", "2")
    ]
    assert told[0].stdout == told[1].stdout
    assert len(told[0].stdout.split()) == 2, told[0].stderr
