"""What may happen in one simulated world, as a table with units in the names. Knows nothing of how it happens."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Options:
    """Per mille are chances: of a request on the line, or weights among the steps of a day."""

    laptops: int = 3
    limited_laptops: int = 0
    steps: int = 24
    lost_permille: int = 0
    answer_lost_permille: int = 0
    doubled_permille: int = 0
    late_permille: int = 0
    cut_permille: int = 0
    stale_answer_permille: int = 0
    piece_bytes_max: int = 0  # 0: the line carries any size
    crash_permille: int = 0
    clock_jump_permille: int = 0
    copy_permille: int = 0
    restore_permille: int = 0
    league_restore_permille: int = 0
    upload_permille: int = 0
    newer_version_permille: int = 0
    pass_time_ms_max: int = HOUR_MS


_FEATURES: dict[str, int] = {
    "lost_permille": 120,
    "answer_lost_permille": 150,
    "doubled_permille": 120,
    "late_permille": 100,
    "cut_permille": 80,
    "stale_answer_permille": 60,
    "piece_bytes_max": 4000,
    "crash_permille": 120,
    "clock_jump_permille": 60,
    "copy_permille": 50,
    "restore_permille": 50,
    "league_restore_permille": 50,
    "upload_permille": 90,
    "newer_version_permille": 50,
}
"""Each world has about a third of these: with all of them at once, one hides the other."""


def options_of(seed: int, *, steps: int = 0) -> Options:
    """The world of a seed. `steps`: another length of the day."""
    dice = random.Random(f"options {seed}")
    laptops = dice.choice([2, 2, 2, 3, 3, 4, 5])
    limited = dice.choice([0, 0, 1, 1, 2])
    chosen = {name: value for name, value in _FEATURES.items() if dice.random() < 0.35}
    made = Options(laptops=laptops, limited_laptops=min(limited, laptops - 1), steps=dice.randint(12, 32), **chosen)
    return replace(made, steps=steps) if steps else made
