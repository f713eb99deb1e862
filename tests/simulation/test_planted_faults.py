"""That the simulation can fail: each planted fault is found at the seed named here, and without it that seed is good."""

from __future__ import annotations

import pytest

from tests.simulation.planted import FAULTS, planted
from tests.simulation.run import run

CAUGHT = {
    "drop_a_change": (0, "I4"),
    "apply_twice": (0, "I3"),
    "lose_the_loser": (3, "I3"),
    "trust_the_wall_clock": (8, "I7"),
    "skip_a_cursor": (0, "I2"),
    "break_a_group": (13, "I1"),
    "forget_an_incarnation": (40, "I2"),
    "resurrect": (4, "I5"),
    "leak_a_scope": (0, "I6"),
    "silent_loser": (3, "I5"),
}
"""Fault -> (the first seed that finds it, the invariant that it breaks)."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    seed, invariant = CAUGHT[fault]
    with planted(fault):
        ended = run(seed)
    assert ended.wrong.startswith(invariant), f"{fault} was not found by seed {seed}: {ended.wrong or 'all holds'}"
