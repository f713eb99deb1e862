"""Identity and telephone numbers for practice people: of right form, and such as nobody bears.

A banner registers a few births a day, so serials from 900 up have never been reached; telephones begin with 140, which
is not given to people.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from shequ_desktop.domain.identity import check_digit

FIRST_SERIAL, LAST_SERIAL = 900, 999
PHONE_PREFIX = "140"
MALE = "1"


@dataclass
class Numbers:
    """Gives each number once. `banner`: the six digits with which identity numbers begin."""

    dice: random.Random
    banner: str
    given: set[str] = field(default_factory=set)

    def identity(self, *, birth: date, sex: str) -> str:
        """A number of a day and sex; the 51st person of one day and sex would be refused."""
        serials = range(FIRST_SERIAL + (sex == MALE), LAST_SERIAL + 1, 2)
        for serial in self.dice.sample(serials, len(serials)):
            first_17 = f"{self.banner}{birth:%Y%m%d}{serial:03d}"
            number = first_17 + check_digit(first_17)
            if number not in self.given:
                self.given.add(number)
                return number
        raise ValueError(f"no practice number is left for {birth}")

    def phone(self) -> str:
        """A mobile number."""
        while (number := f"{PHONE_PREFIX}{self.dice.randrange(10**8):08d}") in self.given:
            pass
        self.given.add(number)
        return number


def old_form(number: str) -> str:
    """The 15 digits that a card of before 1999 bore."""
    return number[:6] + number[8:17]
