"""The forms of a household: new, changed, a member, a member's relation. Says which service saves each; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shequ_desktop.services import adding, editing
from shequ_desktop.services.household_view import HouseholdView, Member
from shequ_desktop.ui.records.field_form import Section
from shequ_desktop.ui.records.form_pane import FormKind, Service, Typed, Work

HOME = (
    ("household.number", "household.order_number"),
    ("household.village_group", "household.area"),
    ("household.address",),
    ("household.landmark",),
)
PERSON = (
    ("resident.name", "resident.alias"),
    ("resident.id_number", "resident.told_birth_date"),
    ("resident.told_sex", "resident.ethnic_group"),
)
NEW = FormKind(
    "form.household.new",
    "ui.households.form.new",
    (
        Section("ui.households.form.head", (*PERSON, ("phone.number",))),
        Section("ui.households.form.home", (*HOME, ("household.remark",))),
    ),
)
EDIT = FormKind(
    "form.household", "ui.households.form.edit", (Section("ui.households.form.home", (*HOME, ("household.remark",))),)
)
MEMBER = FormKind(
    "form.member",
    "ui.households.form.member",
    (
        Section("ui.households.form.person", PERSON),
        Section("ui.households.relation", (("membership.relation",), ("phone.number", "phone.whose"))),
    ),
)
RELATION = FormKind(
    "form.membership",
    "ui.households.form.relation",
    (Section("", (("membership.relation",), ("membership.since", "membership.until"))),),
)


def parted(typed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """{kind.field: text} -> {kind: {field: text}}"""
    parts: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        kind, _, field = name.partition(".")
        parts.setdefault(kind, {})[field] = text
    return parts


def named(kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """{field: text} -> {kind.field: text}"""
    return {f"{kind}.{name}": text for name, text in typed.items()}


class Chosen:
    """The person in the archive whom somebody means, in place of a new one; empty: a new one."""

    def __init__(self) -> None:
        self.resident = ""


def new_household(today: date, chosen: Chosen) -> Work:
    def save(typed: Typed, _changed: Typed) -> tuple[Service, dict[str, Any]]:
        return adding.add_household, {"typed": parted(typed), "today": today, "resident": chosen.resident}

    return Work(NEW, "", save, "ui.households.saved_new")


def edit_household(view: HouseholdView, today: date) -> Work:
    def save(_typed: Typed, changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = parted(changed)["household"]
        return editing.save, {"kind": "household", "record": view.id, "typed": values, "today": today, "seen": view.seen}

    name = view.head.fields.get("name", "") if view.head else ""
    before = named("household", editing.typed_values("household", view.fields))
    return Work(EDIT, view.id, save, "ui.households.saved", name, before)


def add_member(view: HouseholdView, today: date, chosen: Chosen) -> Work:
    def save(typed: Typed, _changed: Typed) -> tuple[Service, dict[str, Any]]:
        return adding.add_member, {
            "household": view.id,
            "typed": parted(typed),
            "today": today,
            "resident": chosen.resident,
        }

    name = view.head.fields.get("name", "") if view.head else ""
    return Work(MEMBER, view.id, save, "ui.households.saved_member", name)


def edit_relation(member: Member, before: Mapping[str, str], seen: int, today: date) -> Work:
    def save(_typed: Typed, changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = parted(changed)["membership"]
        return editing.save, {
            "kind": "membership", "record": member.membership, "typed": values, "today": today, "seen": seen,
        }  # fmt: skip

    name = member.fields.get("name", "")
    return Work(RELATION, member.membership, save, "ui.households.saved_relation", name, dict(before))
