"""The forms of a care record: new, changed, assessed anew, closed. Says which service saves each; knows no widget."""

from __future__ import annotations

from datetime import date
from typing import Any

from shequ_desktop.services import editing
from shequ_desktop.services.resident_view import CareView, ResidentView
from shequ_desktop.ui.households.household_forms import named, parted
from shequ_desktop.ui.records.field_form import Section
from shequ_desktop.ui.records.form_pane import FormKind, Service, Typed, Work

RISK = (("care_record.risk",), ("care_record.special_hardship",))
WHO = (("care_record.worker", "care_record.living_with"), ("care_record.contact_name", "care_record.contact_phone"))
NEW = FormKind(
    "form.care.new",
    "ui.care.form.new",
    (
        Section("ui.care.form.kind", (("care_record.care_kind",), ("care_record.label", "care_record.opened_on"))),
        Section("ui.care.form.risk", RISK),
        Section("ui.care.form.who", WHO),
    ),
)
EDIT = FormKind(
    "form.care",
    "ui.care.form.edit",
    (
        Section("ui.care.form.risk", RISK),
        Section("ui.care.form.who", (*WHO, ("care_record.away_members",))),
        Section(
            "ui.care.form.kind",
            (("care_record.care_kind",), ("care_record.label", "care_record.opened_on"), ("care_record.remark",)),
        ),
    ),
)
CLOSE = FormKind(
    "form.care.close",
    "ui.care.form.close",
    (Section("", (("care_record.closed_on",), ("care_record.closed_reason",))),),
)


def new_care(person: ResidentView, today: date) -> Work:
    def save(typed: Typed, _changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = {name: text for name, text in parted(typed)["care_record"].items() if text.strip()}
        return editing.save, {"kind": "care_record", "typed": {**values, "resident": person.id}, "today": today}

    return Work(NEW, person.id, save, "ui.care.saved_new", person.fields.get("name", ""))


def edit_care(view: CareView, today: date) -> Work:
    return _changing(EDIT, view, today, "ui.care.saved")


def close_care(view: CareView, today: date) -> Work:
    return _changing(CLOSE, view, today, "ui.care.closed")


def _changing(kind: FormKind, view: CareView, today: date, said: str) -> Work:
    def save(_typed: Typed, changed: Typed) -> tuple[Service, dict[str, Any]]:
        values = parted(changed)["care_record"]
        return editing.save, {
            "kind": "care_record", "record": view.id, "typed": values, "today": today, "seen": view.person.seen,
        }  # fmt: skip

    before = named("care_record", editing.typed_values("care_record", view.fields))
    return Work(kind, view.id, save, said, view.person.fields.get("name", ""), before)
