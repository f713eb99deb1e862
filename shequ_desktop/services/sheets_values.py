"""Values of records as they are written on forms, by the keys of the forms' cells: masked, spoken, with Mongolian names beside.

Knows no form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shequ_desktop.domain import codes
from shequ_desktop.domain.fields import Field, Type
from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.domain.masking import masked_id, masked_phone
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.residents import in_force
from shequ_desktop.printing.form_sheet import Value
from shequ_desktop.services.sheets_reading import Portion, Speak, birth_words, sex_words, where_words
from shequ_desktop.storage.reading import Record

Values = dict[str, Value]
People = list[tuple[Record, Record]]
CHILD_OF_HEAD = ("2", "3")
"""First figures of the relations to the head that are a child or a child's spouse (GB/T 4761)."""


def field_words(field: Field, value: Any, speak: Speak) -> str:
    """One value in words; what a code means, never the code."""
    if field.type is Type.CODE and field.codes:
        return codes.zh(field.codes, str(value))
    if field.type is Type.CODES:
        return "、".join(codes.zh(field.codes, str(code)) for code in value)
    if field.type is Type.YES_NO:
        return speak("form.options.yes_no").split("|")[0 if value else 1]
    return str(value)


def all_fields(kind: str, fields: Mapping[str, Any], speak: Speak) -> Values:
    """Every field that is known, but those that point to other records."""
    declared = KINDS[kind].by_name
    return {
        f"{kind}.{name}": field_words(declared[name], value, speak)
        for name, value in fields.items()
        if name in declared and declared[name].type not in (Type.REF, Type.AREA) and value not in (None, "")
    }


def person(resident: Record, phones: list[Record], *, speak: Speak, today: date, whole_numbers: bool) -> Values:
    """A resident. `whole_numbers`: the form needs numbers unmasked."""
    fields, shown = resident.fields, in_force(resident.fields)
    values = all_fields("resident", fields, speak)
    values["resident.told_sex"] = sex_words(shown)
    values["resident.told_birth_date"] = birth_words(shown.get("birth_date", ""), speak, today)
    if fields.get("id_number"):
        values["resident.id_number"] = fields["id_number"] if whole_numbers else masked_id(fields["id_number"])
    kinds = (values.get("resident.disability_kind", ""), values.get("resident.disability_grade", ""))
    values["resident.disability_kind"] = " ".join(str(kind) for kind in kinds if kind)
    if not whole_numbers:
        values.pop("resident.disability_certificate", None)
    numbers = (phone.fields.get("number", "") for phone in phones)
    values["phone"] = tuple(number if whole_numbers else masked_phone(number) for number in numbers)
    return {key: value for key, value in values.items() if value}


def house(about: Portion, household: str, speak: Speak) -> Values:
    """A household: what finds it, and its head."""
    home = about.households.get(household)
    if home is None:
        return {}
    values = all_fields("household", home.fields, speak)
    people = about.members.get(household, [])
    if people:
        head = people[0][1].fields
        values |= {"head": head.get("name", ""), "head_mn": head.get("name_mn", "")}
    return {key: value for key, value in values.items() if value}


def care(record: Record, *, speak: Speak, whole_numbers: bool) -> Values:
    values = all_fields("care_record", record.fields, speak)
    number = record.fields.get("contact_phone")
    if number and not whole_numbers:
        values["care_record.contact_phone"] = masked_phone(number)
    return values


def member_rows(about: Portion, people: People) -> tuple[Mapping[str, str], ...]:
    """The members of a household as rows of its card, numbers masked."""
    return tuple(_member(about, membership, resident) for membership, resident in people)


def _member(about: Portion, membership: Record, resident: Record) -> Mapping[str, str]:
    fields, shown = resident.fields, in_force(resident.fields)
    relation = membership.fields.get("relation")
    numbers = [phone.fields.get("number", "") for phone in about.phones.get(resident.id, [])]
    return {
        "resident.name": fields.get("name", ""),
        "resident.name_mn": fields.get("name_mn", ""),
        "resident.told_sex": sex_words(shown),
        "resident.told_birth_date": shown.get("birth_date", ""),
        "membership.relation": codes.zh("relation_to_head", relation) if relation else "",
        "relation": codes.zh("relation_to_head", relation) if relation else "",
        "resident.id_number": masked_id(fields["id_number"]) if fields.get("id_number") else "",
        "phone": " ".join(map(masked_phone, numbers)),
        "where_now": where_words(fields),
    }


def children_of(about: Portion, people: People, resident: Record) -> tuple[Mapping[str, str], ...]:
    """The children of an elder, known for certain only where the elder is the head."""
    own = [membership for membership, someone in people if someone.id == resident.id]
    if not own or own[0].fields.get("relation") not in HEAD_RELATIONS:
        return ()
    return member_rows(about, [pair for pair in people if pair[0].fields.get("relation", "").startswith(CHILD_OF_HEAD)])


def promise_rows(promises: list[Record]) -> tuple[Mapping[str, str], ...]:
    wanted = ("promised", "due_on", "done_on", "result")
    return tuple({f"follow_up.{name}": one.fields.get(name, "") for name in wanted} for one in promises)
