"""The day's work (一天的活): a roster taken in, forms printed, one visit written at the door and one from a scanned form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shequ_desktop import app
from shequ_desktop.demo import scanning
from shequ_desktop.demo.day import Day, Laptop
from shequ_desktop.demo.words import words
from shequ_desktop.domain import visit_codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import due, print_jobs, records, rosters, visits
from shequ_desktop.storage.drafts import Draft

FIRST_ROUND = 8
"""Households whose way is written down on the first day."""
_EQUATION = ("rows", "added", "matched", "asked", "refused")
_MET_WELL, _MET_NEIGHBOUR = "11", "21"


def import_the_roster(day: Day) -> Problem | None:
    """Laptop A takes the roster in: each row is added, matched, asked or refused."""
    result = rosters.import_roster(
        day.a.archive,
        day.places.roster,
        author=day.a.user,
        area="",
        as_of=None,
        today=day.today,
        report=None,
        dry_run=False,
        language=day.language,
    )
    if isinstance(result, Problem):
        return day.failed(result)
    counted = rosters.as_document(result)
    if counted["rows"] != sum(counted[name] for name in _EQUATION[1:]) or not all(counted[name] for name in _EQUATION):
        return day.not_so("demo_equation_wrong", **{name: counted[name] for name in _EQUATION})
    day.note("demo_imported", user=day.a.user, **{name: counted[name] for name in _EQUATION})
    return None


def write_down_the_way(day: Day) -> Problem | None:
    """The roster says where a household is registered; how to find it, whoever drives there writes down."""
    if day.gacha is None:
        raise RuntimeError("the gacha is made before anyone drives there")
    known = {household.number: household for household in day.gacha.households}
    first = due.told(day.a.archive, on=day.today)[:FIRST_ROUND]
    for one in first:
        household = known[one["number"]]
        typed = {"order_number": household.order_number, "landmark": household.landmark}
        edited = records.edit(day.a.archive, kind="household", record=one["household"], typed=typed, today=day.today)
        if isinstance(edited, list):
            return day.failed(edited)
    day.note("demo_way", households=len(first), landmark=known[first[0]["number"]].landmark)
    return None


def print_due_forms(day: Day) -> Problem | None:
    """A form for each household due, prefilled, with its square code."""
    wanted = print_jobs.home_visits_due(day.a.archive, on=day.today)
    job = print_jobs.print_home_visits(
        day.a.archive, wanted, out=day.places.forms, speak=app.speak(day.language), printed_at=day.now()
    )
    if isinstance(job, Problem):
        return day.failed(job)
    day.note("demo_printed", forms=job.forms, pages=job.pages)
    return None


def visit_at_the_door(day: Day) -> Problem | None:
    """On A: found in the list, a draft kept at a pause, then finished, with a page in care and a promise."""
    first = due.told(day.a.archive, on=day.today)[0]
    draft = visits.start(day.a.archive, household=first["household"])
    if isinstance(draft, Problem):
        return day.failed(draft)
    paused = visits.keep(day.a.archive, draft=draft, content=_content(day, day.a, draft, first["care_records"]))
    saved = visits.finish(day.a.archive, draft=paused, today=day.today)
    if isinstance(saved, list):
        return day.failed(saved)
    day.note("demo_visited", user=day.a.user, head=first["head"], promise=words("visit_promise")[0])
    return None


def visit_from_a_scanned_form(day: Day) -> Problem | None:
    """On B: the printed form is scanned and leads to its household; scanned twice it stays one visit."""
    second = due.told(day.b.archive, on=day.today)[1]
    code = _code_for(day, second["household"])
    if code is None:
        return day.not_so("demo_no_code", head=second["head"])
    draft = visits.start_from_form(day.b.archive, code=code)
    if isinstance(draft, Problem):
        return day.failed(draft)
    content = _content(day, day.b, draft, second["care_records"])
    saved = visits.finish(day.b.archive, draft=visits.keep(day.b.archive, draft=draft, content=content), today=day.today)
    if isinstance(saved, list):
        return day.failed(saved)
    again = visits.start_from_form(day.b.archive, code=code)
    if isinstance(again, Problem) or again.id != saved:
        return day.not_so("demo_two_visits", head=second["head"])
    day.note("demo_scanned", user=day.b.user, head=second["head"])
    return None


def _code_for(day: Day, household: str) -> str | None:
    """The square code of this household's form, read from the printed pages."""
    for code in scanning.codes_of(day.places.forms):
        read = visit_codes.read(code)
        if isinstance(read, visit_codes.VisitCode) and read.household == household:
            return code
    return None


def _content(day: Day, laptop: Laptop, draft: Draft, care_records: list[str]) -> Mapping[str, Any]:
    """What is typed into the form of a visit."""
    first = laptop is day.a
    return {
        "visit": {
            "visited_on": day.today.isoformat(),
            "means": "10",
            "visitors": laptop.user,
            "outcome": _MET_WELL if first else _MET_NEIGHBOUR,
            "remark": words("visit_remark" if first else "second_visit_remark")[0],
        },
        "notes": [
            {"care_record": record, "outcome": _MET_WELL, "condition": words("visit_condition")[0]} for record in care_records
        ]
        if first
        else [],
        "promises": [
            {
                "promised": words("visit_promise" if first else "second_visit_promise")[0],
                "due_on": (day.today + timedelta(days=7)).isoformat(),
            }
        ],
        "seen": draft.content["seen"],
    }
