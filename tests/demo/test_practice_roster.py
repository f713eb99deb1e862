"""The practice roster, read back as any roster is read."""

from __future__ import annotations

from datetime import date

import pytest

from shequ_desktop.demo.people import Gacha, make_gacha
from shequ_desktop.demo.roster import COLUMNS, Written, write_roster
from shequ_desktop.domain.identity import IdProblem, read_id_number
from shequ_desktop.rosters.people import PaperList, read_lists

TODAY = date(2026, 3, 20)
LISTED = date(2026, 3, 1)


@pytest.fixture(scope="module")
def gacha() -> Gacha:
    return make_gacha(households=40, seed=3, today=TODAY)


@pytest.fixture(scope="module")
def roster(gacha: Gacha, tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, PaperList]:
    out = tmp_path_factory.mktemp("roster") / "roster.xlsx"
    written = write_roster(gacha, out, day=LISTED, seed=3)
    lists = read_lists(out, today=TODAY)
    assert isinstance(lists, tuple)
    assert len(lists) == 1
    return written, lists[0]


def test_every_person_is_read_and_the_lines_that_are_none_are_refused(gacha: Gacha, roster: tuple[Written, PaperList]) -> None:
    written, read = roster
    everyone = [person.name for household in gacha.households for person in household.people]
    assert [row.name for row in read.people][: len(everyone)] == everyone
    assert len(read.people) == written.people == len(everyone) + written.twice
    assert [refused.reason for refused in read.refused] == ["not_a_person"] * written.no_person


def test_the_day_of_the_list_stands_in_its_head(roster: tuple[Written, PaperList]) -> None:
    assert roster[1].as_of == LISTED


def test_households_are_told_apart_by_their_number(gacha: Gacha, roster: tuple[Written, PaperList]) -> None:
    numbers = {row.household.number for row in roster[1].people if row.household}
    assert numbers == {household.number for household in gacha.households}


def test_two_identity_numbers_cannot_be_used_and_all_others_can(roster: tuple[Written, PaperList]) -> None:
    read = [read_id_number(row.cells["resident.id_number"]) for row in roster[1].people]
    assert sorted(one.key for one in read if isinstance(one, IdProblem)) == ["id_check_digit", "id_rounded"]


def test_an_order_number_and_a_landmark_are_all_that_the_program_may_not_read(roster: tuple[Written, PaperList]) -> None:
    unread = {COLUMNS[column] for column in roster[1].heading.unread}
    assert unread <= {"order_number", "landmark"}
