"""Looking at what is masked (查看遮住的号码): the whole value, and a line that says who looked at which field of which record."""

from __future__ import annotations

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import audit
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.ids import is_id

ACT = "looked"


def reveal(archive: Archive, *, kind: str, record: str, field: str) -> str | Problem:
    """The whole value of a masked field; written down before it is shown."""
    with archive.read() as reader:
        there = reader.record(kind, record) if kind in KINDS and is_id(record) else None
    if there is None:
        return Problem("no_such_record", values=(("kind", kind), ("record", record)))
    with archive.engine.begin() as connection:
        audit.note(connection, at_ms=archive.clock(), user=archive.user, act=ACT, detail=f"{kind}.{field} {record}")
    return str(there.fields.get(field, ""))
