"""Everything handed out with the program may be handed out: an office gets it without asking anybody."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable

from packaging.requirements import Requirement

MAY_BE_HANDED_OUT = re.compile(r"\b(MIT|BSD|Apache|PSF|ISC|Zlib|HPND|Unlicense|0BSD)\b", re.IGNORECASE)
REPLACEABLE = {"pyside6-essentials", "shiboken6", "psycopg", "psycopg-binary"}
"""Under the LGPL, and installed as libraries of their own that can be replaced."""
READ_IN_THEIR_SOURCE = {"pyrage": "MIT", "sqlcipher3": "Zlib"}
"""Libraries whose metadata says nothing."""


def needed_by(name: str, extras: Iterable[str]) -> dict[str, importlib.metadata.Distribution]:
    """The installed libraries that one needs here, and those that they need."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = [(name, tuple(extras))]
    while waiting:
        name, wanted = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        found[key] = importlib.metadata.distribution(name)
        requirements = [Requirement(line) for line in found[key].requires or []]
        waiting += [(r.name, tuple(r.extras)) for r in requirements if applies(r, wanted)]
    return found


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def licence_of(name: str, library: importlib.metadata.Distribution) -> str:
    metadata = library.metadata
    said = [metadata[part][:80] for part in ("License-Expression", "License") if part in metadata]
    said += [line.split("::")[-1] for line in metadata.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join(said).strip() or READ_IN_THEIR_SOURCE.get(name, "")


def test_every_library_has_a_licence_that_lets_us_hand_it_out() -> None:
    libraries = needed_by("shequ-desktop", ("desktop", "league"))
    assert len(libraries) > 25
    del libraries["shequ-desktop"]
    licences = {name: licence_of(name, library) for name, library in libraries.items() if name not in REPLACEABLE}
    assert {name: licence for name, licence in licences.items() if not MAY_BE_HANDED_OUT.search(licence)} == {}


def test_libraries_under_the_lgpl_are_only_those_that_can_be_replaced() -> None:
    libraries = needed_by("shequ-desktop", ("desktop", "league"))
    assert {name for name, library in libraries.items() if "GPL" in licence_of(name, library)} == REPLACEABLE
