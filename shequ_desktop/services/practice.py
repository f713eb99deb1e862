"""Practice archives (练习档案): marked for good; enrolment lets them meet no league but the practice one beside them.

Real cases entered in practice, or made-up people sent to a real league, are known accidents; so neither can happen.
"""

from __future__ import annotations

from shequ_desktop.storage import meta
from shequ_desktop.storage.archive import Archive

_MARK = "practice"


def mark(archive: Archive) -> None:
    """Make this an archive for practice. There is no way back."""
    with archive.engine.begin() as connection:
        meta.put(connection, **{_MARK: 1})


def is_practice(archive: Archive) -> bool:
    with archive.read() as reader:
        return reader.meta(_MARK) == "1"
