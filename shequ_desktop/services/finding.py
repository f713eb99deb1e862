"""Finding a household or a person by whatever is known of them (查找)."""

from __future__ import annotations

from shequ_desktop.services.records import shown_fields
from shequ_desktop.storage import search, search_index
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.reading import Record


def find(archive: Archive, *, words: str, limit: int = 50) -> list[Record]:
    """Records that all the words fit, the likeliest first: part of a name, initials, number or its last four, address."""
    with archive.read() as reader:
        hits = search.find(reader.connection, words, limit=limit)
        by_kind = {kind: reader.records(kind, [record for of, record in hits if of == kind]) for kind in search_index.INDEXED}
    found = [by_kind[kind][record] for kind, record in hits if record in by_kind[kind]]
    return [Record(hit.kind, hit.id, shown_fields(hit.kind, hit.fields)) for hit in found]
