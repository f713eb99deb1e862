"""Conflicts (冲突) and history of one record: views of its log rows, equal for every reader. Owns no state.

A conflict is two or more different values of one group of which no writer saw the other. Deciding is an ordinary change
that saw them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Conflict, Fields, Logged, Outcome, Side
from shequ_desktop.domain.fields import Kind, Policy
from shequ_desktop.domain.records import KINDS
from shequ_desktop.sync.merge import group_of, groups_of, policy_of, saw_row

RETRACTION = "retraction"
"""Policy word of a conflict between a retraction and edits that had not seen it."""


def conflicts_of(rows: Sequence[Logged], kind: Kind | None) -> list[Conflict]:
    """All conflicts of one record, oldest first: open ones, decided ones, and what LATEST superseded unseen."""
    decided = in_order(rows)
    groups = dict.fromkeys(group for row in decided for group in groups_of(row.change, kind))
    found = [conflict for group in groups for conflict in _of_group(decided, kind, group)]
    if any(RETRACTED in row.change.fields for row in decided):
        found += _of_retraction(decided)
    return sorted(found, key=lambda conflict: (conflict.sides[0].seq, conflict.group))


def in_order(rows: Iterable[Logged]) -> list[Logged]:
    """The decided rows, in the league's order."""
    return sorted((row for row in rows if row.outcome is not None), key=seq_of)


def seq_of(row: Logged) -> int:
    return _outcome(row).seq


def _outcome(row: Logged) -> Outcome:
    if row.outcome is None:
        raise ValueError("the row has no outcome yet")
    return row.outcome


def _of_group(rows: Sequence[Logged], kind: Kind | None, group: str) -> list[Conflict]:
    if policy_of(kind, group) is Policy.UNION:
        return []
    view = _Group([row for row in rows if group in groups_of(row.change, kind)], kind, group)
    answers, frontier = walked(view.rows)
    found = [view.conflict(seen, decided_by=row) for row, seen in answers if view.differ(seen)]
    if view.differ(frontier):
        found.append(view.conflict(frontier, decided_by=None))
    return found


def walked(rows: Iterable[Logged]) -> tuple[list[tuple[Logged, list[Logged]]], list[Logged]]:
    """(each row with those it answers: seen by it and by nobody before; those that nobody later saw).

    A row whose own writer had gone on before it arrived answers nothing and is none of the last.
    """
    answers: list[tuple[Logged, list[Logged]]] = []
    frontier: list[Logged] = []
    newest: dict[tuple[str, int], int] = {}
    for row in rows:
        made = row.change
        writer = (made.device, made.incarnation)
        if newest.get(writer, -1) > made.n:
            continue
        newest[writer] = made.n
        seen = [other for other in frontier if saw_row(made, other)]
        answers.append((row, seen))
        frontier = [other for other in frontier if other not in seen] + [row]
    return answers, frontier


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one record that carry one group, in order."""

    rows: Sequence[Logged]
    kind: Kind | None
    group: str

    def whole(self, row: Logged) -> dict[str, Any]:
        """All fields of the group as the change carries them; None where empty."""
        carried = groups_of(row.change, self.kind)[self.group]
        names = [f.name for f in self.kind.groups[self.group]] if self.kind and self.group in self.kind.groups else [self.group]
        return {name: carried.get(name) for name in names}

    def differ(self, rows: Sequence[Logged]) -> bool:
        return len(rows) > 1 and any(self.whole(row) != self.whole(rows[0]) for row in rows)

    def standing(self, rows: Iterable[Logged]) -> Logged | None:
        """The last of these rows that stood when the league decided it."""
        stood = [row for row in rows if self.group not in _outcome(row).lost]
        return stood[-1] if stood else None

    def conflict(self, members: Sequence[Logged], *, decided_by: Logged | None) -> Conflict:
        distinct: list[Logged] = []
        for row in members:
            if all(self.whole(row) != self.whole(other) for other in distinct):
                distinct.append(row)
        known = self.standing(r for r in self.rows if r not in members and all(saw_row(m.change, r) for m in members))
        stands = decided_by or self.standing(self.rows)
        value = self.whole(stands) if stands else None
        policy = policy_of(self.kind, self.group)
        change = members[0].change
        return Conflict(
            id=conflict_id(self.group, distinct),
            kind=change.kind,
            record=change.record,
            group=self.group,
            base=self.whole(known) if known else {},
            sides=tuple(_side(n, row, self.whole(row), stands=self.whole(row) == value) for n, row in enumerate(distinct, 1)),
            open=decided_by is None and policy is Policy.REVIEW,
            policy=policy.value,
            decided_by=_decider(decided_by, self.whole(decided_by)) if decided_by else {},
        )


def conflict_id(group: str, rows: Iterable[Logged]) -> str:
    """Made from the ids of the changes, so that every reader gives the same conflict the same id."""
    text = "\n".join([group, *(f"{c.device}\t{c.incarnation}\t{c.n}" for c in (row.change for row in rows))])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _side(n: int, row: Logged, fields: Fields, *, stands: bool) -> Side:
    outcome = _outcome(row)
    return Side(n, outcome.seq, fields, row.change.author, row.change.device, outcome.fair_ms, stands)


def _decider(row: Logged, fields: Fields) -> dict[str, Any]:
    outcome = _outcome(row)
    made = row.change
    return {"seq": outcome.seq, "fields": fields, "user": made.author, "device": made.device, "time_ms": outcome.fair_ms}


def _of_retraction(rows: Sequence[Logged]) -> list[Conflict]:
    """A retraction against edits that had not seen it: one conflict for the record, until a person says yes or no."""
    edits = [row for row in rows if RETRACTED not in row.change.fields]
    answers, frontier = walked(row for row in rows if RETRACTED in row.change.fields)
    found = [
        _retraction_conflict(seen, [edit for edit in edits if saw_row(row.change, edit)], rows, decided_by=row)
        for row, seen in answers
    ]
    found.append(_retraction_conflict(frontier, edits, rows, decided_by=None))
    return [conflict for conflict in found if conflict]


def _retraction_conflict(
    members: Sequence[Logged], edits: Sequence[Logged], rows: Sequence[Logged], *, decided_by: Logged | None
) -> Conflict | None:
    away = [row for row in members if row.change.fields[RETRACTED]]
    kept = [row for row in members if not row.change.fields[RETRACTED]]
    votes = _votes(edits, away)
    if not away or not (kept or _is_disputed(votes, away)):
        return None
    kept += votes
    said = {True: away[0], False: max(kept, key=seq_of)}
    gone = bool(decided_by.change.fields[RETRACTED]) if decided_by else is_retracted(rows)
    order = sorted(said.items(), key=lambda item: seq_of(item[1]))
    change = members[0].change
    return Conflict(
        id=conflict_id(RETRACTED, sorted(away + kept, key=seq_of)),
        kind=change.kind,
        record=change.record,
        group=RETRACTED,
        base={},
        sides=tuple(_side(n, row, {RETRACTED: away_}, stands=away_ == gone) for n, (away_, row) in enumerate(order, 1)),
        open=decided_by is None,
        policy=RETRACTION,
        decided_by=_decider(decided_by, {RETRACTED: gone}) if decided_by else {},
    )


def _votes(edits: Sequence[Logged], away: Sequence[Logged]) -> list[Logged]:
    """Edits that say that the record is needed: apart from a retraction, and seen by none that stood."""
    stood = [row for row in away if RETRACTED not in _outcome(row).lost]
    return [
        edit for edit in edits if any(_apart(edit, row) for row in away) and not any(saw_row(row.change, edit) for row in stood)
    ]


def _is_disputed(votes: Sequence[Logged], away: Sequence[Logged]) -> bool:
    """Whether a retraction did not stand because of them, or they brought the record back."""
    waits = any(RETRACTED in _outcome(row).lost for row in away)
    return bool(votes) and (waits or any(_outcome(edit).revives for edit in votes))


def _apart(one: Logged, other: Logged) -> bool:
    return not saw_row(one.change, other) and not saw_row(other.change, one)


def is_retracted(rows: Iterable[Logged]) -> bool:
    """Whether the record is retracted after these decided rows, in order."""
    gone = False
    for row in rows:
        if RETRACTED in row.change.fields and RETRACTED not in _outcome(row).lost:
            gone = bool(row.change.fields[RETRACTED])
        elif _outcome(row).revives:
            gone = False
    return gone


@dataclass(frozen=True, slots=True)
class Past:
    """One value that somebody saved. `became`: stands, superseded, superseded_unseen, waits, unsent or retracted."""

    value: Any
    became: str
    seq: int | None
    id: tuple[str, int, int]
    user: str
    device: str
    time_ms: int
    origin: str


def history_of(rows: Sequence[Logged], field: str, kinds: Mapping[str, Kind] = KINDS) -> list[Past]:
    """Every value of one field that was ever saved, in the league's order, own unsent ones last."""
    decided = in_order(rows)
    carrying = [row for row in decided if field in row.change.fields]
    became = _became(decided, field, kinds)
    told = [_past(row, field, became[row.change.id]) for row in carrying]
    return told + [_past(row, field, "unsent") for row in rows if row.outcome is None and field in row.change.fields]


def _past(row: Logged, field: str, became: str) -> Past:
    change, outcome = row.change, row.outcome
    seq, time_ms = (outcome.seq, outcome.fair_ms) if outcome else (None, change.time_ms)
    return Past(change.fields[field], became, seq, change.id, change.author, change.device, time_ms, change.origin)


def _became(rows: Sequence[Logged], field: str, kinds: Mapping[str, Kind]) -> dict[tuple[str, int, int], str]:
    if not rows:
        return {}
    kind = kinds.get(rows[0].change.kind)
    if field == RETRACTED:
        return _became_of_retraction(rows)
    group = group_of(kind, field)
    view = _Group([row for row in rows if group in groups_of(row.change, kind)], kind, group)
    in_force = "retracted" if is_retracted(rows) else "stands"
    if policy_of(kind, group) is Policy.UNION:
        return _became_of_union(view.rows, field, in_force)
    (_, frontier), standing = walked(view.rows), view.standing(view.rows)
    unseen = "waits" if policy_of(kind, group) is Policy.REVIEW else "superseded_unseen"
    became: dict[tuple[str, int, int], str] = {}
    for row in view.rows:
        same = standing is not None and view.whole(row) == view.whole(standing)
        if row is standing or (row in frontier and same):
            became[row.change.id] = in_force
        else:
            became[row.change.id] = unseen if row in frontier else "superseded"
    return became


def _became_of_retraction(rows: Sequence[Logged]) -> dict[tuple[str, int, int], str]:
    """The last word stands; a retraction that met edits it had not seen waits."""
    life = [row for row in rows if RETRACTED in row.change.fields]
    gone = is_retracted(rows)
    became = dict.fromkeys((row.change.id for row in life), "superseded")
    if bool(life[-1].change.fields[RETRACTED] if life else gone) == gone and life:
        became[life[-1].change.id] = "stands"
    for conflict in _of_retraction(rows):
        waiting = [side.seq for side in conflict.sides if conflict.open and not side.stands]
        became.update({row.change.id: "waits" for row in life if seq_of(row) in waiting})
    return became


def _became_of_union(rows: Sequence[Logged], field: str, in_force: str) -> dict[tuple[str, int, int], str]:
    """An addition or removal stands while it can still be seen in the set."""
    present: set[Any] = set()
    told: list[tuple[Logged, set[Any], set[Any]]] = []
    for row in rows:
        value = row.change.fields.get(field)
        added, removed = (value.get("add", ()), value.get("remove", ())) if isinstance(value, Mapping) else (value or (), ())
        present = present - set(removed) | set(added)
        told.append((row, set(added), set(removed)))
    return {row.change.id: in_force if added & present or removed - present else "superseded" for row, added, removed in told}
