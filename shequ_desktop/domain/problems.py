"""A problem with a value, as a key and what stands in its sentence. The sentences are in `i18n/messages/domain.csv`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`field`: wire name of the field beside which it is shown. `values`: pairs of placeholder and what stands there."""

    key: str
    field: str = ""
    values: tuple[tuple[str, object], ...] = ()


KEYS = (
    "not_in_list",
    "not_a_phone",
    "not_a_date",
    "date_empty",
    "date_unknown",
    "date_in_future",
    "lunar_day_missing",
    "lunar_year_unclear",
    "animal_differs",
    "id_empty",
    "id_placeholder",
    "id_length",
    "id_form",
    "id_date",
    "id_check_digit",
    "id_rounded",
    "name_empty",
    "name_placeholder",
    "name_formula",
    "name_digits",
    "name_heading",
    "name_total",
    "name_too_long",
)
"""Every key that a rule of this room gives."""
