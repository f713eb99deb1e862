"""What waits for a person (等您决定): conflicts, doubtful values from paper, findings, birthdays that end a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shequ_desktop.domain.residents import in_force
from shequ_desktop.services import conflicts, findings, homes, outlook, questions
from shequ_desktop.services.conflicts import listed
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader

CONFLICT, QUESTION, FINDING, BIRTHDAY = "conflict", "question", "finding", "birthday"
CHILD_UNTIL = 16
"""Years: care for left-behind children is for those below (民政部 2023: 未满十六周岁)."""
BIRTHDAY_AHEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide. `reason`: key of what is doubtful. `id`: of the conflict, question or care record.

    `kind` and `record`: what it is about; `name`: who; `field` and `paper`: of a question; `on`: of a birthday.
    """

    what: str
    id: str
    reason: str
    kind: str
    record: str
    name: str
    field: str = ""
    paper: str = ""
    on: date | None = None


def to_decide(archive: Archive, *, today: date) -> list[Decision]:
    """All of it: conflicts first, then questions, findings, birthdays."""
    asked, odd = questions.open_questions(archive), findings.findings(archive)
    with archive.read() as reader:
        found = [Decision(CONFLICT, one.id, one.group, one.kind, one.record, "") for one in listed(reader)]
        found += [
            Decision(
                QUESTION,
                one.id,
                one.fields.get("reason", ""),
                one.fields.get("about_kind", ""),
                one.fields.get("about", ""),
                "",
                one.fields.get("field", ""),
                one.fields.get("paper_value", ""),
            )
            for one in asked
        ]
        found += [Decision(FINDING, f"{one.key} {one.record}", one.key, one.kind, one.record, "") for one in odd]
        named = names(reader, ((one.kind, one.record) for one in found))
        birthdays = list(_birthdays(reader, today))
    return [_named(one, named.get((one.kind, one.record), "")) for one in found] + birthdays


def count(archive: Archive, today: date) -> int:
    return len(to_decide(archive, today=today))


def conflict_count(archive: Archive) -> int:
    return len(conflicts.conflicts(archive))


def _named(one: Decision, name: str) -> Decision:
    return Decision(one.what, one.id, one.reason, one.kind, one.record, name, one.field, one.paper, one.on)


def names(reader: Reader, about: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """{(kind, record): name of whom it is about}: a resident, the head of a household, whose care or telephone it is."""
    listed_about = set(about)
    people: dict[tuple[str, str], str] = {}
    homes_of: dict[tuple[str, str], str] = {}
    for kind in {kind for kind, _ in listed_about}:
        ids = {record for one, record in listed_about if one == kind}
        if kind == "resident":
            people |= {(kind, record): record for record in ids}
        elif kind == "household":
            homes_of |= {(kind, record): record for record in ids}
        else:
            for record, there in reader.records(kind, ids).items():
                if person := there.fields.get("resident"):
                    people[kind, record] = person
                elif home := there.fields.get("household"):
                    homes_of[kind, record] = home
    heads = homes.heads(reader, set(homes_of.values()))
    residents = reader.records("resident", set(people.values()))
    named = {about: residents[person].fields.get("name", "") for about, person in people.items() if person in residents}
    return named | {about: heads[home].fields.get("name", "") for about, home in homes_of.items() if home in heads}


def _birthdays(reader: Reader, today: date) -> Iterable[Decision]:
    """Children in care who are sixteen, or will be within the month."""
    care = {one.resident: one for one in outlook.whole(reader).care if one.kind == "child"}
    for person, record in reader.records("resident", care).items():
        born = outlook.day_of(in_force(record.fields).get("birth_date"))
        on = born and _birthday(born, CHILD_UNTIL)
        if on and on <= today + timedelta(days=BIRTHDAY_AHEAD_DAYS):
            name = record.fields.get("name", "")
            yield Decision(BIRTHDAY, care[person].id, "child_grows_up", "care_record", care[person].id, name, on=on)


def _birthday(born: date, years: int) -> date:
    """A 29 February is reached on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
