"""What changed in the archive since somebody last looked (有了什么变动): by this window, by a command, by the league."""

from __future__ import annotations

from dataclasses import dataclass

from shequ_desktop.storage import journal, meta
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.names import Names

MOST_NAMED = 2_000
"""More records than this are not named one by one: whoever shows a list reads all of it again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody has looked."""

    pos: int = 0
    seq: int = 0
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """Kinds of the records that changed, and the records, or None where they are too many to be named."""

    kinds: frozenset[str] = frozenset()
    records: frozenset[tuple[str, str]] | None = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def concerns(self, kind: str, record: str) -> bool:
        return kind in self.kinds and (self.records is None or (kind, record) in self.records)


def now(archive: Archive) -> Seen:
    """The newest there is."""
    with archive.read() as reader:
        pos, seq = journal.newest(reader.connection)
        return Seen(pos, seq, meta.get(reader.connection, "cursor_seq"))


def since(archive: Archive, seen: Seen) -> tuple[Seen, Changed]:
    """(the newest there is, what changed since then)"""
    newest = now(archive)
    if (newest.pos, newest.seq) == (seen.pos, seen.seq):
        return newest, Changed()
    with archive.read() as reader:
        pos, seq, touched = journal.touched_since(reader.connection, Names(reader.connection), seen.pos, seen.seq)
    kinds = frozenset(kind for kind, _ in touched)
    return Seen(pos, seq, newest.cursor), Changed(kinds, frozenset(touched) if len(touched) <= MOST_NAMED else None)
