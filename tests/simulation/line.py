"""The line between one laptop and the league: loses, doubles, delays, cuts, mixes up. Owns no clock and no socket."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from shequ_desktop.sync.exchange import Broken, TurnedAway
from tests.simulation.options import Options

Carry = Callable[[str, bytes], bytes | TurnedAway | Broken]
Letter = tuple[str, bytes]


@dataclass
class Line:
    """`late`: what is still under way. `all_sent`: every request that ever left, to be posted again one day."""

    carry: Carry
    options: Options
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    good: bool = False
    late: list[Letter] = field(default_factory=list)
    all_sent: list[Letter] = field(default_factory=list)
    last_answer: bytes = b""

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway:
        if path in ("/exchange", "/upload"):
            self.all_sent.append((path, body))
        fault = "" if self.good else self._fault()
        too_long = not self.good and 0 < self.options.piece_bytes_max < len(body)
        if fault == "late":
            self.late.append((path, body))
        if fault in ("lost", "late") or too_long:
            return Broken(reached=True)
        if fault == "cut":
            self.carry(path, body[: self.dice.randrange(len(body) or 1)])
            return Broken(reached=True)
        if fault == "doubled":
            self.carry(path, body)
        return self._answered(self.carry(path, body), fault)

    def _answered(self, answer: bytes | Broken | TurnedAway, fault: str) -> bytes | Broken | TurnedAway:
        if not isinstance(answer, bytes):
            return answer
        before, self.last_answer = self.last_answer, answer
        if fault == "answer_lost" or (not self.good and 0 < self.options.piece_bytes_max < len(answer)):
            return Broken(reached=True)
        if fault == "answer_cut":
            return answer[: self.dice.randrange(len(answer) or 1)]
        return before if fault == "stale_answer" and before else answer

    def _fault(self) -> str:
        options = self.options
        chances = {
            "lost": options.lost_permille,
            "answer_lost": options.answer_lost_permille,
            "doubled": options.doubled_permille,
            "late": options.late_permille,
            "cut": options.cut_permille // 2,
            "answer_cut": options.cut_permille // 2,
            "stale_answer": options.stale_answer_permille,
        }
        left = self.dice.randrange(1000)
        for fault, chance in chances.items():
            if left < chance:
                return fault
            left -= chance
        return ""

    def deliver_late(self) -> None:
        """What was under way comes in, in any order, and nobody hears the answer."""
        letters, self.late = self.late, []
        self.dice.shuffle(letters)
        for path, body in letters:
            self.carry(path, body)

    def get(self, path: str, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self.post(path, b"", within_s=within_s)

    def close(self) -> None:
        """Nothing is held open."""
