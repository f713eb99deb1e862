"""Where the exchange stands, as a page shows it (同步概况): what waits, what is set aside, exchanges, the league. No network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shequ_desktop.services import deciding, outbox, practice, sync_history, synchronise
from shequ_desktop.services.sync_history import Exchanged
from shequ_desktop.services.synchronise import Status
from shequ_desktop.storage import waiting
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.outgoing import SetAside


@dataclass(frozen=True, slots=True)
class Pile:
    """Changes of one kind that wait. `sent`: they lie at the league already, undecided. `who`: of the newest few."""

    kind: str
    sent: bool
    changes: int
    size: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A change that the league did not take, whom it is about, and why."""

    change: SetAside
    who: str


@dataclass(frozen=True, slots=True)
class Overview:
    status: Status
    practice: bool
    piles: tuple[Pile, ...]
    aside: tuple[Aside, ...]
    exchanges: tuple[Exchanged, ...]
    carried: int


def overview(archive: Archive) -> Overview:
    """All of it, as it is now."""
    status = synchronise.status(archive)
    sent = [(box.first, box.last) for box in outbox.boxes(archive.folder) if box.is_sent]
    with archive.read() as reader:
        piles = waiting.piles(reader.connection, sent)
        about = [(pile.kind, record) for pile in piles for record in pile.records]
        who = deciding.names(reader, [*about, *((one.kind, one.record) for one in status.set_aside)])
    told = [
        Pile(pile.kind, pile.sent, pile.changes, pile.size, _some(who.get((pile.kind, record), "") for record in pile.records))
        for pile in piles
    ]
    aside = tuple(Aside(one, who.get((one.kind, one.record), "")) for one in status.set_aside)
    listed = tuple(sync_history.exchanges(archive))
    carried = sync_history.carried_this_month(archive, now_ms=archive.clock())
    return Overview(status, practice.is_practice(archive), tuple(told), aside, listed, carried)


def _some(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
