"""The forms of a resident: changed, a telephone. Says which service saves each; knows no widget."""

from __future__ import annotations

from datetime import date
from typing import Any

from shequ_desktop.services import editing
from shequ_desktop.services.resident_view import PhoneTold, ResidentView
from shequ_desktop.ui.households.household_forms import named, parted
from shequ_desktop.ui.records.field_form import Section
from shequ_desktop.ui.records.form_pane import FormKind, Service, Typed, Work

EDIT = FormKind(
    "form.resident",
    "ui.residents.form.edit",
    (
        Section(
            "ui.residents.form.who",
            (
                ("resident.name", "resident.alias"),
                ("resident.name_mn", "resident.ethnic_group"),
                ("resident.id_kind", "resident.id_number"),
                ("resident.told_sex",),
                ("resident.told_birth_date", "resident.birth_words"),
            ),
        ),
        Section(
            "ui.residents.form.where",
            (
                ("resident.residence_state", "resident.residence_since"),
                ("resident.residence_place",),
                ("resident.registration_kind",),
                ("resident.registered_address",),
            ),
        ),
        Section(
            "ui.residents.form.life",
            (
                ("resident.marital_status", "resident.education"),
                ("resident.political_status", "resident.occupation"),
                ("resident.workplace",),
                ("resident.health_status",),
            ),
        ),
        Section(
            "ui.residents.form.help",
            (
                ("resident.medical_insurance", "resident.pension_insurance"),
                ("resident.subsidies",),
                ("resident.disability_kind", "resident.disability_grade"),
                ("resident.disability_certificate",),
                ("resident.bank",),
                ("resident.bank_account",),
            ),
        ),
        Section("ui.residents.form.other", (("resident.remark",),)),
    ),
)
PHONE = FormKind("form.phone", "ui.residents.form.phone", (Section("", (("phone.number", "phone.whose"),)),))


def edit_resident(view: ResidentView, today: date) -> Work:
    def save(_typed: Typed, changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = parted(changed)["resident"]
        return editing.save, {"kind": "resident", "record": view.id, "typed": values, "today": today, "seen": view.seen}

    before = named("resident", editing.typed_values("resident", view.fields))
    return Work(EDIT, view.id, save, "ui.residents.saved", view.fields.get("name", ""), before)


def add_phone(view: ResidentView, today: date) -> Work:
    def save(typed: Typed, _changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = {**parted(typed)["phone"], "resident": view.id}
        return editing.save, {"kind": "phone", "typed": values, "today": today}

    return Work(PHONE, view.id, save, "ui.residents.saved_phone", view.fields.get("name", ""))


def edit_phone(view: ResidentView, phone: PhoneTold, today: date) -> Work:
    def save(_typed: Typed, changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = parted(changed)["phone"]
        return editing.save, {"kind": "phone", "record": phone.id, "typed": values, "today": today, "seen": view.seen}

    before = named("phone", editing.typed_values("phone", phone.fields))
    return Work(PHONE, phone.id, save, "ui.residents.saved_phone", view.fields.get("name", ""), before)
