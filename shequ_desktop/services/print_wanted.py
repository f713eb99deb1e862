"""Which households or care records a form is printed for (打印对象): those due, all in care, or those named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import due, homes
from shequ_desktop.services.sheets_forms import ABOUT, CARE, HOUSEHOLD, LIST
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id
from shequ_desktop.storage.reading import Reader, Record

HOME_VISITS = {"home-visit": "", "home-visit-elder": "elder", "home-visit-child": "child", "home-visit-woman": "woman"}
"""Home-visit form -> the kind of care it asks after; empty: the whole household."""

Pair = tuple[str, str]
"""(household, visit), (household, "") or (care record, "")."""


def due_ones(archive: Archive, form: str, *, on: date) -> list[Pair]:
    """Households due, or the care records in them."""
    return _of(archive, form, due.households_due(archive, on=on))


def all_ones(archive: Archive, form: str) -> list[Pair]:
    """Every household with an open care record, or every open care record."""
    return _of(archive, form, [one for one in due.schedule(archive) if one.care_records])


def named_ones(archive: Archive, form: str, *, records: Sequence[str]) -> list[Pair] | Problem:
    """Those named by the id of a household, a visit, a resident or a care record."""
    if form in ABOUT and ABOUT[form].subject == LIST:
        return Problem("print.not_about", values=(("record", records[0]), ("about", "list")))
    found: list[Pair] = []
    with archive.read() as reader:
        for record in records:
            pairs = _named(reader, form, record) if is_id(record) else []
            if pairs is None:
                about = HOUSEHOLD if form in HOME_VISITS else ABOUT[form].subject
                return Problem("print.not_about", values=(("record", record), ("about", about)))
            if not pairs:
                return Problem("no_such_record", values=(("kind", _kind(form)), ("record", record)))
            found += pairs
    return found


def _kind(form: str) -> str:
    return HOUSEHOLD if form in HOME_VISITS else ABOUT[form].subject


def _of(archive: Archive, form: str, households: list[due.DueHousehold]) -> list[Pair]:
    kind = HOME_VISITS.get(form, "") if form in HOME_VISITS else ABOUT[form].care_kind
    with archive.read() as reader:
        records = reader.records("care_record", [record for one in households for record in one.care_records])
    fitting = {record.id for record in records.values() if kind in ("", record.fields.get("care_kind"))}
    if _kind(form) == CARE:
        return [(record, "") for one in households for record in one.care_records if record in fitting]
    return [(one.household, "") for one in households if not kind or fitting.intersection(one.care_records)]


def _named(reader: Reader, form: str, record: str) -> list[Pair] | None:
    """The pairs a record stands for; none: there is no such record; None: the form is not about it."""
    if visit := _there(reader, "visit", record):
        return [(visit.fields.get("household", ""), record)] if _kind(form) == HOUSEHOLD else None
    if _there(reader, "household", record):
        people = [resident.id for _, resident in homes.members(reader, [record]).get(record, [])]
        return [(record, "")] if _kind(form) == HOUSEHOLD else _open_care(reader, form, people)
    if _there(reader, "resident", record):
        if _kind(form) == CARE:
            return _open_care(reader, form, [record])
        home = homes.of_residents(reader, [record]).get(record)
        return [(home, "")] if home else None
    if care := _there(reader, "care_record", record):
        if _kind(form) == HOUSEHOLD:
            home = homes.of_residents(reader, [care.fields.get("resident", "")]).get(care.fields.get("resident", ""))
            return [(home, "")] if home else None
        return [(record, "")] if ABOUT[form].care_kind in ("", care.fields.get("care_kind")) else None
    return []


def _there(reader: Reader, kind: str, record: str) -> Record | None:
    found = reader.record(kind, record)
    return found if found and not found.retracted else None


def _open_care(reader: Reader, form: str, residents: list[str]) -> list[Pair] | None:
    wanted = ABOUT[form].care_kind
    records = [one for one in reader.among("care_record", "resident", residents) if not one.fields.get("closed_on")]
    return [(one.id, "") for one in records if wanted in ("", one.fields.get("care_kind"))] or None
