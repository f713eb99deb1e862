"""Decides what becomes of an arriving change, group by group (裁定). Pure: it knows no clock, no store, no wire.

Only the league decides; everybody else applies its outcomes. What decides is who had seen what, never a clock alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Change, Logged, Outcome
from shequ_desktop.domain.fields import Kind, Policy
from shequ_desktop.domain.records import KINDS

Values = Mapping[str, Any]
"""Values of one group, by field; what is empty is absent."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The change that stands for one group of one record, and the group's values.

    `also`: changes that stand with it because they say the same, though neither writer had seen the other.
    """

    seq: int
    device: str
    incarnation: int
    n: int
    fair_ms: int
    values: Values
    also: tuple[Standing, ...] = ()

    @property
    def all(self) -> tuple[Standing, ...]:
        return (self, *self.also)


def saw(change: Change, other: Standing) -> bool:
    """Whether the writer of `change` knew `other`: by the league's order, or because the device itself made it before."""
    return other.seq <= change.seen or _came_before(other.device, other.incarnation, other.n, change)


def saw_row(change: Change, other: Logged) -> bool:
    """The same of a decided row of the log."""
    made = other.change
    if _came_before(made.device, made.incarnation, made.n, change):
        return True
    return other.outcome is not None and other.outcome.seq <= change.seen


def _came_before(device: str, incarnation: int, n: int, change: Change) -> bool:
    return n < change.n and device == change.device and incarnation == change.incarnation


def group_of(kind: Kind | None, name: str) -> str:
    """Merge group of a field; one that this version does not know is a group of its own."""
    declared = kind.by_name.get(name) if kind else None
    return declared.merge_group if declared else name


def policy_of(kind: Kind | None, group: str) -> Policy:
    """Policy of a group; LATEST where this version does not know it."""
    return kind.groups[group][0].policy if kind and group in kind.groups else Policy.LATEST


def groups_of(change: Change, kind: Kind | None) -> dict[str, dict[str, Any]]:
    """The change's values by group, without the empty ones. Being retracted is no group here."""
    groups: dict[str, dict[str, Any]] = {}
    for name, value in change.fields.items():
        if name != RETRACTED:
            values = groups.setdefault(group_of(kind, name), {})
            if value not in (None, "", []):
                values[name] = value
    return groups


def decide(
    change: Change,
    *,
    seq: int,
    fair_ms: int,
    standing: Mapping[str, Standing],
    retraction: Standing | None,
    newer: Sequence[Logged],
    kinds: Mapping[str, Kind] = KINDS,
) -> Outcome:
    """The outcome of an arriving change.

    `standing`: what stands for each group. `retraction`: the change that holds the record retracted, if any does.
    `newer`: all decided changes of the record later than `change.seen`, in order. Where there are none, everything stands.
    """
    if not newer and retraction is None:
        return Outcome(seq, fair_ms)
    kind = kinds.get(change.kind)
    late = late_groups(change, newer, kind)
    lost: set[str] = set()
    unseen: set[int] = set()
    for group, values in groups_of(change, kind).items():
        now, policy = standing.get(group), policy_of(kind, group)
        if policy is Policy.UNION:
            continue
        if group in late:
            lost.add(group)
        elif now is not None:
            stands, over = _against(change, values, fair_ms, now, policy)
            unseen.update(over)
            if not stands:
                lost.add(group)
    if RETRACTED in late:
        return Outcome(seq, fair_ms, frozenset(lost | {RETRACTED}), tuple(sorted(unseen)))
    if change.fields.get(RETRACTED):
        edits = [] if retraction else _edits_unseen(change, newer, kind)
        lost.update([RETRACTED] if edits else [])
        return Outcome(seq, fair_ms, frozenset(lost), tuple(sorted(unseen.union(edits))))
    revives = retraction is not None and _revives(change, retraction)
    if retraction is not None and revives:
        unseen.update(other.seq for other in retraction.all if not saw(change, other))
    return Outcome(seq, fair_ms, frozenset(lost), tuple(sorted(unseen)), revives)


def late_groups(change: Change, rows: Iterable[Logged], kind: Kind | None) -> frozenset[str]:
    """Groups that the change's own writer changed again in a change that arrived before this one. They never stand."""
    late: set[str] = set()
    for row in rows:
        made = row.change
        if made.n > change.n and made.device == change.device and made.incarnation == change.incarnation:
            late.update(groups_of(made, kind), [RETRACTED] if RETRACTED in made.fields else [])
    carried = {*groups_of(change, kind), RETRACTED} if RETRACTED in change.fields else groups_of(change, kind)
    return frozenset(late.intersection(carried))


def _against(change: Change, values: Values, fair_ms: int, now: Standing, policy: Policy) -> tuple[bool, list[int]]:
    """(whether the change's values stand, sequences of what differs and was not seen)."""
    unseen = [other for other in now.all if not saw(change, other)]
    if not unseen or values == now.values:
        return True, []
    later = policy is Policy.LATEST and fair_ms >= max(other.fair_ms for other in unseen)
    return later, [other.seq for other in unseen]


def _made_before(change: Change, other: Standing) -> bool:
    """Whether the change comes late: its own writer made the other afterwards."""
    return other.n > change.n and other.device == change.device and other.incarnation == change.incarnation


def _edits_unseen(change: Change, newer: Iterable[Logged], kind: Kind | None) -> list[int]:
    """The last change of each group by others that the writer of a retraction had not seen; those who retracted too agree."""
    last: dict[str, int] = {}
    for row in newer:
        made = row.change
        own = made.device == change.device and made.incarnation == change.incarnation
        if row.outcome is None or own or saw_row(change, row) or made.fields.get(RETRACTED):
            continue
        last.update(dict.fromkeys(groups_of(made, kind) or (RETRACTED,), row.outcome.seq))
    return sorted(set(last.values()))


def _revives(change: Change, retraction: Standing) -> bool:
    """An edit by someone who had not seen the retraction brings the record back; so does saying that it is none."""
    if RETRACTED in change.fields:
        return True
    return not any(saw(change, other) or _made_before(change, other) for other in retraction.all)


class Head:
    """What stands of one record, kept while its changes are decided one after another.

    Rows later than the smallest `seen` of the arriving changes are enough to begin with: what is older, everybody saw.
    (Of two retractions that stand together the older may then be missing: an edit that saw only it brings the record back.)
    """

    __slots__ = ("_retraction", "_settled", "_standing", "kinds", "rows")

    def __init__(self, rows: Iterable[Logged] = (), *, kinds: Mapping[str, Kind] = KINDS) -> None:
        self._standing: dict[str, Standing] = {}
        self._retraction: Standing | None = None
        self._settled = 0
        self.rows: list[Logged] = list(rows)
        self.kinds = kinds

    @property
    def standing(self) -> Mapping[str, Standing]:
        self._settle()
        return self._standing

    @property
    def retraction(self) -> Standing | None:
        self._settle()
        return self._retraction

    def decide(self, change: Change, *, seq: int, fair_ms: int) -> Outcome:
        """The outcome of the next change, taken into the head."""
        outcome = self._decided(change, seq, fair_ms) if self.rows else Outcome(seq, fair_ms)
        self.rows.append(Logged(change, outcome))
        return outcome

    def _decided(self, change: Change, seq: int, fair_ms: int) -> Outcome:
        return decide(
            change,
            seq=seq,
            fair_ms=fair_ms,
            standing=self.standing,
            retraction=self.retraction,
            newer=[row for row in self.rows if row.outcome and row.outcome.seq > change.seen],
            kinds=self.kinds,
        )

    def take(self, row: Logged) -> None:
        """Put the next decided row on top."""
        self.rows.append(row)

    def _settle(self) -> None:
        """Work out what stands, only once somebody asks: most records have one change in a batch."""
        while self._settled < len(self.rows):
            row = self.rows[self._settled]
            if row.outcome is None:
                raise ValueError("only decided rows stand")
            self._put(row.change, row.outcome, self.rows[: self._settled] if row.outcome.lost else ())
            self._settled += 1

    def _put(self, change: Change, outcome: Outcome, before: Sequence[Logged]) -> None:
        kind = self.kinds.get(change.kind)
        late = late_groups(change, before, kind)
        for group, values in groups_of(change, kind).items():
            now = self._standing.get(group)
            if group not in outcome.lost:
                self._standing[group] = _on_top(change, outcome, values, now)
            elif now is not None and group not in late:
                self._standing[group] = _without_seen(now, change)
        if RETRACTED in change.fields and RETRACTED not in outcome.lost:
            gone = bool(change.fields[RETRACTED])
            self._retraction = _on_top(change, outcome, {RETRACTED: True}, self._retraction) if gone else None
        elif outcome.revives:
            self._retraction = None


def _on_top(change: Change, outcome: Outcome, values: Values, before: Standing | None) -> Standing:
    """The change as it stands now, with those that had said the same unknown to its writer."""
    same = before.all if before is not None and before.values == values else ()
    also = tuple(_alone(other, ()) for other in same if not saw(change, other))
    return Standing(outcome.seq, change.device, change.incarnation, change.n, outcome.fair_ms, values, also)


def _without_seen(now: Standing, change: Change) -> Standing:
    """What stands, without those that a losing change had seen: their word has been answered."""
    left = [other for other in now.all if not saw(change, other)]
    return _alone(left[0], tuple(_alone(other, ()) for other in left[1:])) if left else now


def _alone(one: Standing, also: tuple[Standing, ...]) -> Standing:
    return Standing(one.seq, one.device, one.incarnation, one.n, one.fair_ms, one.values, also)
