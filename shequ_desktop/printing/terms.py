"""Mongolian terms of forms (蒙古文词语) and whether a native reader has approved them.

A missing term is left out, never invented.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shequ_desktop import paths
from shequ_desktop.printing import mongolian

REVIEWED = "reviewed"
STATUSES = (REVIEWED, "sourced", "draft", "missing")


@dataclass(frozen=True, slots=True)
class Term:
    """`words` join their suffixes by U+180E; empty where no form is sure enough."""

    name: str
    zh: str
    words: str
    status: str


@functools.cache
def terms() -> Mapping[str, Term]:
    """All terms by key."""
    with (paths.resources() / "mongolian_terms.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Term(row["key"], row["zh"], mongolian.stored(row["mn"]), row["status"]) for row in csv.DictReader(lines)]
    return {term.name: term for term in rows}


def script(wanted: Mapping[str, str]) -> dict[str, str]:
    """The words for each name that there are words for."""
    return {name: terms()[key].words for name, key in wanted.items() if terms()[key].words}


def unreviewed(wanted: Mapping[str, str] | Iterable[str]) -> tuple[str, ...]:
    """Which of these words no native reader has approved: their form prints after a notice and carries a mark."""
    words = set(wanted.values()) if isinstance(wanted, Mapping) else set(wanted)
    return tuple(term.name for term in terms().values() if term.words in words and term.words and term.status != REVIEWED)


def of_label(key: str) -> str:
    """The words beside a form's head cell of this key; empty where there are none."""
    term = terms().get(LABEL_TERMS.get(key, key))
    return term.words if term else ""


LABEL_TERMS: Mapping[str, str] = {
    "resident.name": "name",
    "resident.ethnic_group": "ethnicity",
    "resident.id_number": "id_number",
    "resident.education": "education",
    "resident.health_status": "health",
    "resident.occupation": "occupation",
    "resident.medical_insurance": "medical_insurance",
    "resident.subsidies": "subsidy",
    "resident.disability_kind": "disability",
    "resident.remark": "remarks",
    "resident.told_sex": "sex",
    "resident.told_birth_date": "birth_date",
    "household.address": "address",
    "household.remark": "remarks",
    "membership.relation": "relation",
    "care_record.risk": "risk_level",
    "care_record.remark": "remarks",
    "visit.remark": "remarks",
    "visit.needs": "need",
    "visit.services": "service",
    "members": "family_members",
    "where_now": "place",
    "head": "household_head",
    "last_visit": "visit",
    "signatures": "signature",
    "seal": "official_seal",
    "measures": "help",
    "opinions": "opinion",
    "plan_content": "content",
    "plan_until": "term_period",
    "plan_result": "result",
    "entrusted_until": "term_period",
    "service_content": "service",
    "service_date": "date",
    "wishes": "request",
}
"""Key of a head cell -> term, where the two differ in name."""
