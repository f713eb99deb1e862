"""Fair time (公平时间): when a change was made, on the league's clock. Reads no clock itself.

A laptop's clock may say 1970 or 2099: it can shift a change only between two moments that the league knows.
"""

from __future__ import annotations

WRONG_FROM_MS = 5 * 60 * 1000
"""A clock that is off by more than this is worth a note to the person."""


def offset_ms(*, league_ms: int, device_ms: int) -> int:
    """What to add to the device's clock to get the league's, measured in one exchange."""
    return league_ms - device_ms


def fair_ms(time_ms: int, *, offset_ms: int, not_before_ms: int, arrived_ms: int) -> int:
    """The device's time, corrected by its measured offset, then held between its last exchange before the save and the arrival.

    `not_before_ms` and `arrived_ms` are on the league's clock. Should that have been set back between them, the arrival holds.
    """
    return max(min(time_ms + offset_ms, arrived_ms), min(not_before_ms, arrived_ms))


def is_wrong(offset_ms: int) -> bool:
    """Whether a person should hear that this computer's clock is wrong."""
    return abs(offset_ms) > WRONG_FROM_MS
