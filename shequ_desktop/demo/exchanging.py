"""One laptop and its league, as the person at the keyboard has them meet: enrol, exchange, look at conflicts, decide."""

from __future__ import annotations

from shequ_desktop.demo.day import Day, Laptop, Sent
from shequ_desktop.domain.changes import Conflict
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import conflicts, enrolling, practice, synchronise


def enrol(laptop: Laptop, *, server: str, code: str) -> Problem | None:
    """Enrol with the practice league; from then on the archive is for practice only."""
    practice.mark(laptop.archive)
    return enrolling.enroll(laptop.archive, server=server, code=code, device_name=laptop.label, for_practice=True)


def exchange(day: Day, laptop: Laptop) -> Problem | None:
    """One exchange to its end."""
    done = synchronise.synchronise(laptop.archive)
    if isinstance(done, Problem):
        return day.failed(done)
    if done.problem:
        return day.failed(done.problem)
    day.exchanges.append(Sent(laptop.label, done.sent, done.received))
    return day.not_so("demo_set_aside", label=laptop.label, count=done.set_aside) if done.set_aside else None


def seen_conflicts(laptop: Laptop) -> list[Conflict]:
    """All conflicts that this laptop knows of: open, decided, superseded unseen."""
    return conflicts.conflicts(laptop.archive, every=True)


def decide(day: Day, laptop: Laptop, conflict: Conflict, *, take: int) -> Problem | None:
    decided = conflicts.decide(laptop.archive, conflict=conflict.id, today=day.today, take=take)
    return day.failed(decided) if isinstance(decided, list) else None
