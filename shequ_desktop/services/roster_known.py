"""What the archive holds that a list may speak of (已知档案): residents by number and name, homes, phones, care records.

Read once before a list is matched. Must not decide anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from shequ_desktop.domain.identity import match_key
from shequ_desktop.storage.reading import Reader

_CHINA = timezone(timedelta(hours=8))


class Membership(NamedTuple):
    id: str
    household: str
    resident: str
    relation: str
    until: str


class Care(NamedTuple):
    id: str
    care_kind: str
    closed_on: str


class Known:
    """`by_id`: match key of a number -> residents, oldest first. Ids grow with time, so the least is the oldest.

    `damaged`: resident -> numbers on paper that nobody could use and that are still asked.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.by_id: defaultdict[str, list[str]] = defaultdict(list)
        self.by_name: defaultdict[str, list[str]] = defaultdict(list)
        self.people: dict[str, tuple[str, str]] = {}
        for resident, name, number in reader.columns("resident", "name", "id_number"):
            self.people[resident] = (name or "", number or "")
            self.by_name[name or ""].append(resident)
            if number:
                self.by_id[match_key(number)].append(resident)
        for listed in self.by_id.values():
            listed.sort()
        self._read_homes(reader)
        self._read_belongings(reader)
        self._shown: dict[str, dict[str, Any]] = {}
        self._days: dict[str, dict[str, date]] | None = None

    def _read_homes(self, reader: Reader) -> None:
        self.homes: defaultdict[str, list[Membership]] = defaultdict(list)
        self.left: defaultdict[str, list[Membership]] = defaultdict(list)
        self.members: defaultdict[str, list[Membership]] = defaultdict(list)
        self.houses: dict[str, tuple[str, str, str]] = {}
        self.by_number: defaultdict[str, list[str]] = defaultdict(list)
        for household, number, address, area in reader.columns("household", "number", "address", "area"):
            self.houses[household] = (number or "", address or "", area or "")
            if number:
                self.by_number[number].append(household)
        for row in reader.columns("membership", "household", "resident", "relation", "until"):
            member = Membership(*(value or "" for value in row))
            (self.left if member.until else self.homes)[member.resident].append(member)
            if not member.until:
                self.members[member.household].append(member)

    def _read_belongings(self, reader: Reader) -> None:
        self.phones: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for phone, resident, number in reader.columns("phone", "resident", "number"):
            self.phones[resident or ""][number or ""] = phone
        self.care: defaultdict[str, list[Care]] = defaultdict(list)
        for care, resident, care_kind, closed_on in reader.columns("care_record", "resident", "care_kind", "closed_on"):
            self.care[resident or ""].append(Care(care, care_kind or "", closed_on or ""))
        self.questions: dict[str, bool] = {}
        self.spellings: set[str] = set()
        self.damaged: defaultdict[str, list[str]] = defaultdict(list)
        for question, about, field, paper_value, answer in reader.columns("question", "about", "field", "paper_value", "answer"):
            self.questions[question] = not answer
            if field == "area":
                self.spellings.add(paper_value or "")
            elif field == "id_number" and not answer:
                self.damaged[about].append(paper_value or "")

    def load(self, kind: str, ids: Iterable[str]) -> None:
        """Read these records whole, in one query."""
        wanted = [record for record in ids if record not in self._shown]
        for record, found in self._reader.records(kind, wanted).items():
            self._shown[record] = dict(found.fields)

    def shown(self, record: str) -> Mapping[str, Any]:
        """Fields of a record that was loaded."""
        return self._shown.get(record, {})

    def day_of(self, record: str, fields: Iterable[str]) -> date | None:
        """The last day on which a person, not a list, wrote one of these fields."""
        if self._days is None:
            self._days = self._written_by_people()
        days = self._days.get(record, {})
        return max((days[name] for name in fields if name in days), default=None)

    def _written_by_people(self) -> dict[str, dict[str, date]]:
        written: dict[str, dict[str, date]] = {}
        for logged in self._reader.log_of(self._shown):
            change = logged.change
            if not change.origin:
                day = datetime.fromtimestamp(max(change.time_ms, 0) / 1000, _CHINA).date()
                written.setdefault(change.record, {}).update(dict.fromkeys(change.fields, day))
        return written
