"""Everything out of the archive, for another program or an office (导出). Two archives in step export equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import roster_export, targets
from shequ_desktop.services.records import shown_fields
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.files import write_whole
from shequ_desktop.storage.reading import Reader, Record


def lines(reader: Reader) -> Iterator[str]:
    """One record a line as JSON, keys sorted, lines sorted by kind and id."""
    for record in records(reader):
        values = {"kind": record.kind, "id": record.id, "fields": record.fields}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True) + "\n"


def records(reader: Reader) -> Iterator[Record]:
    """Every record that is not retracted, sorted by kind and id, with the values in force."""
    for kind in sorted(KINDS):
        for record in reader.all(kind):
            yield Record(kind, record.id, shown_fields(kind, record.fields))


def export(archive: Archive, *, form: str, out: Path, language: str) -> int | Problem:
    """Write all records to `out`, whole or not at all: `jsonl`, or `xlsx` with a sheet a kind. Answers how many."""
    refused = targets.refused(out, own=archive.folder)
    if refused:
        return refused
    with archive.read() as reader:
        if form == "jsonl":
            written = list(lines(reader))
            problem = _write(out, "".join(written).encode())
            count = len(written)
        else:
            listed = list(records(reader))
            problem = roster_export.write_records(out, listed, language=language)
            count = len(listed)
    if problem:
        return problem
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act="exported", detail=f"{form} {count}")
    return count


def _write(out: Path, content: bytes) -> Problem | None:
    try:
        write_whole(out, content)
    except OSError as error:
        return Problem("not_written", values=(("file", str(out)), ("why", error.strerror or str(error))))
    return None
