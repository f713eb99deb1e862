"""What one practice day works with (练习的一天): folders, the two laptops, the league, and what was told so far."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from shequ_desktop import app, wording
from shequ_desktop.demo.league import PracticeLeague
from shequ_desktop.demo.people import Gacha
from shequ_desktop.domain.changes import Conflict
from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Cost

LEAGUE = "league"
"""Name of the third side, beside laptops A and B."""
PASSPHRASE = "practice-gacha"  # noqa: S105 - told to everyone who practises
ROSTER, FORMS, REPORT = "roster.xlsx", "forms.pdf", "sync-report.txt"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Places:
    """`work`: where archives and league lie. `out`: where roster, PDF and report stay after the day."""

    work: Path
    out: Path

    @property
    def roster(self) -> Path:
        return self.out / ROSTER

    @property
    def forms(self) -> Path:
        return self.out / FORMS

    @property
    def report(self) -> Path:
        return self.out / REPORT

    @property
    def pictures(self) -> Path:
        return self.out / PICTURES


@dataclass(frozen=True, slots=True)
class Laptop:
    """One worker's laptop. `label`: A or B."""

    label: str
    user: str
    archive: Archive


@dataclass(frozen=True, slots=True)
class Sent:
    """What one exchange carried."""

    label: str
    sent: int
    received: int


@dataclass(frozen=True, slots=True)
class Export:
    """One side's export: how many records, and the hash of its bytes."""

    side: str
    records: int
    sha256: str


@dataclass
class Day:
    """`tell` says a sentence to whoever watches; what is told stands in the report too."""

    places: Places
    language: str
    households: int
    seed: int
    today: date
    now: Callable[[], datetime]
    tell: Callable[[str], None]
    cost: Cost | None = None
    gacha: Gacha | None = None
    league: PracticeLeague | None = None
    laptops: dict[str, Laptop] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    exchanges: list[Sent] = field(default_factory=list)
    waited: list[Conflict] = field(default_factory=list)
    decided: list[Conflict] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)

    @property
    def a(self) -> Laptop:
        return self.laptops["A"]

    @property
    def b(self) -> Laptop:
        return self.laptops["B"]

    def say(self, key: str, **values: object) -> str:
        return wording.say(key, self.language, **values)

    def note(self, key: str, **values: object) -> None:
        """Tell what was done."""
        sentence = self.say(key, **values)
        self.told.append(sentence)
        self.tell(sentence)

    def not_so(self, key: str, **values: object) -> Problem:
        """The day does not go on: what should have been so, in one sentence."""
        return Problem("demo_not_so", values=(("what", self.say(key, **values)),))

    def failed(self, problems: Problem | list[Problem]) -> Problem:
        """The day does not go on because a service refused."""
        listed = [problems] if isinstance(problems, Problem) else problems
        return Problem("demo_not_so", values=(("what", " ".join(app.sentence(one, self.language) for one in listed)),))

    def close(self) -> None:
        self.close_archives()
        if self.league:
            self.league.stop()

    def close_archives(self) -> None:
        for laptop in self.laptops.values():
            laptop.archive.close()
        self.laptops.clear()


def export_of(side: str, content: bytes) -> Export:
    return Export(side, content.count(b"\n"), hashlib.sha256(content).hexdigest())
