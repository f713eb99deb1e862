"""What is shown = what the league decided, with own unsent changes on top, however the two arrive."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.changes import RETRACTED, Change, Logged, Outcome
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied
from shequ_desktop.services import doctoring
from shequ_desktop.storage import apply, journal, rows, search, shadows
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.unit_of_work import UnitOfWork
from tests.made import make_archive

RECORDS = ("01a0c450-6c00-7000-a238-e3a8ed1ecb8c", "01a0c450-6c00-7001-a238-e3a8ed1ecb8c")
CONTENT = st.one_of(
    st.builds(lambda v: {"remark": v}, st.sampled_from([None, "甲", "乙"])),
    st.builds(lambda v: {"number": v}, st.sampled_from(["1", "2"])),
    st.builds(
        lambda a, w: {"address": a, "area": None, "area_words": w}, st.sampled_from(["东", "西"]), st.sampled_from(["a", None])
    ),
    st.builds(lambda v: {RETRACTED: v}, st.booleans()),
)
LOST = st.sampled_from(
    [frozenset(), frozenset(), frozenset({"remark"}), frozenset({"address"}), frozenset({"number", RETRACTED})]
)
STEP = st.tuples(
    st.sampled_from(["own", "own", "far", "far", "decide", "decide two"]), st.integers(0, 1), CONTENT, LOST, st.booleans()
)


class Model:
    """The league's order and the device's own waiting changes, folded by the pure function and nothing else."""

    def __init__(self) -> None:
        self.decided: list[Logged] = []
        self.waiting: list[Change] = []

    def state(self, record: str, *, with_own: bool) -> State | None:
        state: State | None = None
        for row in self.decided:
            if row.change.record == record:
                state = applied(state, row.change, row.outcome)
        for change in self.waiting if with_own else ():
            if change.record == record:
                state = applied(state, change)
        return state


def own_change(archive: Archive, record: str, fields: dict[str, Any]) -> Change:
    """A change of this device, written exactly as given: the model must not depend on what a save leaves out."""
    with archive.engine.begin() as connection:
        work = UnitOfWork(connection, archive.user, archive.clock(), archive.ids)
        change = work._change("household", record, fields, None, "")
        apply.own_changes(connection, work.names, "household", [change], rows.read(connection, "household", [record]))
        work.close()
    archive.refresh()
    return change


def decide(archive: Archive, logged: Sequence[Logged], own: Sequence[Change]) -> None:
    with archive.engine.begin() as connection:
        apply.decided(connection, Names(connection), logged, own=[change.id for change in own])
    archive.refresh()


def step(archive: Archive, model: Model, seqs: Iterator[int], one: tuple[str, int, dict[str, Any], frozenset[str], bool]) -> None:
    what, place, fields, lost, revives = one
    record = RECORDS[place]
    if what == "own":
        model.waiting.append(own_change(archive, record, fields))
        return
    if what == "far":
        far = Change("far", 7, next(seqs), "household", record, fields, 0, "远方", 1_795_000_000_000)
        logged = [Logged(far, Outcome(far.n, far.time_ms, lost, (), revives))]
        decide(archive, logged, [])
    else:
        mine = model.waiting[: 2 if what == "decide two" else 1]
        model.waiting = model.waiting[len(mine) :]
        logged = [Logged(change, Outcome(next(seqs), change.time_ms, lost, (), revives)) for change in mine]
        decide(archive, logged, mine)
    model.decided += logged


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, max_size=14))
def test_any_interleaving_shows_what_the_model_says(steps: list[tuple[str, int, dict[str, Any], frozenset[str], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder) / "a")
        model, seqs = Model(), itertools.count(1)
        for one in steps:
            step(archive, model, seqs, one)
            assert_as_the_model_says(archive, model)
        assert {check.state for check in doctoring.examine(archive)} == {"right"}
        archive.close()


def assert_as_the_model_says(archive: Archive, model: Model) -> None:
    with archive.read() as reader:
        kept = shadows.read(reader.connection, "household", RECORDS)
        waiting = journal.unsent(reader.connection, Names(reader.connection))
        for record in RECORDS:
            shown, wanted = reader.record("household", record), model.state(record, with_own=True)
            told = None if shown is None else State(dict(shown.fields), shown.retracted, shown.seq)
            assert told == wanted
    assert [row.change for row in waiting] == model.waiting
    edited = {change.record for change in model.waiting}
    decided = {row.change.record for row in model.decided}
    assert set(kept) == edited & decided
    assert kept == {record: model.state(record, with_own=False) for record in kept}


def test_an_own_change_decided_below_a_number_already_searched_is_found_as_it_stands(archive: Archive) -> None:
    record = RECORDS[0]
    first = own_change(archive, record, {"address": "东街", "area": None, "area_words": None})
    other = Change("far", 7, 1, "household", RECORDS[1], {"number": "9"}, 0, "远方", 1)
    decide(archive, [Logged(other, Outcome(8, 1))], [])
    decide(archive, [Logged(first, Outcome(5, 1, frozenset({"address"})))], [first])
    with archive.read() as reader:
        assert search.find(reader.connection, "东街") == []


def test_a_kind_that_this_program_does_not_know_waits_in_the_log(archive: Archive) -> None:
    strange = Change("far", 7, 1, "camel", RECORDS[0], {"humps": 2}, 0, "远方", 1)
    decide(archive, [Logged(strange, Outcome(1, 1))], [])
    assert "camel" not in KINDS
    with archive.read() as reader:
        assert [row.change for row in reader.log_of([RECORDS[0]])] == [replace(strange)]
    assert {check.state for check in doctoring.examine(archive)} == {"right"}
