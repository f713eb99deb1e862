"""A record leaves a limited device, then the league is restored to before its last changes: what the device wrote is not lost."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from shequ_desktop.storage import parted
from shequ_desktop.storage.desktop_tables import PARTED
from tests.exchange.place import Laptop, Place
from tests.exchange.test_copies import back_to, yesterday
from tests.exchange.test_scope import EAST, WEST, family, holds


def laid_by(laptop: Laptop) -> int:
    with laptop.archive.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(PARTED)) or 0


def written_delivered_and_gone(place: Place) -> tuple[Laptop, dict[str, str], Path]:
    """The crew wrote to a household of its area; the office moved it away and was then stolen."""
    office, crew = place.laptop("office"), place.laptop("crew", area=EAST)
    home = family(office, "1", EAST)
    office.synced()
    crew.synced()
    kept = yesterday(place)
    crew.edit(home["household"], remark="门口的井冻住了")
    crew.add("visit", household=home["household"], visited_on="2026-09-27")
    crew.synced()
    office.synced()
    office.edit(home["household"], area=WEST)
    office.synced()
    crew.synced()
    assert holds(crew, home) == set()
    place.laptops.pop("office").archive.close()
    return crew, home, kept


def test_what_was_written_to_a_record_that_left_comes_back_to_a_restored_league(place: Place) -> None:
    crew, home, kept = written_delivered_and_gone(place)
    assert laid_by(crew) == 2
    assert "井" not in "".join(crew.export()), "it is shown nowhere"
    back_to(place, kept)
    crew.synced()
    crew.synced()
    lines = "".join(place.export())
    assert "门口的井冻住了" in lines
    assert "2026-09-27" in lines
    assert crew.value(home["household"], "remark") == "门口的井冻住了"
    assert laid_by(crew) == 0
    place.agree()


def test_it_leaves_again_where_the_league_knows_that_it_moved(place: Place) -> None:
    other = place.laptop("other")
    crew, home, kept = written_delivered_and_gone(place)
    other.synced()
    back_to(place, kept)
    for laptop in (other, crew, other, crew):
        laptop.synced()
    assert holds(crew, {"household": home["household"]}) == set()
    assert other.value(home["household"], "remark") == "门口的井冻住了"
    assert other.value(home["household"], "area") == WEST
    assert other.export() == place.export()


def test_after_some_weeks_on_the_leagues_clock_it_goes(place: Place) -> None:
    crew, _, _ = written_delivered_and_gone(place)
    place.hands.now_ms += parted.KEPT_MS + 1
    office = place.laptop("office2")
    home = family(office, "2", EAST)
    office.synced()
    crew.synced()
    office.edit(home["household"], area=WEST)
    office.synced()
    crew.synced()
    assert laid_by(crew) == 0


def test_a_record_that_comes_and_goes_is_laid_by_once(place: Place) -> None:
    office, crew = place.laptop("office"), place.laptop("crew", area=EAST)
    home = office.add(number="1", area=EAST)
    place.settle()
    crew.edit(home, remark="一")
    place.settle()
    for area in (WEST, EAST, WEST):
        office.edit(home, area=area)
        place.settle()
    assert laid_by(crew) == 1
    kept = yesterday(place)
    office.edit(home, area=EAST)
    place.settle()
    back_to(place, kept)
    place.settle(rounds=3)
    assert office.export() == place.export()
    assert crew.value(home, "remark") == "一"
