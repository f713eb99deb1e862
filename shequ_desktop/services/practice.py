"""Practice archives (练习档案): marked for good, and tied to the one league they were made beside.

Real cases entered in practice, or made-up people sent to a real league, are known accidents; so neither can happen.
"""

from __future__ import annotations

from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.sync import keys

_MARK, _LEAGUE = "practice", "practice_league"


def mark(archive: Archive, *, code: str) -> Problem | None:
    """Make this an archive for practice, beside the league that gave this enrolment code. There is no way back."""
    read = keys.read_code(code)
    if isinstance(read, keys.CodeProblem):
        return Problem(read.key, values=(("at", read.at),))
    with archive.engine.begin() as connection:
        meta.put(connection, **{_MARK: 1, _LEAGUE: read.fingerprint})
    return None


def is_practice(archive: Archive) -> bool:
    with archive.read() as reader:
        return reader.meta(_MARK) == "1"


def refused(archive: Archive, *, fingerprint: str) -> Problem | None:
    """Why an archive may not be enrolled with the league of this fingerprint. A real archive may be with any."""
    with archive.read() as reader:
        elsewhere = reader.meta(_MARK) == "1" and reader.meta(_LEAGUE) != fingerprint
    return Problem("practice_stays_here") if elsewhere else None
