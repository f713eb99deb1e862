"""A row's person on the desk: the resident's fields, telephones, care records (表中人员)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.identity import derived_from
from shequ_desktop.domain.phones import read_phones
from shequ_desktop.rosters.columns import words
from shequ_desktop.services.roster_desk import LATER, RETRACTED, Desk
from shequ_desktop.services.roster_known import Care
from shequ_desktop.services.roster_matching import Person, front_of
from shequ_desktop.services.roster_values import DIED, MOVED_OUT, Told, care_labels, told

NAME, NUMBER, SEX, BIRTH, AGE = (
    "resident.name",
    "resident.id_number",
    "resident.told_sex",
    "resident.told_birth_date",
    "resident.age",
)
PHONE, HEAD_PHONE, LABEL, REMARK, CARE_REMARK = (
    "phone.number",
    "head.phone",
    "care_record.label",
    "resident.remark",
    "care_record.remark",
)
_CONTACT = ("care_record.contact_name", "care_record.contact_phone")
_KEPT_WHEN_EMPTY = frozenset((NAME, NUMBER, SEX, BIRTH, AGE, "resident.id_kind", "resident.away", "resident.residence_state"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Targets of a sheet and the headings above them. `is_care_list`: it tells of contacts, so its remarks are of care."""

    labels: Mapping[str, str]
    plain: Mapping[str, str]  # those that fill a field of the resident by themselves
    is_care_list: bool
    tells_of_care: bool

    @classmethod
    def of(cls, labels: Mapping[str, str]) -> Columns:
        plain = {target: label for target, label in labels.items() if target.startswith("resident.") and target != AGE}
        contacts = LABEL in labels and any(target in labels for target in _CONTACT)
        return cls(labels, plain, contacts, any(target.startswith("care_record.") for target in labels))


def settle_person(desk: Desk, person: Person, columns: Columns) -> None:
    """Work through the cells of a row that are new or have changed."""
    cells = changed_cells(person)
    if not cells and not _emptied(person, columns):
        return
    if person.gone:
        target, text = next(iter(cells.items()), (NAME, person.row.name))
        desk.ask(person, "resident", person.resident, target.partition(".")[2], text, RETRACTED)
        return
    before = dict(desk.now(person.resident))
    if person.is_new and not before:
        _create(desk, person, columns, cells)
    else:
        _settle(desk, person, columns, cells)
    _check_against_number(desk, person, cells, before)
    for target in (PHONE, HEAD_PHONE):
        if target in cells and (target == PHONE or person.row.heads):
            _settle_phones(desk, person, target, cells[target])
    if columns.tells_of_care:
        _settle_care(desk, person, columns, cells)


def changed_cells(person: Person) -> Mapping[str, str]:
    """Cells that did not say this last time."""
    if person.was is None:
        return person.row.cells
    before = person.was.cells
    return {target: text for target, text in person.row.cells.items() if before.get(target) != text}


def _emptied(person: Person, columns: Columns) -> list[str]:
    if person.was is None:
        return []
    cells = person.row.cells
    return [target for target in person.was.cells if target in columns.labels and target not in cells]


def _plain(columns: Columns, person: Person) -> Mapping[str, str]:
    """Targets that fill a field of the resident by themselves, with their headings: a care list's remark is of care."""
    if columns.is_care_list and REMARK in columns.plain and LABEL in person.row.cells:
        return {target: label for target, label in columns.plain.items() if target != REMARK}
    return columns.plain


def _create(desk: Desk, person: Person, columns: Columns, cells: Mapping[str, str]) -> None:
    fields: dict[str, Any] = {"name": person.row.name}
    plain = _plain(columns, person)
    for target, text in cells.items():
        if target == NUMBER and person.read:
            fields["id_number"], fields["id_kind"] = person.read.value, person.read.kind
        elif target in plain and not (target == NAME and text[:1].isalpha()):  # names were looked at with their row
            said = told(target, text, plain[target], desk.today)
            for name, value in said.fields.items():
                if value is not None:
                    fields[name] = value
            if said.problem:
                desk.ask(person, "resident", person.resident, _field(target, said), text, said.problem)
    if AGE in cells and not (fields.get("told_birth_date") or fields.get("id_number")):
        fields.setdefault("birth_words", words("age_told")[0].format(age=cells[AGE], day=desk.as_of.isoformat()))
    desk.create("resident", person.resident, fields)


def _settle(desk: Desk, person: Person, columns: Columns, cells: Mapping[str, str]) -> None:
    plain = _plain(columns, person)
    for target, text in cells.items():
        if target in plain:
            label = plain[target]
            said = told(target, text, label, desk.today)
            if said.problem:
                desk.ask(person, "resident", person.resident, _field(target, said), text, said.problem)
            else:
                desk.settle(person, "resident", person.resident, target, said, label=label, text=text)
    for target in _emptied(person, columns):
        if target in plain and target not in _KEPT_WHEN_EMPTY:
            desk.take_away(person, "resident", person.resident, target, label=plain[target])


def _field(target: str, said: Told) -> str:
    """The declared field that a cell is about."""
    if target == BIRTH:
        return "told_birth_date"
    return next(iter(said.fields), "") or {"resident.away": "residence_state"}.get(target, target.partition(".")[2])


def _check_against_number(desk: Desk, person: Person, cells: Mapping[str, str], before: Mapping[str, Any]) -> None:
    """What was told of sex and birth beside a valid number that says otherwise: both are kept, and a person is asked.

    `before`: the resident before this row; what stood already was asked when it came.
    """
    if not (SEX in cells or BIRTH in cells or NUMBER in cells):
        return
    now = desk.now(person.resident)
    number, read = now.get("id_number"), person.read
    if read and read.value == number and read.birth_date:
        derived: Mapping[str, str] = {"sex": read.sex, "birth_date": read.birth_date}
    elif not (derived := derived_from(number)):
        return
    new_number = now.get("id_number") != before.get("id_number")
    if new_number and before:
        _answer_damaged(desk, person)
    for target, field, in_number in ((SEX, "told_sex", "sex"), (BIRTH, "told_birth_date", "birth_date")):
        text = person.row.cells.get(target, "")
        if text and (new_number or now.get(field) != before.get(field)):
            value = told(target, text, "", desk.today).fields.get(field)
            if value and not derived[in_number].startswith(value):
                desk.ask(person, "resident", person.resident, field, text, f"{in_number}_differs_from_number")


def _answer_damaged(desk: Desk, person: Person) -> None:
    """The number is known now: what was asked about damaged forms of it is answered."""
    for text in desk.known.damaged.get(person.resident, ()):
        front = front_of(text)
        if front and person.number.startswith(front):
            desk.answer(person.resident, "id_number", text)


def _settle_phones(desk: Desk, person: Person, target: str, text: str) -> None:
    good, unusable = read_phones(text)
    have = desk.known.phones[person.resident]
    before, _ = read_phones(person.was.cells.get(target, "")) if person.was else ((), ())
    replaced = [number for number in before if number not in good and number in have]
    for number in good:
        if number in have:
            continue
        if replaced:
            phone = have.pop(replaced.pop(0))
            desk.save("phone", phone, {"resident": person.resident, "number": number})
        else:
            phone = desk.new_id()
            desk.create("phone", phone, {"resident": person.resident, "number": number})
        have[number] = phone
    if unusable:
        desk.ask(person, "resident", person.resident, "phone", text, "not_a_phone")


def _settle_care(desk: Desk, person: Person, columns: Columns, cells: Mapping[str, str]) -> None:
    groups: tuple[tuple[str, str], ...] = ()
    if LABEL in cells:
        groups, unknown = care_labels(cells[LABEL])
        if unknown:
            desk.ask(person, "resident", person.resident, "label", cells[LABEL], "care_label_unknown")
    about = {target: text for target, text in cells.items() if target.startswith("care_record.") and target != LABEL}
    if columns.is_care_list and REMARK in cells and LABEL in person.row.cells:
        about[CARE_REMARK] = cells[REMARK]
    if groups or about:
        opened = [record for group in groups if (record := _care_record(desk, person, *group))]
        record = opened[0] if opened else _only_open(desk, person)
        if record:
            _settle_about(desk, person, columns, record, about)
        elif about and not groups:
            target, text = next(iter(about.items()))
            desk.ask(person, "resident", person.resident, target.partition(".")[2], text, "no_care_record")


def _care_record(desk: Desk, person: Person, care_kind: str, label: str) -> str:
    """The open record of that kind, or a new one; "" where the archive knows something of a later day."""
    day = desk.as_of.isoformat()
    kept = [care for care in desk.known.care[person.resident] if care.care_kind == care_kind]
    if there := next((care.id for care in kept if not care.closed_on), ""):
        return there
    if any(care.closed_on > day for care in kept) or _has_left(desk, person):
        desk.ask(person, "resident", person.resident, "label", label, LATER)
        return ""
    record = desk.new_id()
    desk.create("care_record", record, {"resident": person.resident, "care_kind": care_kind, "label": label, "opened_on": day})
    desk.known.care[person.resident].append(Care(record, care_kind, ""))
    return record


def _has_left(desk: Desk, person: Person) -> bool:
    return desk.now(person.resident).get("residence_state") in (MOVED_OUT, DIED)


def _only_open(desk: Desk, person: Person) -> str:
    there = [care.id for care in desk.known.care[person.resident] if not care.closed_on]
    return there[0] if len(there) == 1 else ""


def _settle_about(desk: Desk, person: Person, columns: Columns, record: str, about: Mapping[str, str]) -> None:
    for target, text in about.items():
        label = columns.labels.get(target, "")
        said = told(target, text, label, desk.today)
        if said.problem:
            desk.ask(person, "care_record", record, target.partition(".")[2], text, said.problem)
        desk.settle(person, "care_record", record, target, said, label=label, text=text)
