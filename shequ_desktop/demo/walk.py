"""The walked day (走一天): the steps in their order. The first that does not hold ends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shequ_desktop.demo import agreeing, report, setting_up, working
from shequ_desktop.demo.day import Day
from shequ_desktop.domain.problems import Problem

Step = Callable[[Day], Problem | None]

UNTIL_THEY_DIFFER: tuple[Step, ...] = (
    setting_up.write_the_roster,
    setting_up.start_the_league,
    setting_up.enrol_both,
    working.import_the_roster,
    working.write_down_the_way,
    agreeing.exchange_first,
    working.print_due_forms,
    working.visit_at_the_door,
    working.visit_from_a_scanned_form,
    agreeing.edit_on_both,
    agreeing.exchange_again,
)
UNTIL_THEY_AGREE: tuple[Step, ...] = (
    agreeing.decide,
    agreeing.exchange_until_agreed,
    agreeing.compare_exports,
    report.write,
)
STEPS = (*UNTIL_THEY_DIFFER, *UNTIL_THEY_AGREE)


def walk(day: Day) -> Problem | None:
    """Walk the day. Archives and league are closed afterwards, however it ends."""
    try:
        return _take(day, STEPS)
    finally:
        day.close()


def prepare(day: Day) -> Problem | None:
    """Walk the day until something waits for a person. Archives are closed; the league goes on until the day is closed."""
    problem = _take(day, UNTIL_THEY_DIFFER)
    if problem:
        day.close()
    else:
        day.close_archives()
    return problem


def _take(day: Day, steps: Sequence[Step]) -> Problem | None:
    for step in steps:
        problem = step(day)
        if problem:
            return problem
    return None
