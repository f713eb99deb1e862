"""Which resident each row of a list is (对人): by what it was last time, by number, by name in the household, else new.

Decides from the archive as it was read; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.identity import IdNumber, IdProblem, match_key, read_id_number
from shequ_desktop.domain.residents import in_force
from shequ_desktop.rosters.people import PaperRow
from shequ_desktop.services.roster_known import Known
from shequ_desktop.services.roster_memory import Remembered
from shequ_desktop.services.roster_values import told

_SURE_DIGITS = {"id_rounded": 15, "id_check_digit": 17, "id_form": 17}
"""How many first digits of a damaged number can be trusted."""


@dataclass(slots=True)
class Person:
    """A row on its way to a resident. `read`: its number if that is valid, `number`: its match key.

    `front`: what can be trusted of a damaged number. `gone`: its resident was retracted. `home`: see `roster_homes`.
    """

    sheet: int
    row: PaperRow
    was: Remembered | None
    read: IdNumber | None = None
    number: str = ""
    front: str = ""
    resident: str = ""
    is_new: bool = False
    gone: bool = False
    household: str = ""
    home: tuple[int, str] | None = None


def person_of(sheet: int, row: PaperRow, was: Remembered | None) -> Person:
    text = row.cells.get("resident.id_number", "")
    read = read_id_number(text) if text else None
    if isinstance(read, IdNumber):
        return Person(sheet, row, was, read, match_key(read.value) if len(read.value) == 15 else read.value)
    return Person(sheet, row, was, front=_readable_front(read) if read else "")


def front_of(text: str) -> str:
    """The digits of a damaged number that can be trusted; "" where there are none."""
    read = read_id_number(text)
    return _readable_front(read) if isinstance(read, IdProblem) else ""


def _readable_front(problem: IdProblem) -> str:
    sure = _SURE_DIGITS.get(problem.key, 0)
    digits = problem.value.partition("E")[0].replace(".", "")[:sure]
    return digits if sure and len(digits) == sure and digits.isdigit() else ""


def match_by_number(people: Iterable[Person], known: Known) -> None:
    """Rows that went to a resident last time, and rows whose number somebody has: to the oldest, where several have it."""
    for person in people:
        was = person.was
        if was and was.resident:
            person.resident = was.resident
            person.gone = was.resident not in known.people
        elif record := person.row.cells.get("record.id", ""):
            person.resident = record if record in known.people else ""
        if not person.resident and person.number and (owners := known.by_id.get(person.number)):
            person.resident = owners[0]


class Newcomers:
    """Matches the rest by name, or makes them new residents. `made`: what this list has brought so far."""

    def __init__(self, known: Known, today: date, new_id: Callable[[], str]) -> None:
        self._known, self._today, self._new_id = known, today, new_id
        self._by_number: dict[str, str] = {}
        self._by_name: defaultdict[str, list[tuple[str, Person]]] = defaultdict(list)
        self._taken: set[str] = set()

    def take(self, people: list[Person], house_of: Callable[[Person], str]) -> None:
        """Give each person a resident. `house_of`: household in the archive that a row's household is, or ""."""
        self._taken.update(person.resident for person in people if person.resident)
        self._load_candidates(people, house_of)
        for person in people:
            if not person.resident:
                person.resident = self._by_number.get(person.number, "") or self._same_name(person, house_of(person))
                person.is_new = person.resident not in self._known.people
            if person.number:
                self._by_number.setdefault(person.number, person.resident)
            self._taken.add(person.resident)
            self._by_name[person.row.name].append((person.resident, person))

    def _load_candidates(self, people: list[Person], house_of: Callable[[Person], str]) -> None:
        wanted: set[str] = set()
        for person in people:
            if not person.resident:
                wanted.update(self._in_house(person, house_of(person)))
                wanted.update(self._nameless_numbers(person) if person.number else ())
        self._known.load("resident", wanted)

    def _in_house(self, person: Person, household: str) -> list[str]:
        members = self._known.members.get(household, ()) if household else ()
        return [member.resident for member in members if self._known.people.get(member.resident, ("",))[0] == person.row.name]

    def _same_name(self, person: Person, household: str) -> str:
        return (
            self._by_front(person)
            or self._at_home(person, household)
            or self._by_damaged_number(person)
            or self._by_birth(person)
            or self._twice_in_list(person)
            or self._new_id()
        )

    def _nameless_numbers(self, person: Person) -> list[str]:
        """Residents of that name who have no number."""
        known = self._known
        return [resident for resident in known.by_name.get(person.row.name, ()) if not known.people[resident][1]]

    def _by_damaged_number(self, person: Person) -> str:
        """The one of that name whose number another list gave damaged, if its readable front is that of this number."""
        if not person.number:
            return ""
        known = self._known
        fits = [
            resident
            for resident in self._nameless_numbers(person)
            if any((front := front_of(text)) and person.number.startswith(front) for text in known.damaged.get(resident, ()))
        ]
        return fits[0] if len(fits) == 1 and fits[0] not in self._taken else ""

    def _by_birth(self, person: Person) -> str:
        """The one of that name, birth date and sex who has no number and lives in the banner that gave this one out."""
        nameless = self._nameless_numbers(person) if person.number else []
        own = in_force({"id_number": person.number}) if nameless else {}
        fits = [
            resident
            for resident in nameless
            if in_force(self._known.shown(resident)) == own
            and not self._known.damaged.get(resident)
            and self._lives_in(resident, person.number[:6])
        ]
        return fits[0] if len(fits) == 1 and fits[0] not in self._taken else ""

    def _lives_in(self, resident: str, area: str) -> bool:
        houses = self._known.houses
        return any(houses.get(home.household, ("", "", ""))[2].startswith(area) for home in self._known.homes.get(resident, ()))

    def _by_front(self, person: Person) -> str:
        """A damaged number whose readable front fits one resident of that name only."""
        if not person.front:
            return ""
        name, people = person.row.name, self._known.people
        fits = {resident for resident in self._known.by_name.get(name, ()) if _begins(people[resident][1], person.front)}
        fits |= {resident for resident, other in self._by_name[name] if _begins(other.number, person.front)}
        return fits.pop() if len(fits) == 1 else ""

    def _at_home(self, person: Person, household: str) -> str:
        """The one of that name in the household, if nothing told speaks against it and no other row is that resident."""
        fits = [
            resident
            for resident in self._in_house(person, household)
            if resident not in self._taken and may_be(person, self._known.shown(resident), self._today)
        ]
        return fits[0] if len(fits) == 1 else ""

    def _twice_in_list(self, person: Person) -> str:
        """Two rows of one household with one name and one birth date, of which at most one has a number."""
        row = person.row
        birth = row.cells.get("resident.told_birth_date")
        if row.household is None or not birth:
            return ""
        for resident, other in self._by_name.get(row.name, ()):
            if other.home != person.home or (person.number and other.number):
                continue
            day = _birth(birth, self._today)
            if day and _birth(other.row.cells.get("resident.told_birth_date", ""), self._today) == day:
                return resident
        return ""


def _begins(number: str, front: str) -> bool:
    return bool(number) and match_key(number).startswith(front)


def _birth(text: str, today: date) -> str:
    return str(told("resident.told_birth_date", text, "", today).fields.get("told_birth_date", "")) if text else ""


def may_be(person: Person, fields: Mapping[str, Any], today: date) -> bool:
    """Whether nothing in number, birth date and sex speaks against this row being that resident."""
    number = fields.get("id_number")
    if person.number and number and match_key(number) != person.number:
        return False
    now = in_force(fields)
    own = in_force({"id_number": person.row.cells.get("resident.id_number", "")}) if person.number else {}
    birth = own.get("birth_date") or _birth(person.row.cells.get("resident.told_birth_date", ""), today)
    if birth and now.get("birth_date") and not (birth.startswith(now["birth_date"]) or now["birth_date"].startswith(birth)):
        return False
    sex = own.get("sex") or codes.match("sex", person.row.cells.get("resident.told_sex", ""))
    return not (sex and now.get("sex")) or sex == now["sex"]
