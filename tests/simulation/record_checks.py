"""What must hold of one record, by the saves of it and what their writers knew. Knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Conflict
from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.records import KINDS
from tests.simulation.model import Key, Save, Values, frozen, group_members, last_ones
from tests.simulation.saving import BrokenInvariantError

APART_MS = 500
"""Two saves further apart than this are told apart by their fair times."""


@dataclass(frozen=True)
class Standing:
    """One record as a store shows it."""

    fields: Mapping[str, Any]
    retracted: bool


@dataclass(frozen=True)
class RecordCheck:
    """`knew`: what each writer knew, also through others. `order`: place of each save in the league's log.

    `precise`: every clock was right all day, so that LATEST can be foretold. `renumbered`: a copy or a backup went on under
    new numbers; then its writer may be taken not to have known what it sent under the old ones: more is asked, not less.
    """

    kind: str
    saves: Sequence[Save]
    knew: Mapping[Key, set[Key]]
    order: Mapping[Key, int]
    standing: Standing
    conflicts: Sequence[Conflict]
    precise: bool
    renumbered: bool

    def run(self) -> None:
        for group in sorted({group for save in self.saves for group in save.groups}):
            self._check_group(group)
        for name, element in sorted({one for save in self.saves for one in save.added | save.removed}):
            self._check_element(name, element)
        self._check_retraction()

    @property
    def record(self) -> str:
        return f"{self.kind} {self.saves[0].key[1]}"

    def _told(self, group: str, last: Sequence[Save]) -> str:
        return f"{self.record} {group}: last ones {[(save.key[2], save.groups[group]) for save in last]}"

    # -- groups

    def _check_group(self, group: str) -> None:
        name = next(iter(KINDS[self.kind].groups.get(group, ())), None)
        _, members, policy = group_members(self.kind, name.name if name else group)
        touching = [save for save in self.saves if group in save.groups]
        last = last_ones(touching, self.knew)
        stands = frozen({member: self.standing.fields.get(member) for member in members})
        if stands not in {save.groups[group] for save in touching}:
            raise BrokenInvariantError(f"I12: {self.record} {group} shows {stands}, which nobody entered")
        if stands not in {save.groups[group] for save in last} and not self.renumbered:
            raise BrokenInvariantError(f"I5: {self._told(group, last)}; {stands} stands, though somebody who knew it replaced it")
        self._check_listed(group, last)
        if self.precise and policy is Policy.LATEST:
            self._check_latest(group, last, stands)
        if policy is Policy.REVIEW and not self.renumbered:
            self._check_first(group, touching, last, stands)

    def _check_listed(self, group: str, last: Sequence[Save]) -> None:
        """What differs and was not seen is listed, and nothing else is."""
        values = {save.groups[group] for save in last}
        undecided = [one for one in self.conflicts if one.group == group and not one.decided_by]
        listed = {frozen(side.fields) for conflict in undecided for side in conflict.sides}
        if len(values) > 1 and not listed >= values:
            raise BrokenInvariantError(f"I5: {self._told(group, last)}; listed are {listed}")
        if len(values) > 1 and listed != values and not self.renumbered:
            raise BrokenInvariantError(f"I5: {self._told(group, last)}; listed are {listed}, more than differ")
        if len(values) == 1 and undecided and not self.renumbered:
            raise BrokenInvariantError(f"I5: {self._told(group, last)}; listed for nothing are {listed}")

    def _check_latest(self, group: str, last: Sequence[Save], stands: Values) -> None:
        times = sorted(last, key=lambda save: save.true_ms)
        if len(times) > 1 and times[-1].true_ms - times[-2].true_ms < APART_MS:
            return
        if stands != times[-1].groups[group]:
            raise BrokenInvariantError(f"I7: {self._told(group, last)}; {stands} stands, and was not the latest")

    def _check_first(self, group: str, touching: Sequence[Save], last: Sequence[Save], stands: Values) -> None:
        """Where nobody built on any of the last ones apart, that stands which came first."""
        if len(touching) - len(last) > 1 or not all(self._knew_same(last, touching)):
            return
        first = min(last, key=lambda save: self.order[save.key])
        if stands != first.groups[group]:
            raise BrokenInvariantError(f"I5: {self._told(group, last)}; {stands} stands before a person decided, and came later")

    def _knew_same(self, last: Sequence[Save], touching: Sequence[Save]) -> list[bool]:
        keys = {save.key for save in touching}
        return [self.knew[save.key] & keys == self.knew[last[0].key] & keys for save in last]

    # -- elements of a UNION

    def _check_element(self, name: str, element: str) -> None:
        adding = [save for save in self.saves if (name, element) in save.added]
        removing = [save for save in self.saves if (name, element) in save.removed]
        last = last_ones([*adding, *removing], self.knew)
        is_there = element in self.standing.fields.get(name, ())
        if all(save in adding for save in last) and not is_there:
            raise BrokenInvariantError(f"I5: {self.record} {name} lost {element}, which nobody removed who had seen it")
        if all(save in removing for save in last) and is_there:
            raise BrokenInvariantError(f"I5: {self.record} {name} still has {element}, which was removed")

    # -- retraction

    def _check_retraction(self) -> None:
        away = [save for save in self.saves if save.retracted is True]
        edits = [save for save in self.saves if save.retracted is not True]
        back = [save for save in edits if save.retracted is False]
        gone = self.standing.retracted
        if not away:
            if gone:
                raise BrokenInvariantError(f"I5: {self.record} is retracted, and nobody said so")
            return
        if all(self._are_ordered(edit, one) for edit in edits for one in away) and not (back or gone or self.renumbered):
            raise BrokenInvariantError(f"I5: {self.record} was retracted by who knew it all, and came back")
        apart = [edit for edit in edits if not any(self._are_ordered(edit, one) for one in away)]
        if apart and gone:
            raise BrokenInvariantError(f"I5: {self.record} is retracted over edits that nobody who retracted had seen")
        if apart and not any(conflict.group == RETRACTED for conflict in self.conflicts):
            raise BrokenInvariantError(f"I5: {self.record}: retraction against edit is not listed")
        if gone and any(all(one.key in self.knew[save.key] for one in away) for save in back):
            raise BrokenInvariantError(f"I5: {self.record} was brought back by who knew it all, and is retracted")

    def _are_ordered(self, one: Save, other: Save) -> bool:
        return one.key in self.knew[other.key] or other.key in self.knew[one.key]
