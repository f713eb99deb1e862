"""The sync report of a practice day (同步报告): what was done, sent and received, the conflict with both values, equality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from shequ_desktop.demo.day import LEAGUE, Day
from shequ_desktop.domain.changes import Conflict, Side
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import declarations
from shequ_desktop.storage.files import write_whole


def write(day: Day) -> Problem | None:
    """Write the report as text."""
    try:
        write_whole(day.places.report, ("\n".join(_lines(day)) + "\n").encode("utf-8-sig"))
    except OSError as error:
        return Problem("not_written", values=(("file", str(day.places.report)), ("why", error.strerror or str(error))))
    return None


def _lines(day: Day) -> Iterator[str]:
    yield day.say("demo_report_title", at=day.now().strftime("%Y-%m-%d %H:%M"))
    yield day.say("demo_report_practice")
    yield ""
    yield from day.told
    yield ""
    yield day.say("demo_report_exchanges")
    for n, one in enumerate(day.exchanges, start=1):
        yield day.say("demo_report_exchange", n=n, label=one.label, sent=one.sent, received=one.received)
    yield ""
    yield day.say("demo_report_conflicts")
    for conflict in day.decided:
        yield from _conflict(day, conflict)
    yield ""
    yield day.say("demo_report_exports")
    for export in day.exports:
        side = day.say("demo_side_league") if export.side == LEAGUE else export.side
        yield day.say("demo_report_export", side=side, records=export.records, sha256=export.sha256)


def _conflict(day: Day, conflict: Conflict) -> Iterator[str]:
    """Base, both values and what became of them; of a group only the fields in which they differ."""
    names = dict.fromkeys(name for side in conflict.sides for name in side.fields)
    differing = [name for name in names if len({str(side.fields.get(name)) for side in conflict.sides}) > 1]

    def words(fields: Mapping[str, Any]) -> str:
        told = {name: fields[name] for name in differing if fields.get(name)}
        return _words(conflict.kind, told) or day.say("demo_report_nothing")

    yield day.say("demo_report_conflict", kind=declarations.term_of(conflict.kind), id=conflict.id, base=words(conflict.base))
    for side in conflict.sides:
        yield day.say("demo_report_side", n=side.n, user=side.user, at=_time(side), value=words(side.fields))
    if conflict.decided_by:
        decided = conflict.decided_by
        yield day.say("demo_report_decided", user=decided["user"], value=words(decided["fields"]))
    else:
        stands = next(side for side in conflict.sides if side.stands)
        yield day.say("demo_report_latest", user=stands.user)


def _words(kind: str, fields: Mapping[str, Any]) -> str:
    return "；".join(f"{term}：{value}" for term, value in declarations.in_words(kind, fields))


def _time(side: Side) -> str:
    return datetime.fromtimestamp(side.time_ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
