"""The day of one seed as a list of steps. Each step has a seed of its own, so that leaving one out changes no other."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.simulation.options import Options


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one laptop (a number; taken modulo those that are there)."""

    number: int
    act: str
    laptop: int
    seed: int

    def __str__(self) -> str:
        return f"{self.number:>4}  laptop {self.laptop}  {self.act}"


_ALWAYS = {
    "add_home": 40,
    "add_more": 50,
    "edit": 300,
    "open_form": 50,
    "save_form": 60,
    "retract": 80,
    "bring_back": 20,
    "move": 50,
    "decide": 60,
    "sync": 300,
    "pass_time": 40,
}


def weights(options: Options) -> dict[str, int]:
    """Act -> weight among the steps."""
    sometimes = {
        "deliver_late": options.late_permille,
        "crash": options.crash_permille,
        "jump_clock": options.clock_jump_permille,
        "copy": options.copy_permille,
        "back_up": options.restore_permille,
        "restore": options.restore_permille,
        "keep_league": options.league_restore_permille,
        "restore_league": options.league_restore_permille,
        "upload": options.upload_permille,
        "newer": options.newer_version_permille,
        "newer_kind": options.newer_version_permille // 2,
    }
    return _ALWAYS | {act: weight for act, weight in sometimes.items() if weight}


def plan_of(seed: int, options: Options) -> list[Step]:
    """All steps of the day, the same for the same seed. It begins with a household that everybody knows, to disagree about."""
    dice = random.Random(f"plan {seed}")
    told = weights(options)
    first = [("add_home", 0), *(("sync", laptop) for laptop in range(options.laptops))]
    acts = dice.choices(list(told), list(told.values()), k=max(options.steps - len(first), 0))
    listed = first + [(act, dice.randrange(60)) for act in acts]
    return [Step(number, act, laptop, dice.getrandbits(32)) for number, (act, laptop) in enumerate(listed)]
