"""Stands in for the sources of chance while a world runs, so that a seed gives the same numbers every time."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from unittest import mock

from shequ_desktop.storage.ids import IdMaker


class Dice:
    """What `secrets` gives, out of a seed."""

    def __init__(self, seed: object) -> None:
        self._random = random.Random(f"secrets {seed}")

    def randbits(self, bits: int) -> int:
        return self._random.getrandbits(bits)

    def token_hex(self, count: int) -> str:
        return self._random.getrandbits(8 * count).to_bytes(count).hex()

    def token_bytes(self, count: int) -> bytes:
        return self._random.getrandbits(8 * count).to_bytes(count)


class Ids(IdMaker):
    """Ids of records whose chance part comes out of the dice."""

    def __init__(self, dice: Dice) -> None:
        super().__init__()
        self._dice = dice

    def new(self, now_ms: int) -> str:
        made = super().new(now_ms)
        tail = f"{1 << 63 | self._dice.randbits(62):016x}"
        return f"{made[:19]}{tail[:4]}-{tail[4:]}"


@contextlib.contextmanager
def thrown(dice: Dice) -> Iterator[None]:
    """While open, incarnations and epochs come out of the dice."""
    rooms = ("shequ_desktop.storage.outgoing", "shequ_desktop.storage.backup", "shequ_league.devices")
    with contextlib.ExitStack() as stack:
        for room in rooms:
            stack.enter_context(mock.patch(f"{room}.secrets", dice))
        yield
