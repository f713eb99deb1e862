"""Two laptops come to agree (两台电脑对上): exchanges, edits that did not see each other, a decision, three equal exports."""

from __future__ import annotations

from shequ_desktop.demo import exchanging
from shequ_desktop.demo.day import LEAGUE, Day, Laptop, export_of
from shequ_desktop.demo.words import words
from shequ_desktop.domain import codes
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import due, exporting, records

MOST_ROUNDS = 4
"""Exchanges of both laptops within which they have to agree."""
_RISK_OF_A, _RISK_OF_B = "1", "3"
_CONTESTED = 2  # the third household due: none of the two visits is there


def exchange_first(day: Day) -> Problem | None:
    """What A took in from the roster reaches B."""
    problem = exchanging.exchange(day, day.a) or exchanging.exchange(day, day.b)
    if problem:
        return problem
    if len(due.told(day.b.archive, on=day.today)) != len(due.told(day.a.archive, on=day.today)):
        return day.not_so("demo_due_differs")
    day.note("demo_first_exchange", sent=day.exchanges[0].sent, received=day.exchanges[-1].received)
    return None


def edit_on_both(day: Day) -> Problem | None:
    """Without network, both workers change the same address and the same risk, and neither sees the other's."""
    contested = due.told(day.a.archive, on=day.today)[_CONTESTED]
    care = contested["care_records"][0]
    for laptop, risk, address in ((day.a, _RISK_OF_A, "address_of_a"), (day.b, _RISK_OF_B, "address_of_b")):
        typed = contested["address"] + words(address)[0]
        problem = _edit(day, laptop, "household", contested["household"], {"address": typed}) or _edit(
            day, laptop, "care_record", care, {"risk": risk}
        )
        if problem:
            return problem
    day.note("demo_both_edited", head=contested["head"], a=_risk(_RISK_OF_A), b=_risk(_RISK_OF_B))
    return None


def exchange_again(day: Day) -> Problem | None:
    """Evening: both have a network again. The rule decides about the address; the risk waits for a person."""
    for laptop in (day.a, day.b, day.a):
        problem = exchanging.exchange(day, laptop)
        if problem:
            return problem
    day.waited = exchanging.seen_conflicts(day.b)
    waiting = [conflict for conflict in day.waited if conflict.open]
    superseded = [conflict for conflict in day.waited if not conflict.open]
    if [conflict.group for conflict in waiting] != ["risk"] or [conflict.group for conflict in superseded] != ["address"]:
        return day.not_so("demo_conflicts_other", count=len(day.waited))
    if exchanging.seen_conflicts(day.a) != day.waited:
        return day.not_so("demo_conflicts_differ")
    day.note("demo_conflict", users="、".join(side.user for side in waiting[0].sides))
    return None


def decide(day: Day) -> Problem | None:
    """B's worker decides: the higher risk stands."""
    conflict = next(conflict for conflict in day.waited if conflict.open)
    side = next(side for side in conflict.sides if side.fields.get("risk") == _RISK_OF_A)
    problem = exchanging.decide(day, day.b, conflict, take=side.n)
    if problem:
        return problem
    day.note("demo_decided", user=day.b.user, value=_risk(_RISK_OF_A))
    return None


def exchange_until_agreed(day: Day) -> Problem | None:
    """Both exchange until neither has anything to send or receive."""
    for _ in range(MOST_ROUNDS):
        before = len(day.exchanges)
        for laptop in (day.b, day.a):
            problem = exchanging.exchange(day, laptop)
            if problem:
                return problem
        if not any(one.sent or one.received for one in day.exchanges[before:]):
            break
    else:
        return day.not_so("demo_never_quiet")
    day.decided = exchanging.seen_conflicts(day.a)
    if any(conflict.open for conflict in day.decided) or exchanging.seen_conflicts(day.b) != day.decided:
        return day.not_so("demo_conflicts_differ")
    return None


def compare_exports(day: Day) -> Problem | None:
    """Both laptops and the league hold the same, byte for byte."""
    if day.league is None:
        raise RuntimeError("the league runs until the day ends")
    files = {name: day.places.work / f"export-{name}.jsonl" for name in ("A", "B", LEAGUE)}
    for laptop in (day.a, day.b):
        written = exporting.export(laptop.archive, form="jsonl", out=files[laptop.label], language=day.language)
        if isinstance(written, Problem):
            return day.failed(written)
    problem = day.league.export(files[LEAGUE])
    if problem:
        return problem
    day.exports = [export_of(name, file.read_bytes()) for name, file in files.items()]
    if len({one.sha256 for one in day.exports}) != 1:
        return day.not_so("demo_exports_differ")
    for file in files.values():
        file.unlink()  # readable records: they were needed for their hash only
    day.note("demo_agreed", records=day.exports[0].records)
    return None


def _edit(day: Day, laptop: Laptop, kind: str, record: str, typed: dict[str, str]) -> Problem | None:
    edited = records.edit(laptop.archive, kind=kind, record=record, typed=typed, today=day.today)
    return day.failed(edited) if isinstance(edited, list) else None


def _risk(code: str) -> str:
    return codes.zh("risk_level", code)
