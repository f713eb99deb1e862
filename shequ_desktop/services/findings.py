"""What does not fit together and was refused to nobody (待核对): two heads of a household, two open care records of a kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Reader


@dataclass(frozen=True, slots=True)
class Finding:
    """`key`: two_heads, no_head or two_care_records. `kind` and `record`: what a person should look at."""

    key: str
    kind: str
    record: str


def findings(archive: Archive) -> list[Finding]:
    """All of them, worked out now; they are never written."""
    with archive.read() as reader:
        return [*_heads(reader), *_care(reader)]


def _heads(reader: Reader) -> list[Finding]:
    heads: Counter[str] = Counter()
    households: set[str] = set()
    for _, household, relation, until in reader.columns("membership", "household", "relation", "until"):
        if household and not until:
            households.add(household)
            heads[household] += relation in HEAD_RELATIONS
    two = [Finding("two_heads", "household", household) for household in sorted(households) if heads[household] > 1]
    none = [Finding("no_head", "household", household) for household in sorted(households) if not heads[household]]
    return two + none


def _care(reader: Reader) -> list[Finding]:
    open_records: Counter[tuple[str, str]] = Counter()
    for _, resident, care_kind, closed_on in reader.columns("care_record", "resident", "care_kind", "closed_on"):
        if resident and not closed_on:
            open_records[resident, care_kind or ""] += 1
    return [Finding("two_care_records", "resident", resident) for (resident, _), n in sorted(open_records.items()) if n > 1]
