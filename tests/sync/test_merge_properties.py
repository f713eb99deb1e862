"""Any edits of three devices, arriving in any order: what must hold always (I1, I2, I5, I12), checked from the outside."""

from __future__ import annotations

import functools
import itertools
import random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shequ_desktop.domain.changes import RETRACTED, Change, Logged, Outcome
from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State, applied
from shequ_desktop.sync.conflicts import conflicts_of, history_of
from shequ_desktop.sync.merge import Head, decide, group_of, policy_of

KIND = KINDS["resident"]
DEVICES = ("a", "b", "c")
GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "remark": ("remark",),
    "life_state": ("residence_state", "residence_place", "residence_since"),
    "horse": ("horse",),
}
FEW = st.sampled_from([None, "1", "2", "3"])


def _named(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


EDITS = st.one_of(
    *(st.tuples(*[FEW] * len(names)).map(functools.partial(_named, names)) for names in GROUPS.values()),
    st.tuples(FEW, FEW).map(lambda told: {"name": told[0], "remark": told[1]}),
    st.sampled_from([{"subsidies": {"add": ["01"], "remove": []}}, {"subsidies": {"add": [], "remove": ["01"]}}]),
    st.sampled_from([{RETRACTED: True}, {RETRACTED: False}]),
)


class Device:
    """What one laptop has applied, and what it has not sent yet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.n = 0
        self.cursor = 0
        self.opened_at: int | None = None
        self.unsent: list[Change] = []
        self.state: State | None = None


class ThreeLaptops(RuleBasedStateMachine):
    """One record. A model of its own keeps what each change's writer had seen."""

    def __init__(self) -> None:
        super().__init__()
        self.devices = {name: Device(name) for name in DEVICES}
        self.log: list[Logged] = []
        self.head = Head()
        self.made: list[Change] = []
        self.knew: dict[tuple[str, int, int], set[tuple[str, int, int]]] = {}
        self.saved: dict[str, set[tuple[Any, ...]]] = {group: set() for group in GROUPS}

    @rule(device=st.sampled_from(DEVICES))
    def a_form_is_opened(self, device: str) -> None:
        self.devices[device].opened_at = self.devices[device].cursor

    @rule(device=st.sampled_from(DEVICES), fields=EDITS, clock=st.integers(0, 9))
    def an_edit_is_saved(self, device: str, fields: dict[str, Any], clock: int) -> None:
        laptop = self.devices[device]
        seen = laptop.cursor if laptop.opened_at is None else laptop.opened_at
        laptop.opened_at = None
        laptop.n += 1
        change = Change(device, 1, laptop.n, "resident", "r", fields, seen, device, clock)
        own = {made.id for made in self.made if made.device == device}
        self.knew[change.id] = {row.change.id for row in self.log[:seen]} | own
        laptop.unsent.append(change)
        self.made.append(change)
        for group, names in GROUPS.items():
            if names[0] in fields:
                self.saved[group].add(tuple(fields[name] for name in names))

    @rule(device=st.sampled_from(DEVICES), which=st.integers(0, 3))
    def one_of_its_changes_arrives(self, device: str, which: int) -> None:
        laptop = self.devices[device]
        if not laptop.unsent:
            return
        change = laptop.unsent.pop(which % len(laptop.unsent) if which == 3 else 0)
        before = Head(self.log)
        outcome = self.head.decide(change, seq=len(self.log) + 1, fair_ms=change.time_ms)
        self.log.append(Logged(change, outcome))
        self.nobody_wins_or_loses_unseen(before, change, outcome)
        self.nothing_vanishes_unseen(before, change, outcome)
        self.newer_rows_are_enough(change, outcome)

    @rule(device=st.sampled_from(DEVICES))
    def a_laptop_pulls(self, device: str) -> None:
        laptop = self.devices[device]
        for row in self.log[laptop.cursor :]:
            laptop.state = applied(laptop.state, row.change, row.outcome)
        laptop.cursor = len(self.log)

    def nobody_wins_or_loses_unseen(self, before: Head, change: Change, outcome: Outcome) -> None:
        knew = self.knew[change.id]
        for group in {group_of(KIND, name) for name in change.fields} - {RETRACTED}:
            stood = before.standing.get(group)
            if stood is None or policy_of(KIND, group) is Policy.UNION:
                assert group not in outcome.lost
                continue
            known = {(s.device, s.incarnation, s.n): s.seq for s in stood.all}
            unseen = {seq for made, seq in known.items() if made not in knew}
            differs = stood.values != {
                n: change.fields[n] for n in change.fields if group_of(KIND, n) == group and change.fields[n]
            }
            went_on = any(
                change.id in self.knew[row.change.id] and row.change.device == change.device
                for row in before.rows
                if any(group_of(KIND, name) == group for name in row.change.fields)
            )
            if group in outcome.lost:
                assert went_on or (unseen and unseen <= set(outcome.unseen))
            elif unseen and differs:
                assert unseen <= set(outcome.unseen)
                assert policy_of(KIND, group) is Policy.LATEST

    def nothing_vanishes_unseen(self, before: Head, change: Change, outcome: Outcome) -> None:
        """A retraction stands over work of others only where its writer, or the worker, knew of the other."""
        gone = {(s.device, s.incarnation, s.n) for s in before.retraction.all} if before.retraction else set()
        agreed = gone & self.knew[change.id]
        if change.fields.get(RETRACTED) and gone:
            assert RETRACTED not in outcome.lost or any(change.id in self.knew[row.change.id] for row in before.rows)
        elif change.fields.get(RETRACTED) and RETRACTED not in outcome.lost:
            for row in before.rows:
                other = row.change
                known = other.id in self.knew[change.id] or other.device == change.device
                assert known or other.fields.get(RETRACTED)
        elif gone and RETRACTED not in change.fields:
            late = any(change.id in self.knew[made] for made in gone)
            assert outcome.revives == (not agreed and not late)

    def newer_rows_are_enough(self, change: Change, outcome: Outcome) -> None:
        """The league need only read what the writer had not seen, and whether the record is retracted."""
        whole = Head(self.log[:-1])
        newer = Head(self.log[change.seen : -1])
        again = decide(
            change,
            seq=outcome.seq,
            fair_ms=outcome.fair_ms,
            standing=newer.standing,
            retraction=whole.retraction,
            newer=newer.rows,
        )
        assert again == outcome

    @invariant()
    def every_value_can_be_read_with_who_and_what_became_of_it(self) -> None:
        rows = self.log + [Logged(change) for laptop in self.devices.values() for change in laptop.unsent]
        names = {name for change in self.made for name in change.fields}
        told = {name: {(past.id, str(past.value), past.user) for past in history_of(rows, name)} for name in names}
        for change in self.made:
            for name, value in change.fields.items():
                assert (change.id, str(value), change.author) in told[name]

    @invariant()
    def what_stands_was_entered_by_somebody_as_a_whole(self) -> None:
        state = self.folded(self.log)
        for group, names in GROUPS.items():
            values = tuple(state.fields.get(name) for name in names)
            assert any(values) <= (values in self.saved[group])
            stood = self.head.standing.get(group)
            assert values == tuple((stood.values if stood else {}).get(name) for name in names)
        assert state.retracted == (self.head.retraction is not None)

    @invariant()
    def nothing_stands_over_an_unseen_value_without_being_shown(self) -> None:
        """Every value that no later writer saw, and that does not stand, is a side of a conflict; under REVIEW an open one."""
        conflicts = conflicts_of(self.log, KIND)
        for group in GROUPS:
            rows = [row for row in self.log if any(group_of(KIND, name) == group for name in row.change.fields)]
            latest = [row for at, row in enumerate(rows) if not any(row.change.id in self.knew[r.change.id] for r in rows)]
            stood = self.head.standing.get(group)
            shown = [side.fields for c in conflicts if c.group == group and not c.decided_by for side in c.sides]
            for row in latest:
                value = {name: row.change.fields[name] for name in GROUPS[group]}
                if stood is None or {n: v for n, v in value.items() if v} != stood.values:
                    assert value in shown
            waiting = [c for c in conflicts if c.group == group and c.open]
            assert len(waiting) <= 1
            assert not waiting or policy_of(KIND, group) is Policy.REVIEW

    @invariant()
    def a_conflict_is_between_those_who_had_not_seen_each_other(self) -> None:
        by_seq = {row.outcome.seq: row.change for row in self.log if row.outcome}
        for conflict in conflicts_of(self.log, KIND):
            for one, other in itertools.combinations(conflict.sides, 2):
                assert one.fields != other.fields
                if conflict.group != RETRACTED:
                    assert by_seq[one.seq].id not in self.knew[by_seq[other.seq].id]
                    assert by_seq[other.seq].id not in self.knew[by_seq[one.seq].id]

    @invariant()
    def no_record_vanishes_over_work_that_its_retractor_had_not_seen(self) -> None:
        open_ones = [c for c in conflicts_of(self.log, KIND) if c.group == RETRACTED and c.open]
        life = [row.change for row in self.log if RETRACTED in row.change.fields]
        for row in self.log:
            if row.outcome is None or self.head.retraction is not None:
                continue
            overruled = [self.log[seq - 1].change for seq in row.outcome.unseen] if row.outcome.revives else []
            waiting = [row.change] if RETRACTED in row.outcome.lost else []
            for made in waiting + [made for made in overruled if made.fields.get(RETRACTED)]:
                answered = any({made.id, row.change.id} & self.knew[later.id] for later in life)
                assert answered or len(open_ones) == 1
        if self.head.retraction is None:
            return
        assert open_ones == []

    @invariant()
    def all_readers_see_the_same(self) -> None:
        shuffled = self.log[:]
        random.Random(len(self.log)).shuffle(shuffled)
        assert conflicts_of(shuffled, KIND) == conflicts_of(self.log, KIND)
        for laptop in self.devices.values():
            assert laptop.state == (self.folded(self.log[: laptop.cursor]) if laptop.cursor else None)
        ids = [c.id for c in conflicts_of(self.log, KIND)]
        assert len(ids) == len(set(ids))

    def folded(self, rows: list[Logged]) -> State:
        state = State()
        for row in rows:
            state = applied(state, row.change, row.outcome)
        return state


ThreeLaptops.TestCase.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
TestThreeLaptops = ThreeLaptops.TestCase
