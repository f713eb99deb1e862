"""Which household in the archive a household of a list is (对户): by number, by head, by what it was, by who lives there.

Decides from the archive as it was read; writes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.rosters.people import PaperHousehold, same_house
from shequ_desktop.services.roster_known import Known
from shequ_desktop.services.roster_matching import Person

HouseKey = tuple[int, str]


def _key_of(person: Person) -> HouseKey | None:
    """Numbers and heads mean one household in the whole file; what else tells one means it in its sheet only."""
    household = person.row.household
    if household is None:
        return None
    everywhere = household.key.startswith(("number:", "head:"))
    return (-1 if everywhere else person.sheet, household.key)


def same_family(one: str, other: str) -> bool:
    """Whether two keys tell the same family, in whatever house its members live."""
    return one.split("@")[0] == other.split("@")[0]


class Homes:
    """Answers for each person the household in the archive, or the id that a new one will get."""

    def __init__(self, people: list[Person], known: Known, new_id: Callable[[], str]) -> None:
        self._known, self._new_id = known, new_id
        self._blocks: defaultdict[HouseKey, list[Person]] = defaultdict(list)
        for person in people:
            person.home = _key_of(person)
            if person.home is not None:
                self._blocks[person.home].append(person)
        self._there: dict[HouseKey, str] = {}
        self._new: dict[HouseKey, str] = {}

    def there(self, person: Person) -> str:
        """The household in the archive; "" where it is in none yet, or where nothing tells one."""
        household, key = person.row.household, person.home
        if household is None or key is None:
            return ""
        if self._said_last_time(person, household):
            return person.was.household if person.was else ""
        if not household.certain:
            return self._at_address(person)
        if key not in self._there:
            self._there[key] = self._find(household, self._blocks[key])
        return self._there[key]

    def of(self, person: Person) -> str:
        """As `there`, or the id of a new household; "" for one that is told by an address only and lives elsewhere already."""
        key = person.home
        found = self.there(person)
        if found or key is None or person.row.household is None:
            return found
        if not person.row.household.certain and self._known.homes.get(person.resident):
            return ""
        if key not in self._new:
            self._new[key] = self._new_id()
        return self._new[key]

    def _said_last_time(self, person: Person, household: PaperHousehold) -> bool:
        was = person.was
        if was is None or was.household not in self._known.houses:
            return False
        return same_family(was.household_key, household.key)

    def _at_address(self, person: Person) -> str:
        address = person.row.cells.get("household.address", "")
        homes = [home.household for home in self._known.homes.get(person.resident, ())]
        return next((home for home in homes if same_house(self._address(home), address)), "")

    def _address(self, household: str) -> str:
        return self._known.houses.get(household, ("", "", ""))[1]

    def _find(self, household: PaperHousehold, block: list[Person]) -> str:
        return (
            self._by_number(household, block)
            or self._by_head(household)
            or self._by_last_time(block)
            or self._by_members(household, block)
        )

    def _by_number(self, household: PaperHousehold, block: list[Person]) -> str:
        """A number is given out again and again in other villages: head, a member or the house must agree."""
        names = {person.row.name for person in block} | ({household.head_name} if household.head_name else set())
        addresses = [address for person in block if (address := person.row.cells.get("household.address"))]
        for found in sorted(self._known.by_number.get(household.number, ())) if household.number else ():
            living = {self._known.people.get(member.resident, ("",))[0] for member in self._known.members.get(found, ())}
            if names & living or any(same_house(self._address(found), address) for address in addresses):
                return found
        return ""

    def _by_head(self, household: PaperHousehold) -> str:
        for resident in self._known.by_id.get(household.head_id, ()) if household.head_id else ():
            homes = sorted(self._known.homes.get(resident, ()), key=lambda home: home.relation not in HEAD_RELATIONS)
            if homes:
                return homes[0].household
        return ""

    def _by_last_time(self, block: list[Person]) -> str:
        votes = Counter(person.was.household for person in block if person.was and person.was.household in self._known.houses)
        return votes.most_common(1)[0][0] if votes else ""

    def _by_members(self, household: PaperHousehold, block: list[Person]) -> str:
        """Where most of those live whom the archive knows; in a house that is told beside the family's, who lives in it."""
        homes = [[home.household for home in self._known.homes.get(person.resident, ())] for person in block if person.resident]
        votes = Counter(home for each in homes for home in each if self._may_have_number(home, household.number))
        if "@" in household.key:
            address = block[0].row.cells.get("household.address", "")
            votes = Counter({home: count for home, count in votes.items() if same_house(self._address(home), address)})
        if not votes:
            return ""
        found, count = votes.most_common(1)[0]
        settled = sum(1 for each in homes if each)
        return found if count * 2 > settled or self._head_of(found) == household.head_name != "" else ""

    def _may_have_number(self, home: str, number: str) -> bool:
        known = self._known.houses.get(home, ("", "", ""))[0]
        return not number or not known or known == number

    def _head_of(self, household: str) -> str:
        heads = [member.resident for member in self._known.members.get(household, ()) if member.relation in HEAD_RELATIONS]
        return self._known.people.get(heads[0], ("",))[0] if heads else ""
