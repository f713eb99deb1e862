"""Which road leads to a league. Whoever wants another one (a trial, a carrier) hands it in instead."""

from __future__ import annotations

from typing import Protocol

from shequ_desktop.sync.exchange import Broken, TurnedAway
from shequ_desktop.sync.transports.http import HttpRoad


class AnyRoad(Protocol):
    """How bytes reach a league and come back."""

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway: ...
    def get(self, path: str, *, within_s: float) -> bytes | Broken | TurnedAway: ...
    def close(self) -> None: ...


def road_to(server: str) -> AnyRoad:
    """The road over HTTP."""
    return HttpRoad(server)
