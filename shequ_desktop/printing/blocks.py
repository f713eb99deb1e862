"""The pieces that forms are declared of: facts, choices, lines to write on, tables, sentences, signatures.

Each turns a sheet's values into rows. Knows no form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from shequ_desktop.domain import codes
from shequ_desktop.printing import fonts
from shequ_desktop.printing.cells import choice_strips, flat_heading_cell, heading_cell, name_cell, right_strips, room_of
from shequ_desktop.printing.form_sheet import FormSheet, Language
from shequ_desktop.printing.sheet import Cell, Row
from shequ_desktop.printing.strips import BODY, LEFT, PAD_Y, RIGHT, RULED, Strip, ruled_strips, text_strips, upright

HEAD = 58.0  # width of a head cell
EASE, SCRIPT_EASE, NAME_EASE, EMPTY_ROW = 26.0, 58.0, 46.0, 20.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A head and its value. `codes`: while nothing is known, the words of this table stand there to be ticked."""

    label: str
    weight: float = 1.0
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts side by side; each value has its share of what the heads leave."""

    facts: tuple[Fact, ...]
    ease: float = EASE

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(fact.label for fact in self.facts)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        free = RIGHT - LEFT - HEAD * len(self.facts)
        whole = sum(fact.weight for fact in self.facts)
        cells: list[Cell] = []
        left = LEFT
        for fact in self.facts:
            right = left + HEAD + free * fact.weight / whole
            cells += (head_cell(left, left + HEAD, fact.label, language), _value_cell(left + HEAD, right, fact, sheet, language))
            left = right
        yield Row(tuple(cells), self.ease)


@dataclass(frozen=True, slots=True)
class Choice:
    """All options with boxes, those that hold ticked: of a code table, or of the form's own words."""

    label: str
    codes: str = ""
    options: str = ""
    only: tuple[str, ...] = ()  # of the table these codes

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label,)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        words = _words(self.codes, self.only) if self.codes else language.options(self.options)
        chosen = sheet.lines(self.label)
        options = [(word, word in chosen) for word in words]
        options += [(word, True) for word in chosen if word not in words]
        left = LEFT + HEAD
        yield Row(
            (head_cell(LEFT, left, self.label, language), Cell(left, RIGHT, choice_strips(options, room_of(left, RIGHT)))), EASE
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What is known, and below it lines to write on."""

    label: str
    lines: int = 2

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label,)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        left = LEFT + HEAD
        room = room_of(left, RIGHT)
        known = tuple(strip for line in sheet.lines(self.label) for strip in text_strips(line, room))
        cell = Cell(left, RIGHT, (*known, *ruled_strips(self.lines, room)))
        yield Row((head_cell(LEFT, left, self.label, language), cell), self.lines * RULED + 2 * PAD_Y + 4)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `ticked`: an empty box in each row."""

    label: str
    weight: float = 1.0
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading that stands again on each page, and rows left empty for what is not known yet."""

    label: str
    columns: tuple[Column, ...]
    empty: int = 1
    rows_min: int = 3

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(column.label for column in self.columns)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        edges = self._edges()
        placed = list(zip(self.columns, edges, edges[1:], strict=False))
        heading = Row(
            tuple(head_cell(left, right, column.label, language) for column, left, right in placed), EASE, with_next=True
        )
        yield heading
        known = sheet.rows(self.label)
        empty = max(self.empty, self.rows_min - len(known))
        for place, row in enumerate((*known, *({},) * empty), start=1):
            script = language.scripts and any(name.endswith("_mn") and text for name, text in row.items())
            cells = tuple(self._cell(column, row, language, left, right) for column, left, right in placed)
            if not row:  # high enough to write in, however full the page
                cells = (Cell(cells[0].left, cells[0].right, (Strip(EMPTY_ROW - 2 * PAD_Y),)), *cells[1:])
            yield Row(cells, NAME_EASE if script else EASE - 3, heading=heading, with_next=place == len(known) and empty == 1)

    def _edges(self) -> list[float]:
        whole = sum(column.weight for column in self.columns)
        edges = [LEFT]
        for column in self.columns:
            edges.append(edges[-1] + (RIGHT - LEFT) * column.weight / whole)
        return [*edges[:-1], RIGHT]

    def _cell(self, column: Column, row: Mapping[str, str], language: Language, left: float, right: float) -> Cell:
        if column.ticked:
            return Cell(left, right, choice_strips([(" ", False)], room_of(left, right)))
        text = row.get(column.label, "")
        script = row.get(column.label + "_mn", "") if language.scripts else ""
        return name_cell(left, right, text, script, height=NAME_EASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence over the whole width."""

    label: str

    @property
    def labels(self) -> tuple[str, ...]:
        return ()

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        text = language.speak("form.statement." + self.label)
        yield Row((Cell(LEFT, RIGHT, text_strips(text, room_of(LEFT, RIGHT))),), 30.0)


@dataclass(frozen=True, slots=True)
class Section:
    """A grey line that names what follows; it never ends a page."""

    label: str

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label,)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        words = text_strips(language.label(self.label), room_of(LEFT, RIGHT), face=fonts.STRONG)
        yield Row((Cell(LEFT, RIGHT, words, head=True),), 22.0, with_next=True)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, side by side, with the day; last, where wanted, the place of the seal."""

    who: tuple[str, ...]
    seal: bool = True
    height: float = 69.0

    @property
    def labels(self) -> tuple[str, ...]:
        return ("signatures", "seal") if self.seal else ("signatures",)

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]:
        edge = RIGHT - HEAD - 120.0 if self.seal else RIGHT
        wide = (edge - LEFT - HEAD) / len(self.who)
        cells = [head_cell(LEFT, LEFT + HEAD, "signatures", language)]
        for place, key in enumerate(self.who):
            left = LEFT + HEAD + place * wide
            cells.append(_signed(left, left + wide, language.speak("form.label." + key), language))
        if self.seal:
            cells += (head_cell(edge, edge + HEAD, "seal", language), _signed(edge + HEAD, RIGHT, sheet.seal, language))
        yield Row(tuple(cells), self.height)


class Block(Protocol):
    """A piece of a form: the keys of its head cells, and its rows for a sheet."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    def rows(self, sheet: FormSheet, language: Language) -> Iterator[Row]: ...


def head_cell(left: float, right: float, key: str, language: Language) -> Cell:
    script = language.script(key)
    if script:
        return heading_cell(left, right, language.label(key), script, height=SCRIPT_EASE)
    return flat_heading_cell(left, right, language.label(key))


def _signed(left: float, right: float, words: str, language: Language) -> Cell:
    room = room_of(left, right)
    date = upright(right_strips(language.speak("form.home_visit.date_blank"), room))
    return Cell(left, right, text_strips(words, room), middle=False, foot=date)


def _value_cell(left: float, right: float, fact: Fact, sheet: FormSheet, language: Language) -> Cell:
    known = sheet.lines(fact.label)
    room = room_of(left, right)
    if not known and fact.codes:
        return Cell(left, right, choice_strips([(word, False) for word in _words(fact.codes)], room))
    script = sheet.text(fact.label + "_mn") if language.scripts else ""
    if script and len(known) == 1:
        return name_cell(left, right, known[0], script, height=SCRIPT_EASE)
    strips: tuple[Strip, ...] = tuple(strip for line in known for strip in text_strips(line, room, size=BODY))
    return Cell(left, right, strips)


def _words(table: str, only: tuple[str, ...] = ()) -> tuple[str, ...]:
    if table == "sex":
        only = ("1", "2")
    return tuple(row.zh for row in codes.table(table).rows if not only or row.code in only)
