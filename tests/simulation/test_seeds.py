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
    26: "a copy of a limited laptop wrote to a record that had left: its own change came back and stayed, and sums differed",
    125: "the same, while all was read again",
    292: "copies after a league was restored held another `seen` of one change",
    488: "a change offered again to a restored league counted as having seen what its writer had not",
    589: "what followed a copied number in one batch was taken in as if its writer had known the other copy's",
}
"""Seeds that once failed, and what was the matter. They replay as long as options and plan draw the same."""


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
