"""How long somebody waits after wrong passphrases: nothing at first, then longer. Knows no clock and no Qt."""

from __future__ import annotations

from dataclasses import dataclass

FREE_TRIES = 3
LONGEST_S = 60


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row."""

    wrong: int = 0

    def after_wrong(self) -> Tries:
        return Tries(self.wrong + 1)

    @property
    def wait_s(self) -> int:
        """Seconds until the next try: 0 for the first three, then 5, 10, 20, 40, 60."""
        over = self.wrong - FREE_TRIES
        return 0 if over < 0 else min(5 * 2**over, LONGEST_S)
