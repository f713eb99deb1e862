"""How far the taking in of a list is, and what is chosen on the way. Knows no Qt."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shequ_desktop.services.answering import Asked
from shequ_desktop.services.roster_plan import RowNamed
from shequ_desktop.services.roster_preview import Preview, RowSeen
from shequ_desktop.services.rosters import ImportResult

FIRST_PROBLEMS, ALL = "problems", "all"
STATES = ("added", "matched", "asked", "refused")
FILTERS = (FIRST_PROBLEMS, ALL, *STATES)
_ORDER = {"asked": 0, "refused": 1, "added": 2, "matched": 3}


class Step(enum.Enum):
    CHOOSE = 1  # a file
    MATCH = 2  # its columns, and a look at every row
    IMPORT = 3
    DONE = 4  # what came of it, and the questions


@dataclass
class ImportState:
    """`said`: source of a list -> {column: target} as somebody matched them. `ticked`: questions chosen to be answered."""

    path: Path | None = None
    step: Step = Step.CHOOSE
    preview: Preview | None = None
    said: dict[str, dict[int, str]] = field(default_factory=dict)
    filter: str = FIRST_PROBLEMS
    result: ImportResult | None = None
    questions: list[Asked] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)

    def begin(self, path: Path) -> None:
        """Another file: nothing of the one before stays."""
        self.path, self.step, self.preview, self.result = path, Step.MATCH, None, None
        self.said, self.filter, self.questions, self.ticked = {}, FIRST_PROBLEMS, [], set()

    def match(self, source: str, at: int, target: str) -> None:
        """This column means that; another column that meant it is passed over from now on."""
        said = self.said.setdefault(source, {})
        if target:
            for paper in self.preview.lists if self.preview else ():
                taken = [column.at for column in paper.columns if paper.source == source and column.target == target]
                said.update(dict.fromkeys(taken, ""))
        said[at] = target

    def counts(self) -> dict[str, int]:
        """{filter: rows}"""
        seen = self.preview
        if seen is None:
            return dict.fromkeys(FILTERS, 0)
        told = {"added": seen.added, "matched": seen.matched, "asked": seen.asked, "refused": seen.refused}
        return {FIRST_PROBLEMS: seen.asked + seen.refused, ALL: len(seen.rows), **told}

    def rows(self) -> Sequence[RowSeen]:
        """The rows of the filter; where all are meant those to look at stand first."""
        if self.preview is None:
            return ()
        if self.filter in STATES:
            return [row for row in self.preview.rows if row.state == self.filter]
        if self.filter == FIRST_PROBLEMS:
            return sorted(self.preview.rows, key=lambda row: _ORDER[row.state])
        return self.preview.rows

    def problem_rows(self) -> int:
        """Rows that a person should look at."""
        return self.preview.asked + self.preview.refused if self.preview else 0

    def named(self) -> list[RowNamed]:
        """Why, row by row."""
        return [named for row in (self.preview.rows if self.preview else ()) for named in row.named]

    @property
    def new_people(self) -> int:
        """Whom the archive does not know yet, those with a question among them."""
        return self.preview.added + self.preview.asked if self.preview else 0

    @property
    def open_columns(self) -> int:
        """Columns that nobody has matched."""
        lists = self.preview.lists if self.preview else ()
        return sum(column.sure == "open" for paper in lists for column in paper.columns)

    def hindrance(self) -> str:
        """Key of why nothing can be imported; empty where it can."""
        if self.preview is None:
            return "ui.rosters.still_looking"
        if not self.preview.names_people:
            return "ui.rosters.no_name_column"
        return "" if len(self.preview.rows) > self.preview.refused else "ui.rosters.nobody_in_it"

    def tick(self, question: str) -> None:
        self.ticked ^= {question}

    def tick_all(self) -> None:
        """All of them, or none where all are ticked."""
        every = {one.id for one in self.questions}
        self.ticked = set() if self.ticked >= every else every

    def chosen(self) -> list[str]:
        """Questions to be answered together, in their order."""
        return [one.id for one in self.questions if one.id in self.ticked]

    def can_take(self) -> bool:
        """Whether the paper's value can be written for every ticked question."""
        return all(one.can_take for one in self.questions if one.id in self.ticked)

    def take_questions(self, waiting: Sequence[Asked]) -> None:
        """The open questions as they are now; ticks of those that are gone go."""
        self.questions = list(waiting)
        self.ticked &= {one.id for one in waiting}
