"""The walked day (走一天): the steps in their order. The first that does not hold ends it."""

from __future__ import annotations

from collections.abc import Callable

from shequ_desktop.demo import agreeing, report, setting_up, working
from shequ_desktop.demo.day import Day
from shequ_desktop.domain.problems import Problem

Step = Callable[[Day], Problem | None]

STEPS: tuple[Step, ...] = (
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
    agreeing.decide,
    agreeing.exchange_until_agreed,
    agreeing.compare_exports,
    report.write,
)


def walk(day: Day) -> Problem | None:
    """Walk the day. Archives and league are closed afterwards, however it ends."""
    try:
        for step in STEPS:
            problem = step(day)
            if problem:
                return problem
    finally:
        day.close()
    return None
