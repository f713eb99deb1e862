"""A road that somebody watches (看着的路): counts what it carries, says how far the exchange is, can be stopped."""

from __future__ import annotations

from collections.abc import Callable

from shequ_desktop.services.roads import AnyRoad
from shequ_desktop.sync.exchange import Broken, TurnedAway

_SLICE_S = 0.1


class WatchedRoad:
    """Once `cancelled`, nothing goes any more: to the exchange that looks like a broken line, so nothing is half done."""

    def __init__(
        self,
        road: AnyRoad,
        waiting: Callable[[], int],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._road, self._waiting, self._progress, self._cancelled = road, waiting, progress, cancelled
        self._total: int | None = None
        self._answers = 0
        self.carried = 0

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self._carry(lambda: self._road.post(path, body, within_s=within_s), len(body))

    def get(self, path: str, *, within_s: float) -> bytes | Broken | TurnedAway:
        return self._carry(lambda: self._road.get(path, within_s=within_s), 0)

    def close(self) -> None:
        self._road.close()

    def pausing(self, pause: Callable[[float], None]) -> Callable[[float], None]:
        """The same pause, cut short when it is stopped."""

        def wait(seconds: float) -> None:
            left = seconds
            while left > 0 and not self._cancelled():
                pause(min(left, _SLICE_S))
                left -= _SLICE_S

        return wait

    def _carry(self, ask: Callable[[], bytes | Broken | TurnedAway], size: int) -> bytes | Broken | TurnedAway:
        if self._cancelled():
            return Broken(reached=True, used=True)
        self._tell()
        answer = ask()
        if isinstance(answer, bytes):
            self.carried += size + len(answer)
            self._answers += 1
        return answer

    def _tell(self) -> None:
        waits = self._waiting()
        if self._total is None:
            self._total = waits
        self._total = max(self._total, waits)
        if waits:
            self._progress(self._total - waits, self._total)
        else:
            self._progress(self._answers, 0)
