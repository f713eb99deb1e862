"""What waits, what is set aside and earlier exchanges as lines of tables. Knows no Qt widget."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from shequ_desktop.services.sync_history import Exchanged
from shequ_desktop.services.sync_overview import Aside, Overview, Pile
from shequ_desktop.ui import days
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line
from shequ_desktop.wording import catalogue

WAIT_COLUMNS = (
    Column("ui.sync.head.what"),
    Column("ui.sync.head.about", gives=True),
    Column("ui.sync.head.count", right=True),
    Column("ui.sync.head.size", right=True, leaves=1),
    Column("ui.sync.head.where"),
)
PAST_COLUMNS = (
    Column("ui.sync.head.when"),
    Column("ui.sync.head.way", leaves=1),
    Column("ui.sync.head.up", right=True),
    Column("ui.sync.head.down", right=True),
    Column("ui.sync.head.result", gives=True),
)
_ICONS = {
    "household": "house", "resident": "user", "membership": "users", "phone": "phone", "care_record": "hand-heart",
    "visit": "footprints", "visit_note": "footprints", "follow_up": "check-circle", "question": "question",
}  # fmt: skip
_RESULTS = {"sync_stopped": "stopped", "league_broke_off": "broken", "league_not_reached": "offline"}


def waiting(overview: Overview) -> list[Pile | Aside]:
    """Piles, then each change that is set aside."""
    return [*overview.piles, *overview.aside]


def waiting_id(thing: Pile | Aside) -> str:
    if isinstance(thing, Pile):
        return f"{thing.kind} {thing.sent}"
    return f"{thing.change.record} {thing.change.time_ms} {' '.join(thing.change.fields)}"


def waiting_line(teller: Teller) -> Callable[[Pile | Aside], Line]:
    def made(thing: Pile | Aside) -> Line:
        return _pile(teller, thing) if isinstance(thing, Pile) else _aside(teller, thing)

    return made


def _pile(teller: Teller, pile: Pile) -> Line:
    where = ("ui.sync.sent", "accent", "paper-plane-tilt") if pile.sent else ("ui.sync.here", "text_2", "check")
    cells = (
        Cell(_kind(teller, pile.kind), icon=_ICONS.get(pile.kind, "")),
        Cell(_names(teller, pile.who, more=pile.changes > len(pile.who)), "text_2"),
        Cell(f"{pile.changes:,}"),
        Cell(size(teller, pile.size), "text_2", small=True),
        Cell(teller.say(where[0]), where[1], where[2], small=True),
    )
    return Line(waiting_id(pile), cells)


def _aside(teller: Teller, aside: Aside) -> Line:
    change, words = aside.change, catalogue(teller.language)
    why = words.get(change.key, change.key)
    about = teller.say("ui.sync.aside_about", who=aside.who, why=why) if aside.who else why
    cells = (
        Cell(_kind(teller, change.kind), icon=_ICONS.get(change.kind, "")),
        Cell(about, "text_2"),
        Cell("1"),
        Cell("", small=True),
        Cell(teller.say("ui.sync.aside_mark"), "warn", "warning-circle", strong=True, small=True),
    )
    return Line(waiting_id(aside), cells)


def _kind(teller: Teller, kind: str) -> str:
    return catalogue(teller.language).get(f"term.{kind}", kind)


def _names(teller: Teller, who: Sequence[str], *, more: bool) -> str:
    names = teller.listed(who)
    return teller.say("ui.sync.some", names=names) if names and more else names


def size(teller: Teller, size_bytes: int) -> str:
    """0.4 KB, 4.2 MB"""
    if size_bytes < 100:
        return teller.say("ui.sync.size_b", size=size_bytes)
    if size_bytes < 1_000_000:
        return teller.say("ui.sync.size_kb", size=f"{size_bytes / 1_000:,.1f}")
    return teller.say("ui.sync.size_mb", size=f"{size_bytes / 1_000_000:,.1f}")


def past_id(one: Exchanged) -> str:
    return str(one.at_ms)


def past_line(teller: Teller, exchanges: Sequence[Exchanged]) -> Callable[[Exchanged], Line]:
    """`exchanges`: the newest first, so that a line knows which conflicts are new in it."""
    before = {one.at_ms: earlier.conflicts for one, earlier in itertools.pairwise(exchanges)}

    def made(one: Exchanged) -> Line:
        text, tone = _result(teller, one, before.get(one.at_ms, 0))
        cells = (
            Cell(moment(teller, one.at_ms)),
            Cell(teller.say("ui.sync.way.hand" if one.by_hand else "ui.sync.way.itself"), "text_2", small=True),
            Cell(f"{one.sent:,}"),
            Cell(f"{one.received:,}"),
            Cell(text, tone, strong=tone == "warn", small=True),
        )
        return Line(past_id(one), cells)

    return made


def _result(teller: Teller, one: Exchanged, conflicts_before: int) -> tuple[str, str]:
    if one.problem:
        key = _RESULTS.get(one.problem, "wrong")
        key = "offline_times" if key == "offline" and one.times > 1 else key
        return teller.say(f"ui.sync.result.{key}", count=one.times), "text_2"
    if one.set_aside:
        return teller.say("ui.sync.result.aside", count=one.set_aside), "warn"
    if one.conflicts > conflicts_before:
        return teller.say("ui.sync.result.conflicts", count=one.conflicts - conflicts_before), "warn"
    return teller.say("ui.sync.result.done"), "text_2"


def local(at_ms: int) -> datetime:
    """A moment of the league's clock, on the wall here."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()


def moment(teller: Teller, at_ms: int) -> str:
    return days.moment(local(at_ms), teller.today, teller.say)


def days_since(at_ms: int, today: date) -> int | None:
    """None where there never was a contact."""
    return max((today - local(at_ms).date()).days, 0) if at_ms else None
