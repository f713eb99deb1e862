"""The road inside one process: for trials, where it can lose a request, lose an answer, or send it twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from shequ_desktop.sync.exchange import Broken, TurnedAway

Carry = Callable[[str, bytes], bytes | TurnedAway]
"""(path, body) -> the answer."""


@dataclass
class MemoryRoad:
    """`faults`: what happens to the next requests, one word each: "" goes well, lost, answer_lost, twice."""

    carry: Carry
    faults: list[str] = field(default_factory=list)
    largest: int = 0
    requests: int = 0
    bytes_carried: int = 0

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway:
        fault = self.faults.pop(0) if self.faults else ""
        self.requests += 1
        self.bytes_carried += len(body)
        if fault == "lost" or (self.largest and len(body) > self.largest):
            return Broken(reached=True)
        answer = self.carry(path, body)
        if fault == "twice":
            answer = self.carry(path, body)
        if isinstance(answer, TurnedAway):
            return answer
        self.bytes_carried += len(answer)
        if fault == "answer_lost" or (self.largest and len(body) + len(answer) > self.largest):
            return Broken(reached=True)
        return answer

    def get(self, path: str, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self.post(path, b"", within_s=within_s)

    def close(self) -> None:
        """Nothing is held open."""
