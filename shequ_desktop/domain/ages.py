"""Age in full years (周岁) on a day. Of a partial birth date only what is certain; a 29 February is reached on 1 March."""

from __future__ import annotations

from datetime import date

_FIRST, _LAST = (0, 1, 1), (0, 12, 31)
"""What is put behind a partial date: its first day, and a day that is not before its last."""


def age_on(birth: str, on: date) -> int | None:
    """The age on that day; None where the birth date leaves it open, is unknown, or lies behind the day."""
    bounds = age_range_on(birth, on)
    return bounds[0] if bounds and bounds[0] == bounds[1] else None


def age_range_on(birth: str, on: date) -> tuple[int, int] | None:
    """Least and greatest age that a birth date, perhaps partial, allows on that day. None: unknown, or not yet born."""
    if not birth:
        return None
    told = tuple(int(part) for part in birth.split("-"))
    least, greatest = (_years(told + rest[len(told) :], on) for rest in (_LAST, _FIRST))
    return (max(least, 0), greatest) if greatest >= 0 else None  # whoever is recorded with a year is born


def _years(birth: tuple[int, ...], on: date) -> int:
    """Full years between two days. Month and day are compared as numbers: 29 February comes after 28 February."""
    return on.year - birth[0] - ((on.month, on.day) < birth[1:])
