"""A value for each cell of the declared forms, of people who do not exist: to see the paper without an archive."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping

from shequ_desktop import paths
from shequ_desktop.printing.form_sheet import FormSheet, Value


@functools.cache
def sample_values() -> Mapping[str, Value]:
    """`form_samples.csv`: a row without `column` is a line of its cell, one with `column` belongs to a row of its table."""
    lines: dict[str, list[str]] = {}
    tables: dict[str, dict[str, dict[str, str]]] = {}
    with (paths.resources() / "form_samples.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["column"]:
                tables.setdefault(row["key"], {}).setdefault(row["row"], {})[row["column"]] = row["value"]
            else:
                lines.setdefault(row["key"], []).append(row["value"])
    values: dict[str, Value] = {key: tuple(texts) if len(texts) > 1 else texts[0] for key, texts in lines.items()}
    return {**values, **{key: tuple(rows.values()) for key, rows in tables.items()}}


def sample(form: str = "") -> FormSheet:
    """Sample values; where a form is about somebody else, its own (`FORM:KEY`) come before."""
    listed = sample_values()
    own = {key.partition(":")[2]: value for key, value in listed.items() if key.startswith(form + ":")}
    values = {**{key: value for key, value in listed.items() if ":" not in key}, **own}
    told = {name: str(values[name]) for name in ("area", "number", "seal", "printed_by", "printed_at", "device")}
    return FormSheet(values=values, subject=str(values["resident.name"]), **told)
