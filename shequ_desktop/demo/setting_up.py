"""Before the day begins: a made-up gacha, a league on this machine, two laptops enrolled with it."""

from __future__ import annotations

from datetime import timedelta

from shequ_desktop import app
from shequ_desktop.demo import exchanging, league
from shequ_desktop.demo.day import PASSPHRASE, Day, Laptop
from shequ_desktop.demo.people import SUMU, make_gacha
from shequ_desktop.demo.roster import write_roster
from shequ_desktop.demo.words import words
from shequ_desktop.domain.problems import Problem

LABELS = ("A", "B")
LISTED_DAYS_AGO = 20
"""The roster describes a day some weeks back, so that visits are due."""


def write_the_roster(day: Day) -> Problem | None:
    """People are made, and their roster lies there as a village keeps it."""
    day.gacha = make_gacha(households=day.households, seed=day.seed, today=day.today)
    try:
        written = write_roster(day.gacha, day.places.roster, day=day.today - timedelta(days=LISTED_DAYS_AGO), seed=day.seed)
    except OSError as error:
        return Problem("not_written", values=(("file", str(day.places.roster)), ("why", error.strerror or str(error))))
    day.note("demo_roster", households=len(day.gacha.households), people=written.people - written.twice, gacha=day.gacha.name)
    return None


def start_the_league(day: Day) -> Problem | None:
    """A real server on this machine."""
    prepared = league.prepare(day.places.work / "league")
    if isinstance(prepared, Problem):
        return prepared
    day.league = prepared
    problem = prepared.start()
    if problem:
        return problem
    day.note("demo_league", address=prepared.address)
    return None


def enrol_both(day: Day) -> Problem | None:
    """Each worker has a laptop with an archive of its own, marked as practice and enrolled with this league."""
    for label, user in zip(LABELS, words("visitor"), strict=True):
        made = app.make(day.places.work / f"laptop-{label.lower()}", user=user, passphrase=PASSPHRASE, cost=day.cost)
        if isinstance(made, Problem):
            return made
        day.laptops[label] = Laptop(label, user, made[0])
        problem = _enrol(day, day.laptops[label])
        if problem:
            return problem
    day.note("demo_enrolled", a=day.a.user, b=day.b.user)
    return None


def _enrol(day: Day, laptop: Laptop) -> Problem | None:
    if day.league is None:
        raise RuntimeError("the league starts before laptops are enrolled")
    code = day.league.enrolment_code(area=SUMU)
    if isinstance(code, Problem):
        return code
    return exchanging.enrol(laptop, server=day.league.address, code=code)
