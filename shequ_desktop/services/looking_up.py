"""What the search line answers while somebody types (快查): people with their household, households with their head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shequ_desktop.services import finding, homes
from shequ_desktop.storage.archive import Archive


@dataclass(frozen=True, slots=True)
class Answer:
    """One household or resident. `head`: name of its head; `household`: where the resident lives. Empty where unknown."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    head: str = ""
    household: str = ""


def answers(archive: Archive, *, words: str, limit: int = 50) -> list[Answer]:
    """Records that all the words fit, the likeliest first."""
    found = finding.find(archive, words=words, limit=limit)
    with archive.read() as reader:
        heads = homes.heads(reader, [one.id for one in found if one.kind == "household"])
        lives_in = homes.of_residents(reader, [one.id for one in found if one.kind == "resident"])
    return [
        Answer(
            one.kind,
            one.id,
            one.fields,
            heads[one.id].fields.get("name", "") if one.id in heads else "",
            lives_in.get(one.id, ""),
        )
        for one in found
    ]
