"""Assessment of an elder's ability (老年人能力评估): 26 items after GB/T 42195-2022, each with its scores to tick.

Items and scores are a resource; levels and rules of adjustment are printed, the sums are written by hand.
"""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from shequ_desktop import paths
from shequ_desktop.printing.blocks import Choice, Fact, Facts, Section, Signing, Statement
from shequ_desktop.printing.cells import choice_strips, flat_heading_cell, room_of
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.form_sheet import FormSheet, Language
from shequ_desktop.printing.forms.care_heads import PERSON
from shequ_desktop.printing.sheet import Cell, Row
from shequ_desktop.printing.strips import LEFT, RIGHT, centred_strips

ITEM_EDGE, SCORE_EDGE = LEFT + 66.0, RIGHT - 40.0


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a part, with the meaning of each of its scores, the highest first."""

    part: str
    key: str
    name: str
    scores: tuple[tuple[int, str], ...]


@functools.cache
def items() -> tuple[Item, ...]:
    """All items in the order of the standard."""
    with (paths.resources() / "elder_ability.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    grouped = itertools.groupby(rows, lambda row: (row["part"], row["item_key"], row["item_zh"]))
    return tuple(Item(*names, tuple((int(row["score"]), row["meaning_zh"]) for row in group)) for names, group in grouped)


@dataclass(frozen=True, slots=True)
class Scores:
    """The items of one part: name, scores to tick, the score in a cell of its own."""

    part: str

    @property
    def labels(self) -> tuple[str, ...]:
        return ()

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        heading = Row(
            (
                flat_heading_cell(LEFT, ITEM_EDGE, language.label("item")),
                flat_heading_cell(ITEM_EDGE, SCORE_EDGE, language.label("part_" + self.part)),
                flat_heading_cell(SCORE_EDGE, RIGHT, language.label("score")),
            ),
            20.0,
            with_next=True,
        )
        yield heading
        for item in (item for item in items() if item.part == self.part):
            given = sheet.text(item.key)
            options = [(f"{score} {meaning}", str(score) == given) for score, meaning in item.scores]
            cells = (
                flat_heading_cell(LEFT, ITEM_EDGE, item.name),
                Cell(ITEM_EDGE, SCORE_EDGE, choice_strips(options, room_of(ITEM_EDGE, SCORE_EDGE))),
                Cell(SCORE_EDGE, RIGHT, centred_strips(given, room_of(SCORE_EDGE, RIGHT))),
            )
            yield Row(cells, heading=heading)


PARTS = ("self_care", "movement", "mental", "senses_social")

FORM = Form(
    "elder-assessment",
    (
        *PERSON,
        Facts((Fact("household.address", 1.6), Fact("assessed_on"))),
        Facts((Fact("informant"), Fact("assessment_reason", 1.4))),
        *(Scores(part) for part in PARTS),
        Section("assessment_result"),
        Facts(tuple(Fact("sum_" + part) for part in PARTS)),
        Facts((Fact("sum_all"),)),
        Choice("ability_level", options="ability_level"),
        Choice("adjusted", options="adjusted"),
        Choice("adjusted_level", options="ability_level"),
        Statement("ability_source"),
        Signing(("assessor_signs", "second_assessor_signs", "informant_signs"), seal=False),
    ),
)
