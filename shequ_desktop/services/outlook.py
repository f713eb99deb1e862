"""Who is in care, where they live, when somebody was last there, what was promised (关爱全貌): read once, asked often.

Answers the same days as `due`. Owns no list's order; see `listing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.domain.schedule import MEDIUM, CareState, VisitSettings, due_on, interval_days
from shequ_desktop.storage import census
from shequ_desktop.storage.ids import day_made
from shequ_desktop.storage.reading import Reader

CARE_FIELDS = ("resident", "care_kind", "label", "risk", "special_hardship", "opened_on", "worker")
PROMISE_FIELDS = ("household", "promised", "due_on", "visit")


@dataclass(frozen=True, slots=True)
class OpenCare:
    """One care record that is not closed. `label`: as written; `worker`: who is responsible."""

    id: str
    resident: str
    kind: str
    label: str
    risk: str
    special_hardship: bool
    opened_on: date
    worker: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised and not done. `due`: None where no day was named."""

    id: str
    household: str
    promised: str
    due: date | None
    made_on: date
    visit: str = ""


@dataclass
class Outlook:
    """`home_of`: by the membership that holds now; `members`: head first, of households that were asked for by name."""

    care: list[OpenCare] = field(default_factory=list)
    home_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    last_visit: dict[str, date] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    settings: VisitSettings = field(default_factory=VisitSettings)
    care_at: dict[str, list[OpenCare]] = field(default_factory=dict)
    promised_at: dict[str, list[Promise]] = field(default_factory=dict)

    def state(self, one: OpenCare) -> CareState:
        return CareState(
            care_kind=one.kind,
            risk=one.risk or None,
            opened_on=one.opened_on,
            special_hardship=one.special_hardship,
            last_visit_on=self.last_visit.get(self.home_of.get(one.resident, "")),
        )

    def due_of(self, one: OpenCare) -> date | None:
        return due_on(self.state(one), self.settings)

    def interval_of(self, one: OpenCare) -> int:
        return interval_days(self.state(one), self.settings)

    def due_at(self, household: str) -> date | None:
        """The day of the household's next visit: by its care records and by what was promised."""
        days = [day for one in self.care_at.get(household, ()) if (day := self.due_of(one))]
        days += [promise.due for promise in self.promised_at.get(household, ()) if promise.due]
        return min(days, default=None)

    def risk_at(self, household: str) -> str:
        return most_urgent(one.risk for one in self.care_at.get(household, ()))


def most_urgent(risks: Iterable[str]) -> str:
    """The highest risk; one that nobody set counts as medium when compared, and stays unset."""
    return min(risks, key=lambda risk: risk or MEDIUM, default="")


def whole(reader: Reader, *, settings: VisitSettings | None = None) -> Outlook:
    """Everybody in care. Retracted residents and households take no part, nor does what hangs on them."""
    lost = reader.retracted("household")
    return _joined(
        Outlook(
            care=[_open_care(*row) for row in census.open_care(reader.connection)],
            home_of=census.homes_of_people_in_care(reader.connection),
            last_visit={home: date.fromisoformat(day) for home, day in census.last_visits(reader.connection).items()},
            promises=[one for one in _promises(reader) if one.household not in lost],
            settings=settings or VisitSettings(),
        )
    )


def of_residents(reader: Reader, residents: Iterable[str], *, settings: VisitSettings | None = None) -> Outlook:
    """The same for some residents and the households that they live in."""
    memberships = reader.among("membership", "resident", list(residents))
    homes = {one.fields["household"] for one in memberships if _holds(one.fields.get("until")) and "household" in one.fields}
    return of_households(reader, homes, beside=residents, settings=settings)


def of_households(
    reader: Reader, households: Iterable[str], *, beside: Iterable[str] = (), settings: VisitSettings | None = None
) -> Outlook:
    """The same for some households; `beside`: residents who may live in none."""
    found = Outlook(settings=settings or VisitSettings())
    there = set(reader.records("household", set(households)))
    rows = [
        (one.id, *(one.fields.get(name) for name in ("household", "resident", "relation", "until")))
        for one in reader.among("membership", "household", there)
    ]
    people = reader.records("resident", {str(row[2]) for row in rows if row[2]} | set(beside))
    gone = {str(row[2]) for row in rows} - set(people)
    _take_memberships(found, rows, gone)
    for record in reader.among("care_record", "resident", people):
        if not record.fields.get("closed_on"):
            found.care.append(_open_care(record.id, *(record.fields.get(name) for name in CARE_FIELDS)))
    for visit in reader.among("visit", "household", there):
        _take_visit(found, visit.fields["household"], visit.fields.get("visited_on"))
    for record in reader.among("follow_up", "household", there):
        if not record.fields.get("done_on"):
            found.promises.append(_promise(record.id, *(record.fields.get(name) for name in PROMISE_FIELDS)))
    return _joined(found)


def _joined(found: Outlook) -> Outlook:
    care: defaultdict[str, list[OpenCare]] = defaultdict(list)
    for one in found.care:
        care[found.home_of.get(one.resident, "")].append(one)
    promised: defaultdict[str, list[Promise]] = defaultdict(list)
    for promise in found.promises:
        promised[promise.household].append(promise)
    care.pop("", None)
    found.care_at, found.promised_at = dict(care), dict(promised)
    return found


def _open_care(
    record: str,
    resident: str | None,
    kind: str | None,
    label: str | None,
    risk: str | None,
    hardship: bool | None,
    opened_on: str | None,
    worker: str | None,
) -> OpenCare:
    opened = day_of(opened_on) or day_made(record)
    return OpenCare(record, resident or "", kind or "", label or "", risk or "", bool(hardship), opened, worker or "")


def _promises(reader: Reader) -> Iterable[Promise]:
    for record, household, promised, due, visit, done in reader.columns(
        "follow_up", "household", "promised", "due_on", "visit", "done_on"
    ):
        if household and not done:
            yield _promise(record, household, promised, due, visit)


def _promise(record: str, household: str | None, promised: str | None, due: str | None, visit: str | None) -> Promise:
    return Promise(record, household or "", promised or "", day_of(due), day_made(record), visit or "")


def _take_memberships(found: Outlook, rows: Iterable[tuple[object, ...]], gone: set[str]) -> None:
    ranked: defaultdict[str, list[tuple[bool, str, str, str]]] = defaultdict(list)
    newest: dict[str, str] = {}
    for record, household, resident, relation, until in rows:
        if not household or not resident or not _holds(until) or resident in gone:
            continue
        home, person, said = str(household), str(resident), str(relation or "")
        ranked[home].append((said not in HEAD_RELATIONS, said or "99", str(record), person))
        if str(record) > newest.get(person, ""):
            newest[person] = str(record)
            found.home_of[person] = home
    found.members = {home: [person for *_, person in sorted(people)] for home, people in ranked.items()}


def _take_visit(found: Outlook, household: str | None, on: str | None) -> None:
    day = day_of(on)
    if household and day and day > found.last_visit.get(household, date.min):
        found.last_visit[household] = day


def _holds(until: object) -> bool:
    return not until


def day_of(text: str | None) -> date | None:
    """The day that an ISO text names; None where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
