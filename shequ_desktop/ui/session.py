"""What a page is given: the open archive, the face, the worker, the feed, and ways to speak and to go elsewhere.

Made when somebody unlocks, gone when the window locks. Pages get everything from here and nothing from anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.change_feed import ChangeFeed
from shequ_desktop.ui.face import Face


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status bar says. `enrolled`: the archive belongs to a league. `last`: when it was last heard of."""

    enrolled: bool = False
    waiting: int = 0
    last: datetime | None = None
    set_aside: int = 0


class Speaking(Protocol):
    """The status bar, as pages know it."""

    def tell(self, key: str, undo: Callable[[], None] | None = None, /, **values: object) -> None:
        """What was done, with the way to undo it."""

    def saved(self, at: datetime) -> None:
        """Something was kept on this computer."""

    def reachable(self, online: bool) -> None:
        """Whether the league could be reached just now."""

    def sending(self, key: str, /, **values: object) -> None:
        """What the exchange is doing, in place of what waits; an empty key when it has ended."""


@dataclass(frozen=True, slots=True)
class Session:
    """`go(page, target)` opens a page, with what it shall show (an id) where one is meant.

    `settings_chosen` tells whoever follows the settings; `swap(act)` locks, calls `act` when the archive is closed, asks again.
    """

    archive: OpenArchive
    face: Face
    background: Background
    feed: ChangeFeed
    status: Speaking
    go: Callable[[str, str], None]
    today: Callable[[], date]
    now: Callable[[], datetime]
    lock: Callable[[], None]
    keep_look: Callable[[], None]
    settings_chosen: Callable[[], None]
    swap: Callable[[Callable[[], object]], None]
    safe: bool = False

    @property
    def user(self) -> str:
        return self.archive.user

    def say(self, key: str, /, **values: object) -> str:
        return self.face.say(key, **values)

    def sentence(self, problem: Problem) -> str:
        return self.face.say(problem.key, **dict(problem.values))

    def save(
        self,
        function: Callable[..., object],
        *arguments: object,
        on_done: Callable[[object], None] | None = None,
        on_problem: Callable[[list[Problem]], None] | None = None,
        **named: Any,
    ) -> None:
        """Call a service that writes; then say when it was saved and let the feed look. Problems without a taker are told."""

        def done(result: object) -> None:
            self.status.saved(self.now())
            self.feed.look()
            if on_done is not None:
                on_done(result)

        self.background.run(
            function, self.archive, *arguments, on_done=done, on_problem=on_problem or self.tell_problems, **named
        )

    def tell_problems(self, problems: list[Problem]) -> None:
        self.status.tell(problems[0].key, **dict(problems[0].values))
