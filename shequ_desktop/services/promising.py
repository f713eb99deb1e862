"""Keeping promises (办结回访事项): done on a day, and open again where that was said by mistake."""

from __future__ import annotations

from datetime import date

from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader


def fulfil(archive: Archive, *, promise: str, today: date) -> bool | Problem:
    """Done today."""
    return _write(archive, promise, today.isoformat())


def reopen(archive: Archive, *, promise: str) -> bool | Problem:
    """Not done after all."""
    return _write(archive, promise, None)


def _write(archive: Archive, promise: str, done_on: str | None) -> bool | Problem:
    with archive.write() as work:
        if Reader(work.connection).record("follow_up", promise) is None:
            return Problem("no_such_record", values=(("kind", "follow_up"), ("record", promise)))
        return work.edit("follow_up", promise, {"done_on": done_on})
