"""The made-up gacha: numbers of right form that nobody bears, every size of household, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop import paths
from shequ_desktop.demo.numbers import FIRST_SERIAL, PHONE_PREFIX, Numbers, old_form
from shequ_desktop.demo.people import SUMU, Gacha, make_gacha
from shequ_desktop.demo.words import words
from shequ_desktop.domain.ages import age_on
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.codes import table
from shequ_desktop.domain.identity import IdNumber, match_key, read_id_number
from shequ_desktop.domain.names import name_problem, read_name
from shequ_desktop.domain.phones import is_phone

TODAY = date(2026, 3, 20)
CARE_FROM = {"elder": (60, 120), "child": (0, 15), "woman": (18, 59)}


@pytest.fixture(scope="module")
def gacha() -> Gacha:
    return make_gacha(households=300, seed=7, today=TODAY)


def test_a_gacha_has_as_many_households_as_asked_and_sizes_from_one_to_sixteen(gacha: Gacha) -> None:
    sizes = [len(household.people) for household in gacha.households]
    assert len(sizes) == 300
    assert (min(sizes), max(sizes)) == (1, 16)
    assert 2 <= sum(sizes) / len(sizes) <= 4


def test_the_same_seed_and_day_make_the_same_gacha() -> None:
    one, again = (make_gacha(households=30, seed=7, today=TODAY) for _ in range(2))
    assert one == again
    assert make_gacha(households=30, seed=8, today=TODAY) != one


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), today=st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_every_identity_number_is_valid_agrees_with_its_person_and_stands_once(seed: int, today: date) -> None:
    people = [person for household in make_gacha(households=20, seed=seed, today=today).households for person in household.people]
    for person in people:
        read = read_id_number(person.id_number)
        assert isinstance(read, IdNumber)
        assert (read.birth_date, read.sex, read.area) == (person.birth.isoformat(), person.sex, SUMU[:6])
        assert person.birth <= today
    assert len({person.id_number for person in people}) == len(people)


def test_no_number_is_one_that_a_person_may_bear(gacha: Gacha) -> None:
    people = [person for household in gacha.households for person in household.people]
    assert {int(person.id_number[14:17]) >= FIRST_SERIAL for person in people} == {True}
    phones = [person.phone for person in people if person.phone]
    assert all(phone.startswith(PHONE_PREFIX) and is_phone(phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_the_gacha_is_made_up_and_its_sumu_is_real(gacha: Gacha) -> None:
    region = (paths.resources() / "areas" / "inner_mongolia.csv").read_text(encoding="utf-8")
    assert [name for name in words("gacha") if name in region] == []
    assert gacha.name in words("gacha")
    for household in gacha.households:
        found = areas().find_in_address(household.address)
        assert found is not None
        assert found.code == SUMU


def test_names_are_names_in_the_spelling_that_is_kept(gacha: Gacha) -> None:
    names = {person.name for household in gacha.households for person in household.people}
    assert len(names) > 100
    assert {name for name in names if name_problem(name) or read_name(name) != name} == set()


def test_those_in_care_are_of_the_age_for_it_and_each_kind_occurs(gacha: Gacha) -> None:
    cared = [person for household in gacha.households for person in household.people if person.care]
    assert {person.care for person in cared} == set(CARE_FROM)
    assert 40 <= len(cared) <= 260
    for person in cared:
        youngest, oldest = CARE_FROM[person.care]
        assert age_on(person.birth.isoformat(), TODAY) in range(youngest, oldest + 1)


def test_codes_are_of_their_tables_and_one_head_stands_first(gacha: Gacha) -> None:
    tables = ("ethnic_group", "education", "marital_status")
    for household in gacha.households:
        assert [person.relation for person in household.people].count("02") == 1
        assert household.people[0].relation == "02"
        for person in household.people:
            assert person.relation in table("relation_to_head").by_code
            assert all(getattr(person, name) in table(name).by_code for name in tables)


def test_a_day_gives_no_number_twice_and_says_when_none_is_left() -> None:
    numbers = Numbers(random.Random(1), "152524")
    birth = date(1950, 5, 5)
    given_out = {numbers.identity(birth=birth, sex="2") for _ in range(50)}
    assert len(given_out) == 50
    with pytest.raises(ValueError, match="1950-05-05"):
        numbers.identity(birth=birth, sex="2")


def test_the_old_form_of_a_number_is_the_same_person() -> None:
    number = make_gacha(households=1, seed=1, today=TODAY).households[0].people[0].id_number
    assert match_key(old_form(number)) == match_key(number)
