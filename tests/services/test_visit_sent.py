"""A visit's way to the league, as the list tells it: draft, finished, received; or set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shequ_desktop.services import visit_list, visits
from shequ_desktop.services.visit_forms import VisitDraft
from shequ_desktop.services.visit_list import ASIDE, DRAFT, SENT, WAITING
from tests.exchange.place import Laptop, Place

TODAY = date(2026, 11, 25)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, f"sqlite:///{tmp_path}/league.db")
    yield made
    made.close()


def states(laptop: Laptop) -> list[str]:
    return [one.state for one in visit_list.listed(laptop.archive, today=TODAY).rows]


def write(laptop: Laptop, household: str, remark: str) -> None:
    draft = visits.start(laptop.archive, household=household)
    assert isinstance(draft, VisitDraft)
    assert states(laptop)[0] == DRAFT
    content = {"visit": {"visited_on": "2026-11-24", "outcome": "11", "remark": remark}, "seen": 0}
    assert visits.finish(laptop.archive, draft=replace(draft, content=content), today=TODAY) == draft.id


def test_a_finished_visit_waits_until_the_league_has_it_and_then_others_see_it(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    write(a, a.add(number="1"), "好")
    assert states(a) == [WAITING]
    a.synced()
    assert states(a) == [SENT]
    b.synced()
    assert states(b) == [SENT]
    assert visit_list.listed(b.archive, today=TODAY).enrolled


def test_a_visit_that_the_league_does_not_take_is_set_aside_and_the_next_one_goes(place: Place) -> None:
    a = place.laptop("a")
    household = a.add(number="1")
    draft = visits.start(a.archive, household=household)
    assert isinstance(draft, VisitDraft)
    with a.archive.write() as work:
        work.create("visit", {"household": household, "visited_on": "2026-11-23", "remark": "字" * 70_000})
    visits.discard(a.archive, draft=draft)
    write(a, household, "好")
    a.sync()
    assert sorted(states(a)) == sorted([ASIDE, SENT])
