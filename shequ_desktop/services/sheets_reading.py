"""What sheets of paper need of some households, read in a few queries, and how its values are said.

Knows no form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.ages import age_on
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.masking import masked_phone
from shequ_desktop.domain.schedule import VisitSettings
from shequ_desktop.services import homes
from shequ_desktop.storage.reading import Reader, Record

Speak = Callable[[str], str]
"""Answers the sentence of a key, its places left in."""

AT_A_TIME = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who prints, when, on which device, in which language; `new_visit` answers the id of the visit to come."""

    speak: Speak
    printed_by: str
    printed_at: datetime
    device: str
    new_visit: Callable[[], str]
    settings: VisitSettings = field(default_factory=VisitSettings)


@dataclass(frozen=True, slots=True)
class Portion:
    """What the sheets of some households need, read in a few queries."""

    households: Mapping[str, Record]
    members: Mapping[str, list[tuple[Record, Record]]]
    phones: Mapping[str, list[Record]]
    care: Mapping[str, list[Record]]  # by resident
    visits: Mapping[str, Record]  # the last one, by household
    promises: Mapping[str, list[Record]]  # by household

    @classmethod
    def read(cls, reader: Reader, households: list[str]) -> Portion:
        members = homes.members(reader, households)
        residents = [resident.id for people in members.values() for _, resident in people]
        care: dict[str, list[Record]] = {}
        for record in reader.among("care_record", "resident", residents):
            if not record.fields.get("closed_on"):
                care.setdefault(record.fields["resident"], []).append(record)
        visits = sorted(reader.among("visit", "household", households), key=lambda visit: visit.fields.get("visited_on", ""))
        promises: dict[str, list[Record]] = {}
        for promise in reader.among("follow_up", "household", households):
            if not promise.fields.get("done_on"):
                promises.setdefault(promise.fields["household"], []).append(promise)
        return cls(
            reader.records("household", households),
            members,
            homes.phones(reader, residents),
            care,
            {visit.fields["household"]: visit for visit in visits},
            promises,
        )


def portions(reader: Reader, households: list[str]) -> Iterator[Portion]:
    """Some households at a time, so that 500 fit a small laptop."""
    for start in range(0, len(households), AT_A_TIME):
        yield Portion.read(reader, households[start : start + AT_A_TIME])


def area_words(area: str) -> str:
    """The names from the league down."""
    return " ".join(areas().path(area)[1:]) if area else ""


def form_number(area: str, record: str, occasion: Occasion) -> str:
    """Area, day, device, and the end of the record's id: no two forms share one, and it is given offline."""
    return f"{area or '0'}-{occasion.printed_at:%y%m%d}-{occasion.device[:4].upper()}-{record[-4:].upper()}"


def sex_words(shown: Mapping[str, Any]) -> str:
    return codes.zh("sex", shown["sex"]) if shown.get("sex") else ""


def birth_words(birth: str, speak: Speak, today: date) -> str:
    """The day as people say it, and the age where it is certain."""
    if not birth:
        return ""
    age = age_on(birth, today)
    return speak("sheet.born").format(day=birth, age=age) if age is not None else birth


def phone_lines(about: Portion, people: list[tuple[Record, Record]]) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for _, resident in people:
        for phone in about.phones.get(resident.id, []):
            whose = phone.fields.get("whose") or resident.fields.get("name", "")
            told[f"{whose} {masked_phone(phone.fields.get('number', ''))}"] = None
    return tuple(told)


def where_words(fields: Mapping[str, Any]) -> str:
    state = codes.zh("residence_state", fields["residence_state"]) if fields.get("residence_state") else ""
    return "，".join(text for text in (state, fields.get("residence_place"), fields.get("residence_since")) if text)
