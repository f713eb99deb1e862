"""When the next exchange comes and how long the one under way will take. Knows no Qt, no clock and no network."""

from __future__ import annotations

from dataclasses import dataclass

AFTER_START_S = 20
"""A window that opens first shows what there is."""
_BACK_OFF_S = (60, 120, 300, 600, 1_800)
"""Waits after tries that reached nobody, so that a network that returns is found soon and a day without one costs little."""
DAY_S = 24 * 3_600
SOON_S = 3
"""After the system says that there is a network."""
LOUD_AFTER_DAYS, LOUDER_AFTER_DAYS = 3, 7


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody chose. `metered`: the line costs by what it carries, or nobody can tell."""

    by_itself: bool = True
    minutes: int = 30
    spares: bool = False
    metered: bool = True


def next_wait_s(wishes: Wishes, failures: int) -> int | None:
    """Seconds until the next try; None where nothing happens by itself."""
    if not wishes.by_itself:
        return None
    usual = max(wishes.minutes, 1) * 60
    if wishes.spares and wishes.metered:
        usual = max(usual, DAY_S)
    if failures:
        return min(_BACK_OFF_S[min(failures, len(_BACK_OFF_S)) - 1], usual)
    return usual


@dataclass(frozen=True, slots=True)
class Under:
    """An exchange under way: `done` of `total` changes have gone; a total of 0 while only answers come."""

    began_s: float
    done: int = 0
    total: int = 0

    def seconds_left(self, now_s: float) -> int | None:
        """A guess; None while there is nothing to guess by."""
        if not self.total or not self.done or now_s <= self.began_s:
            return None
        return round((now_s - self.began_s) / self.done * (self.total - self.done))


def loudness(days: int | None) -> str:
    """Tone of the days since the last exchange: they grow louder. None: there never was one."""
    if days is None or days >= LOUDER_AFTER_DAYS:
        return "warn"
    return "text" if days >= LOUD_AFTER_DAYS else ""
