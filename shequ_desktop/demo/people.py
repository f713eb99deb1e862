"""A made-up gacha (练习嘎查): households and people such as live in Inner Mongolia, and none of them real. Pure.

The same seed and day make the same gacha, whatever the machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from shequ_desktop.demo.numbers import Numbers
from shequ_desktop.demo.words import Role, Shape, shapes, text, words
from shequ_desktop.domain.areas import BANNER, areas

SUMU = "152524202"
"""The real sumu in which the made-up gacha lies."""

HAN, MONGOLIAN, HUI, MANCHU = "01", "02", "03", "11"
_GROUPS = {MONGOLIAN: 74, HAN: 21, MANCHU: 3, HUI: 2}
_AWAY = "away"
_CAN_CALL_FROM = 16
_BETWEEN_BIRTHS_D = 300
_MARRIED, _WIDOWED, _SINGLE = "20", "30", "10"
_SPOUSES = frozenset({"10", "12", "38"})


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person; codes as in the code tables. `care`: kind of care or empty. `away`: where they work."""

    name: str
    sex: str
    birth: date
    ethnic_group: str
    id_number: str
    relation: str
    education: str
    marital_status: str
    phone: str = ""
    away: str = ""
    care: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Household:
    """One made-up household; its head stands first."""

    number: str
    order_number: str
    landmark: str
    address: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Gacha:
    """A made-up gacha in a real sumu (`area`)."""

    name: str
    area: str
    households: tuple[Household, ...]


def make_gacha(*, households: int, seed: int, today: date) -> Gacha:
    """A gacha of so many households, people as old as they would be today."""
    dice = random.Random(seed)
    maker = _Maker(dice, Numbers(dice, SUMU[:BANNER]), today, dice.choice(words("gacha")))
    made = tuple(maker.household(n, shape) for n, shape in enumerate(_some_shapes(dice, households), start=1))
    return Gacha(maker.gacha, SUMU, made)


def _some_shapes(dice: random.Random, count: int) -> list[Shape]:
    """Each shape once as far as there is room, the rest by weight; mixed."""
    every = list(shapes())
    chosen = sorted(every, key=lambda shape: -len(shape.roles))[:count]
    chosen += dice.choices(every, [shape.weight for shape in every], k=count - len(chosen))
    dice.shuffle(chosen)
    return chosen


@dataclass(frozen=True, slots=True)
class _Maker:
    dice: random.Random
    numbers: Numbers
    today: date
    gacha: str

    def household(self, n: int, shape: Shape) -> Household:
        group = self.dice.choices(list(_GROUPS), list(_GROUPS.values()))[0]
        surname = self.dice.choice(words("surname"))
        alone = not any(role.relation in _SPOUSES for role in shape.roles)
        people: list[Person] = []
        for role in shape.roles:
            people.append(self._person(role, group, surname, alone=alone, others=people))
        return Household(
            number=text("private_number").format(n=n),
            order_number=text("order_words").format(n=n),
            landmark=self._landmark(),
            address=text("address_words").format(place="".join(areas().path(SUMU)[1:]), gacha=self.gacha, n=n),
            people=tuple(people),
        )

    def _person(self, role: Role, group: str, surname: str, *, alone: bool, others: list[Person]) -> Person:
        birth = self._birth_beside(role, others)
        age = self.today.year - birth.year - ((self.today.month, self.today.day) < (birth.month, birth.day))
        married_in = role.relation in _SPOUSES
        own_group = self.dice.choice([MONGOLIAN, HAN]) if married_in and self.dice.random() < 0.1 else group
        own_surname = self.dice.choice(words("surname")) if married_in else surname
        away = self.dice.choice(words(_AWAY)) if role.mark == _AWAY else ""
        return Person(
            name=self._name(own_group, own_surname, role.sex, age, {person.name for person in others}),
            sex=role.sex,
            birth=birth,
            ethnic_group=own_group,
            id_number=self.numbers.identity(birth=birth, sex=role.sex),
            relation=role.relation,
            education=self._education(age),
            marital_status=_marital(role, age, alone=alone),
            phone=self.numbers.phone() if age >= _CAN_CALL_FROM and self.dice.random() < 0.8 else "",
            away=away,
            care="" if role.mark == _AWAY else role.mark,
            remark=self.dice.choice(words("remark")) if role.mark and not away and self.dice.random() < 0.4 else "",
        )

    def _birth_beside(self, role: Role, others: list[Person]) -> date:
        """A birthday at least ten months from those of brothers and sisters."""
        kin = [] if role.relation in _SPOUSES else [one.birth for one in others if one.relation not in _SPOUSES]
        while True:
            birth = self._birth(self.dice.randint(role.youngest, role.oldest))
            if all(abs((birth - other).days) >= _BETWEEN_BIRTHS_D for other in kin):
                return birth

    def _birth(self, age: int) -> date:
        """A day such that today the person is of this age."""
        youngest = _years_before(self.today, age)
        oldest = _years_before(self.today, age + 1) + timedelta(days=1)
        return oldest + timedelta(days=self.dice.randrange((youngest - oldest).days + 1))

    def _name(self, group: str, surname: str, sex: str, age: int, taken: set[str]) -> str:
        while True:
            if group == MONGOLIAN:
                name = self.dice.choice(words(f"mongolian_{sex}"))
            else:
                name = surname + self.dice.choice(words(f"han_{'old' if age >= 50 else 'new'}_{sex}"))
            if name not in taken:
                return name

    def _education(self, age: int) -> str:
        if age < 6:
            return "902"
        if age < 12:
            return "80"
        if age < 15:
            return "70"
        if age >= 70:
            return self.dice.choice(["901", "901", "80", "70"])
        return self.dice.choice(["80", "70", "70", "60", "40", "30", "20"])

    def _landmark(self) -> str:
        return text("landmark_words").format(
            place=self.dice.choice(words("landmark_place")),
            way=self.dice.choice(words("landmark_way")),
            kilometres=self.dice.choice(words("landmark_kilometres")),
            sign=self.dice.choice(words("landmark_sign")),
        )


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _marital(role: Role, age: int, *, alone: bool) -> str:
    if role.relation in _SPOUSES:
        return _MARRIED
    if age >= 60:
        return _WIDOWED if alone else _MARRIED
    return _SINGLE if age < 22 or alone else _MARRIED
