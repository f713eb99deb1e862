"""What the frame says of the archive itself: whose place it is, what waits to be sent, each page's number.

Read beside the window, in one go; knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from shequ_desktop.domain.areas import areas
from shequ_desktop.services import opened, practice, synchronise
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.page import Count
from shequ_desktop.ui.session import SyncState

Counting = Callable[[OpenArchive, date], Count | int]


@dataclass(frozen=True, slots=True)
class Standing:
    """`place`: name of the archive's area; empty where it has none."""

    place: str
    practice: bool
    sync: SyncState
    counts: Mapping[str, Count]


def read_standing(archive: OpenArchive, counted: Mapping[str, Counting], today: date) -> Standing:
    """All of it, as it is now."""
    status = synchronise.status(archive)
    area = status.area or opened.place_of(archive)
    found = {key: count(archive, today) for key, count in counted.items()}
    return Standing(
        place=areas().name(area) if area and areas().is_area(area) else "",
        practice=practice.is_practice(archive),
        sync=SyncState(status.enrolled, status.waiting, _moment(status.last_contact_ms), len(status.set_aside)),
        counts={key: Count(number) if isinstance(number, int) else number for key, number in found.items()},
    )


def _moment(at_ms: int) -> datetime | None:
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone() if at_ms else None
