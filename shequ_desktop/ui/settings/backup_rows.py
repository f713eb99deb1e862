"""Backups in words: what one holds beside what is here, the program's own ones. Plain values; knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from shequ_desktop.services.restoring import Contents, Kept, Preview
from shequ_desktop.ui import days
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line

Say = Callable[..., str]
COUNTED = ("household", "resident", "care_record", "visit", "follow_up")
COMPARED = (Column("ui.backup.what", gives=True), Column("ui.backup.inside", right=True), Column("ui.backup.here", right=True))
LISTED = (Column("ui.backup.name", gives=True), Column("ui.backup.when"), Column("ui.backup.size", right=True))
WHY = ("before-upgrade", "before-restore")


@dataclass(frozen=True, slots=True)
class Compared:
    """One line: what is counted, in the backup and here."""

    what: str
    inside: str
    here: str
    differs: bool


def compared(preview: Preview, today: date, say: Say) -> list[Compared]:
    """Counts of records, the last save of each, what waits for the league."""
    inside, here = preview.inside, preview.now
    lines = [_line(say(f"term.{kind}"), _count(inside, kind), _count(here, kind)) for kind in COUNTED]
    lines.append(_line(say("ui.backup.waiting"), f"{inside.waiting:,}", f"{here.waiting:,}"))
    lines.append(_line(say("ui.backup.last"), _saved(inside, today, say), _saved(here, today, say)))
    lines.append(_line(say("ui.backup.by"), inside.author or "—", here.author or "—"))
    return lines


def compared_line(one: Compared) -> Line:
    return Line(one.what, (Cell(one.what), Cell(one.inside, strong=one.differs), Cell(one.here, tone="text_2")))


def kept_line(one: Kept, today: date, say: Say) -> Line:
    why = next((key for key in WHY if key in one.file.name), "")
    name = say("ui.backup.kept", number=one.file.name[:6], why=say(f"ui.backup.why.{why}")) if why else one.file.name
    return Line(str(one.file), (Cell(name), Cell(_moment(one.changed_ms, today, say), "text_2"), Cell(size(one.size))))


def size(octets: int) -> str:
    """1.2 MB, 340 KB"""
    return f"{octets / 1e6:.1f} MB" if octets >= 1e6 else f"{octets / 1e3:.0f} KB"


def loses(preview: Preview, say: Say) -> str:
    """What is here and not in the backup, in one sentence; empty where the backup has as much of everything."""
    fewer = [
        say("ui.backup.fewer", what=say(f"term.{kind}"), count=f"{less:,}")
        for kind in COUNTED
        if (less := preview.now.counts.get(kind, 0) - preview.inside.counts.get(kind, 0)) > 0
    ]
    return say("ui.tell.comma").join(fewer)


def file_name(user_words: str, today: date) -> str:
    """What is proposed: the program's name and the day, nobody's name."""
    return f"{user_words}-{today.isoformat()}.shequ-backup"


def _line(what: str, inside: str, here: str) -> Compared:
    return Compared(what, inside, here, inside != here)


def _count(contents: Contents, kind: str) -> str:
    return f"{contents.counts.get(kind, 0):,}"


def _saved(contents: Contents, today: date, say: Say) -> str:
    return _moment(contents.saved_ms, today, say) if contents.saved_ms else "—"


def _moment(at_ms: int, today: date, say: Say) -> str:
    return days.moment(datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone(), today, say)
