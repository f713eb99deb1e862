"""Faults planted on purpose, one at a time, to show that the simulation can fail: each names what a careless change might do."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unittest import mock

import sqlalchemy as sa

from shequ_desktop.domain import state
from shequ_desktop.domain.changes import RETRACTED, Logged
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import archive_store
from shequ_desktop.storage import again, aligning, apply, journal, replaying, unit_of_work
from shequ_desktop.storage.names import Names
from shequ_desktop.sync import merge
from shequ_league import appending, meeting, scope
from shequ_league.pulling import Puller
from tests.simulation.run import run

Patch = contextlib.AbstractContextManager[Any]


class Anything:
    """Equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def drop_a_change() -> list[Patch]:
    """Of a save of several records the last one is written to its table and not to the log."""
    own = apply.own_changes

    def own_changes(connection: Any, names: Any, kind: str, changes: Sequence[Any], known: Any) -> None:
        with mock.patch.object(journal, "append") if kind == "membership" else contextlib.nullcontext():
            own(connection, names, kind, changes, known)

    return [mock.patch.object(apply, "own_changes", own_changes)]


def apply_twice() -> list[Patch]:
    """What the league has already is taken in again under another number."""
    taken_in = appending.append

    def append(connection: Any, arrived: Sequence[Logged], sender: Any, *, now_ms: int) -> Any:
        known = appending._known(connection, Names(connection), [row.change for row in arrived])
        again = [replace(row, change=replace(row.change, n=row.change.n + 10**6)) for row in arrived if row.change.id in known]
        return taken_in(connection, [*arrived, *again], sender, now_ms=now_ms)

    return [mock.patch.object(meeting, "append", append)]


def lose_the_loser() -> list[Patch]:
    """What does not stand is not kept either."""
    decided = appending._decided

    def only_what_stands(*told: Any) -> list[Logged]:
        return [_without_lost(row) for row in decided(*told)]

    return [mock.patch.object(appending, "_decided", only_what_stands)]


def _without_lost(row: Logged) -> Logged:
    kind = KINDS.get(row.change.kind)
    lost = row.outcome.lost if row.outcome else frozenset()
    fields = {name: value for name, value in row.change.fields.items() if merge.group_of(kind, name) not in lost}
    return replace(row, change=replace(row.change, fields=fields))


def trust_the_wall_clock() -> list[Patch]:
    """The time of a change is what the laptop says."""
    return [mock.patch.object(appending, "fair_ms", lambda time_ms, **_: time_ms)]


def skip_a_cursor() -> list[Patch]:
    """A device that has been here before is given what follows one after its cursor."""
    given = Puller._rows

    def later(self: Puller, since: int, last: int) -> list[Logged]:
        return given(self, since + 1 if since else since, last)

    return [mock.patch.object(Puller, "_rows", later)]


def break_a_group() -> list[Patch]:
    """A change carries the fields that were typed, not their whole group."""

    def only_typed(kind: Any, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in state.touched(kind, before, wanted).items() if name in wanted}

    return [mock.patch.object(unit_of_work, "touched", only_typed)]


def forget_an_incarnation() -> list[Patch]:
    """A copy's changes are taken for those that the original sent under the same numbers."""
    return [
        mock.patch.object(appending, "content_of", return_value=b""),
        mock.patch.object(aligning, "is_strange", return_value=False),
        mock.patch.object(archive_store, "content_mark", return_value=Anything()),
    ]


def resurrect() -> list[Patch]:
    """Any decided edit brings a retracted record back, also one whose writer knew that it is retracted."""
    fold = state.applied

    def applied(before: Any, change: Any, outcome: Any = None) -> Any:
        made = fold(before, change, outcome)
        return replace(made, retracted=False) if outcome and RETRACTED not in change.fields else made

    return [mock.patch.object(room, "applied", applied) for room in (apply, again, replaying)]


def leak_a_scope() -> list[Patch]:
    """A limited device is given everything."""
    return [mock.patch.object(scope, "within", return_value=sa.true())]


def silent_loser() -> list[Patch]:
    """The league decides, and does not say that somebody's value did not stand."""
    decide = merge.decide

    def plain(*told: Any, **named: Any) -> Any:
        return replace(decide(*told, **named), lost=frozenset(), unseen=())

    return [mock.patch.object(merge, "decide", plain)]


FAULTS: Mapping[str, Callable[[], list[Patch]]] = {
    made.__name__: made
    for made in (
        drop_a_change,
        apply_twice,
        lose_the_loser,
        trust_the_wall_clock,
        skip_a_cursor,
        break_a_group,
        forget_an_incarnation,
        resurrect,
        leak_a_scope,
        silent_loser,
    )
}


@contextlib.contextmanager
def planted(fault: str) -> Iterator[None]:
    """While open, the program has this fault."""
    with contextlib.ExitStack() as stack:
        for patch in FAULTS[fault]():
            stack.enter_context(patch)
        yield


def hunt(seeds: int, *, say: Callable[[str], object]) -> int:
    """Plant each fault in turn; say the first seed that finds it. 1 where one was not found."""
    missed = 0
    for fault in FAULTS:
        with planted(fault):
            found = next((ended for seed in range(seeds) if (ended := run(seed)).wrong), None)
        say(f"{fault:24} {f'seed {found.seed}: {found.wrong[:110]}' if found else f'not found in {seeds} seeds'}")
        missed += found is None
    return 1 if missed else 0
