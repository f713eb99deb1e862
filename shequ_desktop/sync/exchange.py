"""One bounded exchange (同步), as the laptop sees it: push what waits, take what is decided, compare; in pieces the line carries.

Owns the order of steps, retries and sizes. Knows no store and no road: both are handed in as small protocols.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from shequ_desktop.sync.envelope import EnvelopeProblem, open_sealed, seal
from shequ_desktop.sync.hello import Hello, read_answer, signed_hello
from shequ_desktop.sync.keys import DeviceKeys, PublicKeys
from shequ_desktop.sync.messages import NEWS, PUSH, News, Push, Request, mark_of, pack, unpack

TRIES = 3
"""How often a broken line is tried again without anything having got through in between."""
FIRST_WITHIN_S = 12.0
"""Where nobody answers, a command has said so within 15 seconds, its start and the key's unwrapping included."""
SMALLEST, LARGEST, FIRST = 2 * 1024, 1024 * 1024, 64 * 1024
"""Sizes of a batch in bytes."""
SMALL_ENOUGH_TO_GO_WITH_THE_FIRST = 8 * 1024
MOST_FALLS = 5
MOST_RENEWALS = 5
"""A league that finds every new incarnation strange too is broken; the run ends instead of going on for ever."""
QUICK_MS = 4_000
"""A batch that went through faster than this may grow."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The line broke. `reached`: somebody had answered on it. `used`: it had carried an exchange before."""

    reached: bool
    used: bool = False


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The league answered that it will not."""

    key: str


class Road(Protocol):
    """How bytes reach the league and come back."""

    def post(self, path: str, body: bytes, *, within_s: float) -> bytes | Broken | TurnedAway:
        """The answer's body."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this device stands: its cursor in the league's log, and the sums of its decided state."""

    incarnation: int
    epoch: int
    seq: int
    mark: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A piece of what waits. `changes`: packed, empty where nothing waits. `count`: how many changes.

    `again`: what the league decided once and has forgotten is among them, or comes later.
    """

    changes: bytes
    count: int
    place: tuple[int, int]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the league's news here. `strange`: another copy of this archive went on; nothing was applied."""

    received: int = 0
    sent: int = 0
    set_aside: int = 0
    strange: bool = False


class Store(Protocol):
    """What the exchange needs of an archive. Each call is one transaction."""

    def standing(self) -> Standing: ...
    def outgoing(self, after: tuple[int, int], most_bytes: int, most_count: int) -> Outgoing: ...
    def take(self, news: News) -> Taken | None: ...
    def align(self, news: News, since: int) -> Taken | None: ...
    def finish_aligning(self, news: News) -> None: ...
    def renew_incarnation(self) -> None: ...
    def points(self) -> list[tuple[int, int]]: ...
    def fall_back(self, common: int) -> None: ...
    def refuse_one(self, place: tuple[int, int], key: str) -> None: ...
    def was_repaired_for(self, count: int, total: int) -> bool: ...
    def settle(self) -> bool: ...
    def heard(self, *, epoch: int, league_ms: int) -> None: ...
    def remember_size(self, most_bytes: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Who speaks, and with whom."""

    device: str
    keys: DeviceKeys
    league: PublicKeys
    schema: int


@dataclass(frozen=True, slots=True)
class Report:
    """How an exchange ended. `problem`: key of why it did not reach its end."""

    sent: int = 0
    received: int = 0
    set_aside: int = 0
    problem: str = ""


@dataclass
class Exchange:
    """One run. `now_ms`: the device's clock. `ticks_ms`: a clock that only goes forward. `pause`: waits so many seconds.

    `from_the_start`: read the league's whole log again before anything else, as when the device's area has changed.
    """

    party: Party
    store: Store
    road: Road
    now_ms: Callable[[], int]
    ticks_ms: Callable[[], int]
    pause: Callable[[float], None]
    most_bytes: int = FIRST
    first_answer_within_s: float = FIRST_WITHIN_S
    from_the_start: bool = False
    _too_large: int = field(default=LARGEST + 1, init=False)
    _most_count: int = field(default=5000, init=False)
    _after: tuple[int, int] = field(default=(0, 0), init=False)
    _ask_points: bool = field(default=False, init=False)
    _aligning_from: int | None = field(default=None, init=False)
    _heard: bool = field(default=False, init=False)
    _more: bool = field(default=False, init=False)
    _fallen_back: int = field(default=0, init=False)
    _renewed: int = field(default=0, init=False)
    _sent: int = field(default=0, init=False)
    _received: int = field(default=0, init=False)
    _set_aside: int = field(default=0, init=False)

    def run(self) -> Report:
        """Exchange until both sides hold the same, or the line or the league says no."""
        self._aligning_from = 0 if self.from_the_start else None
        tries, began = 0, self.ticks_ms()
        while True:
            standing = self.store.standing()
            outgoing = self._outgoing()
            hello = self._hello(standing)
            body = self._body(standing, hello, outgoing)
            left_s = self.first_answer_within_s - (self.ticks_ms() - began) / 1000
            started = self.ticks_ms()
            answer = self.road.post("/exchange", body, within_s=60.0 if self._heard else max(left_s, 0.5))
            if isinstance(answer, TurnedAway):
                return self._report(answer.key)
            if isinstance(answer, Broken):
                tries += 1
                if tries > TRIES or (not self._heard and self._is_late(began)):
                    return self._report("league_broke_off" if self._heard or answer.reached else "league_not_reached")
                self._shrink(answer)
                self.pause(0.3 * tries)
                continue
            took_ms = self.ticks_ms() - started
            self._grow(took_ms, max(len(body), len(answer)))
            ended = self._read(answer, hello, standing, outgoing)
            if ended is not None:
                return ended
            tries, self._heard = 0, True

    def _is_late(self, began: int) -> bool:
        return (self.ticks_ms() - began) / 1000 >= self.first_answer_within_s

    def _report(self, problem: str = "") -> Report:
        return Report(self._sent, self._received, self._set_aside, problem)

    # -- asking

    def _outgoing(self) -> Outgoing | None:
        """What goes with the next request: nothing while numbers are being found."""
        if self._ask_points or self._aligning_from is not None or (self._fallen_back and self._more):
            return None
        most = self.most_bytes if self._heard else min(self.most_bytes, SMALL_ENOUGH_TO_GO_WITH_THE_FIRST)
        outgoing = self.store.outgoing(self._after, most, self._most_count)
        return outgoing if outgoing.count else None

    def _hello(self, standing: Standing) -> bytes:
        since = standing.seq if self._aligning_from is None else self._aligning_from
        mark = standing.mark if since == standing.seq else 0
        hello = Hello(self.party.device, standing.epoch, since, mark, standing.count, standing.total, self.now_ms())
        return signed_hello(hello, signer=self.party.keys, league=self.party.league)

    def _body(self, standing: Standing, hello: bytes, outgoing: Outgoing | None) -> bytes:
        points = (self.store.points() or [(0, 0)]) if self._ask_points else []
        whole = self._aligning_from is not None
        if not (outgoing or points or whole):
            return pack(Request(self.most_bytes, standing.incarnation, hello))
        changes = outgoing.changes if outgoing else b""
        party, again = self.party, outgoing is not None and outgoing.again
        push = Push(party.schema, standing.epoch, standing.seq, standing.mark, changes, points, whole, again)
        envelope = seal(pack(push), signer=party.keys, sender_id=party.device, receiver_key=party.league, purpose=PUSH)
        return pack(Request(self.most_bytes, standing.incarnation, hello, envelope))

    def _shrink(self, broken: Broken) -> None:
        """Smaller pieces after a broken line; a line that had carried something before is first tried afresh."""
        if broken.used or not broken.reached:
            return
        self._too_large = min(self._too_large, self.most_bytes)
        self.most_bytes = max(self.most_bytes // 4 if not self._heard else self.most_bytes // 2, SMALLEST)
        self.store.remember_size(self.most_bytes)

    def _grow(self, took_ms: int, size: int) -> None:
        """Larger pieces where a full one went through quickly; never as large as one that broke in this run."""
        if size * 2 < self.most_bytes or took_ms > QUICK_MS:
            return
        larger = min(self.most_bytes * 2, LARGEST)
        if larger < self._too_large:
            self.most_bytes = larger
            self.store.remember_size(larger)

    # -- hearing

    def _read(self, answer: bytes, hello: bytes, standing: Standing, outgoing: Outgoing | None) -> Report | None:
        """Take the answer in; a report where the run has come to its end."""
        if answer[:1] == b"\0":
            told = read_answer(answer[1:], league=self.party.league, hello=hello)
            if isinstance(told, EnvelopeProblem):
                return self._report("league_answer_wrong")
            self.store.heard(epoch=told.epoch, league_ms=told.clock_ms)
            self._more = False
            return None if self._outgoing_waits() else self._ended()
        news = self._opened(answer[1:], hello)
        if news is None:
            return self._report("league_answer_wrong")
        self.store.heard(epoch=news.epoch, league_ms=news.clock_ms)
        if news.common is not None:
            self._go_back(news.common)
            return None if self._fallen_back <= MOST_FALLS else self._report("league_answer_wrong")
        if news.more and news.seq <= standing.seq and self._aligning_from is None:
            return self._report("league_answer_wrong")
        if self._aligning_from is not None:
            return self._align(news, self._aligning_from)
        return self._take(news, standing, outgoing)

    def _opened(self, data: bytes, hello: bytes) -> News | None:
        def key_of(_sender: str) -> bytes:
            return self.party.league.sign

        opened = open_sealed(data, my_key=self.party.keys, verify_keys=key_of, purpose=NEWS)
        news = unpack(opened.payload, News) if not isinstance(opened, EnvelopeProblem) else None
        return news if news is not None and news.to == mark_of(hello) else None

    def _go_back(self, common: int) -> None:
        """The league does not know the cursor: tell it points of our log, then go on from the newest that it knows."""
        if common < 0:
            self._ask_points = True
            return
        self._ask_points, self._aligning_from = False, None
        self.store.fall_back(common)
        self._fallen_back, self._more, self._after = self._fallen_back + 1, True, (0, 0)

    def _take(self, news: News, standing: Standing, outgoing: Outgoing | None) -> Report | None:
        taken = self.store.take(news)
        if taken is None:
            return self._report("league_answer_wrong")
        if taken.strange or news.copied:
            if self._renewed == MOST_RENEWALS:
                return self._report("league_answer_wrong")
            self._renewed += 1
            self.store.renew_incarnation()
            self._after = (0, 0)
        elif news.refused and outgoing is not None:
            self._refuse(outgoing, news.refused)
        elif outgoing is not None:
            self._after = outgoing.place
        self._note(taken)
        self._more = news.more
        if self._fallen_back and not news.more and (taken.sent or taken.received or taken.set_aside):
            self._after = (0, 0)  # what is known by its new number lets go what had seen it
        if taken.strange or news.more or news.refused or news.copied:
            return None
        if self._outgoing_waits():
            return None
        return self._compare(news)

    def _refuse(self, outgoing: Outgoing, key: str) -> None:
        """A batch that the league cannot read at all is halved until the one change is found that spoils it."""
        if outgoing.count == 1:
            self.store.refuse_one(outgoing.place, key)
            self._set_aside += 1
            self._most_count = 5000
        else:
            self._most_count = max(outgoing.count // 2, 1)

    def _note(self, taken: Taken) -> None:
        self._received += taken.received
        self._sent += taken.sent
        self._set_aside += taken.set_aside

    def _outgoing_waits(self) -> bool:
        return self.store.outgoing(self._after, SMALLEST, 1).count > 0

    def _compare(self, news: News) -> Report | None:
        """Both sides compare what they hold; where it differs, everything is read again, once."""
        now = self.store.standing()
        if (now.count, now.total) == (news.count, news.total) or self.store.was_repaired_for(news.count, news.total):
            return self._ended()
        self._aligning_from = 0
        return None

    def _align(self, news: News, since: int) -> Report | None:
        taken = self.store.align(news, since)
        if taken is None:
            return self._report("league_answer_wrong")
        self._note(taken)
        if news.more:
            self._aligning_from = news.seq
            return None
        self.store.finish_aligning(news)
        self._aligning_from, self._after = None, (0, 0)
        return self._compare(news) if not self._outgoing_waits() else None

    def _ended(self) -> Report | None:
        """All is exchanged, unless something was believed to be at the league already and is not."""
        if self.store.settle():
            self._after = (0, 0)
            return None
        return self._report()
