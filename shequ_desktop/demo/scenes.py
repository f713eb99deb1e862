"""What each page of the window shows best on a practice archive (画面): the household that was visited, who is in care there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from shequ_desktop.services import due
from shequ_desktop.storage.archive import Archive


def targets(archive: Archive, *, today: date, roster: Path) -> Mapping[str, str]:
    """{page: what it shall show} of an archive in which at least one visit was written."""
    with archive.read() as reader:
        visit = next(reader.all("visit"), None)
        home = str(visit.fields["household"]) if visit else ""
        people = [str(one.fields["resident"]) for one in reader.where("membership", household=home)] if home else []
        care = [record for person in people for record in reader.where("care_record", resident=person)]
    if not home:
        told = due.told(archive, on=today)
        home = told[0]["household"] if told else ""
    named = {"households": home, "visit": home, "import": str(roster), "print": "due", "help": "today", "suggestions": "today"}
    if care:
        named |= {"care": care[0].id, "residents": str(care[0].fields["resident"])}
    return named
