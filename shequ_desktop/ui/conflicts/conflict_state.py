"""What somebody has chosen so far, conflict by conflict: nothing of it is lost before it is decided. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Conflict
from shequ_desktop.services.conflict_cases import DECIDED, TWINS, UNSEEN, WAITS, Case, Choice

STATES = (WAITS, DECIDED, UNSEEN, TWINS)
OTHER = "other"
MINE, THEIRS, LATER = "mine", "theirs", "later"
"""Ways to decide many at once."""


@dataclass
class ConflictState:
    """`picked`: conflict -> number of the side, or OTHER; `typed`: conflict -> {field: text}."""

    cases: list[Case] = field(default_factory=list)
    filter: str = WAITS
    picked: dict[str, str] = field(default_factory=dict)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)

    def take_cases(self, cases: Sequence[Case]) -> None:
        self.cases = list(cases)

    def shown(self) -> list[Case]:
        return [case for case in self.cases if case.state == self.filter]

    def counts(self) -> dict[str, int]:
        return {state: sum(case.state == state for case in self.cases) for state in STATES}

    def case(self, case_id: str) -> Case | None:
        return next((case for case in self.cases if case.id == case_id), None)

    def pick(self, conflict: str, choice: str) -> None:
        self.picked[conflict] = choice

    def type_over(self, conflict: str, name: str, text: str) -> None:
        self.typed.setdefault(conflict, {})[name] = text

    def choices(self, case: Case) -> list[Choice]:
        """What would be decided of this case now."""
        return [choice for one in case.conflicts if (choice := self._choice(one)) is not None]

    def _choice(self, conflict: Conflict) -> Choice | None:
        picked = self.picked.get(conflict.id, "")
        if picked == OTHER:
            typed = {name: text for name, text in self.typed.get(conflict.id, {}).items() if text.strip()}
            return Choice(conflict.id, typed=typed) if typed else None
        return Choice(conflict.id, take=int(picked)) if picked else None

    def forget(self, conflicts: Sequence[str]) -> None:
        """These are decided."""
        for one in conflicts:
            self.picked.pop(one, None)
            self.typed.pop(one, None)

    def many(self, way: str, device: str) -> list[Choice]:
        """Every conflict that waits, decided one way; those that the way does not tell are left."""
        waiting = [one for case in self.cases if case.state == WAITS for one in case.conflicts]
        return [Choice(one.id, take=n) for one in waiting if (n := _side(one, way, device))]

    def after(self, case_id: str) -> str:
        """The case that comes next in the list; the one before where it was the last; else none."""
        ids = [case.id for case in self.shown()]
        if case_id not in ids:
            return ids[0] if ids else ""
        place = ids.index(case_id)
        left = ids[place + 1 :] or ids[:place][-1:]
        return left[0] if left else ""

    def as_draft(self) -> Mapping[str, Any]:
        return {"filter": self.filter, "picked": self.picked, "typed": self.typed}

    def from_draft(self, draft: Mapping[str, Any]) -> None:
        self.filter = str(draft.get("filter", WAITS))
        self.picked = {str(one): str(choice) for one, choice in draft.get("picked", {}).items()}
        self.typed = {str(one): dict(texts) for one, texts in draft.get("typed", {}).items()}


def _side(conflict: Conflict, way: str, device: str) -> int:
    """Number of the side; 0 where the way does not say which, as when both are ours or none is."""
    if way == LATER:
        return max(conflict.sides, key=lambda side: (side.time_ms, side.seq)).n
    wanted = [side.n for side in conflict.sides if (side.device == device) is (way == MINE)]
    return wanted[0] if len(wanted) == 1 else 0


def is_existence(conflict: Conflict) -> bool:
    """Whether the record itself is in dispute."""
    return conflict.group == RETRACTED
