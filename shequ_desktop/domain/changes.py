"""A change, and what the league decided about it. Plain values; they know no store and no wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

RETRACTED = "retracted"
"""Reserved field: True when a record was registered by mistake (登记有误，已撤回)."""

SCHEMA = 2
"""Number of the record declarations a change was written with; raised when fields or kinds are added."""

Fields = Mapping[str, Any]
"""Wire name -> value. None: the value was taken away. UNION fields: {"add": [...], "remove": [...]}."""


@dataclass(frozen=True, slots=True)
class Change:
    """One save of one record by one person (一次保存).

    `id` is (device, incarnation, n). A change of a group of several fields carries the whole group as its
    writer knew it, so that no merge can make a combination that nobody entered (I12).
    `seen`: the newest league sequence that the device had applied when the form was opened.
    `time_ms`: the device's own clock, milliseconds since 1970 UTC. `origin`: "" for a person, "roster" for an import.
    """

    device: str
    incarnation: int
    n: int
    kind: str
    record: str
    fields: Fields
    seen: int
    author: str
    time_ms: int
    origin: str = ""
    schema: int = SCHEMA

    @property
    def id(self) -> tuple[str, int, int]:
        return (self.device, self.incarnation, self.n)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the league decided about one change (裁定), stored and sent beside it.

    `seq`: place in the league's order. `fair_ms`: fair time. `lost`: merge groups of the change that do not stand
    (LATEST: an earlier fair time; REVIEW: waits for a person). `unseen`: sequences of the standing changes that the
    writer had not seen and with which this one differs. `revives`: it brought a retracted record back.
    """

    seq: int
    fair_ms: int
    lost: frozenset[str] = frozenset()
    unseen: tuple[int, ...] = ()
    revives: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the log: the change, and its outcome once the league has decided."""

    change: Change
    outcome: Outcome | None = None

    def decided(self, outcome: Outcome) -> Logged:
        return replace(self, outcome=outcome)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values between which a person decides. `n` counts from 1 in league order."""

    n: int
    seq: int
    fields: Fields
    user: str
    device: str
    time_ms: int
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Changes of one group of which none saw the other (冲突): a view of the log, equal on every side."""

    id: str
    kind: str
    record: str
    group: str
    base: Fields
    sides: tuple[Side, ...]
    open: bool
    policy: str
    decided_by: Mapping[str, Any] = field(default_factory=dict)
