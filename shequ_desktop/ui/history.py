"""Where somebody has been in the window, for the way back and forth. Knows no Qt and no page."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what it showed: an id, or empty."""

    page: str
    target: str = ""


@dataclass
class History:
    """`here` is the place in sight; going somewhere new forgets what lay ahead."""

    behind: list[Place] = field(default_factory=list)
    here: Place | None = None
    ahead: list[Place] = field(default_factory=list)

    def go(self, place: Place) -> None:
        if place == self.here:
            return
        if self.here is not None:
            self.behind = [*self.behind, self.here][-MOST:]
        self.here, self.ahead = place, []

    def note(self, target: str) -> None:
        """The page in sight shows something else now; the way back leads to the page, not through each row looked at."""
        if self.here is not None:
            self.here = Place(self.here.page, target)

    def back(self) -> Place | None:
        if not self.behind:
            return None
        if self.here is not None:
            self.ahead.append(self.here)
        self.here = self.behind.pop()
        return self.here

    def forward(self) -> Place | None:
        if not self.ahead:
            return None
        if self.here is not None:
            self.behind.append(self.here)
        self.here = self.ahead.pop()
        return self.here
