"""Writes the practice roster (练习花名册) as villages keep theirs: one household over several rows, and some mess.

The mess is planned, so that every answer of an import occurs: rows added, matched, asked, refused.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from shequ_desktop.demo.numbers import old_form
from shequ_desktop.demo.people import Gacha, Household, Person
from shequ_desktop.demo.words import text
from shequ_desktop.domain import codes
from shequ_desktop.storage.files import write_whole

COLUMNS = (
    "number", "order_number", "relation", "name", "sex", "ethnic_group", "id_number", "birth_date", "education",
    "marital_status", "phone", "address", "landmark", "away", "away_place", "care_label", "remark",
)  # fmt: skip
_DAY_FORMS = ("{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}", "{0.year}/{0.month}/{0.day}")
_TITLE_ROWS = 3

Row = dict[str, str | float]
"""Column -> what stands in the cell; a number stands there as Excel keeps it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a person counts in the file: rows of people, and which of them are doubtful or stand twice; lines of no person."""

    people: int
    doubtful: int
    twice: int
    no_person: int


def write_roster(gacha: Gacha, out: Path, *, day: date, seed: int) -> Written:
    """Write the list of a day as .xlsx. Raises OSError."""
    dice = random.Random(seed)
    rows = [row for household in gacha.households for row in _household(household, dice)]
    doubtful = _spoil(rows, dice)
    rows += _again(rows)
    people = len(rows)
    rows += [{"number": text("total"), "name": str(people)}, {"number": text("note")}]
    write_whole(out, _workbook(gacha, rows, day))
    return Written(people, doubtful, twice=1, no_person=2)


def _household(household: Household, dice: random.Random) -> Iterator[Row]:
    """Number and address stand in the first row only, as where cells are merged."""
    for n, person in enumerate(household.people):
        row = _person(person, dice)
        if n == 0:
            row |= {name: getattr(household, name) for name in ("number", "order_number", "landmark", "address")}
        yield row


def _person(person: Person, dice: random.Random) -> Row:
    day = dice.choice(_DAY_FORMS).format(person.birth)
    return {
        "relation": codes.zh("relation_to_head", person.relation),
        "name": person.name,
        "sex": codes.zh("sex", person.sex),
        "ethnic_group": codes.zh("ethnic_group", person.ethnic_group),
        "id_number": person.id_number,
        "birth_date": day,
        "education": codes.zh("education", person.education),
        "marital_status": codes.zh("marital_status", person.marital_status),
        "phone": person.phone,
        "away": text("yes") if person.away else text("no"),
        "away_place": person.away,
        "care_label": text(person.care) if person.care else "",
        "remark": person.remark,
    }


def _spoil(rows: list[Row], dice: random.Random) -> int:
    """Make some rows doubtful, each in its own way; answers how many. One more becomes an old number, which is certain."""
    old = next(row for row in rows if str(row["id_number"])[6:8] == "19" and not row["care_label"])
    old["id_number"] = old_form(str(old["id_number"]))
    spoilt = dice.sample([row for row in rows if row is not old], len(_SPOILERS))
    for row, spoil in zip(spoilt, _SPOILERS, strict=True):
        spoil(row)
    return len(_SPOILERS)


def _wrong_check_digit(row: Row) -> None:
    number = str(row["id_number"])
    row["id_number"] = number[:17] + ("1" if number[17] != "1" else "2")


def _rounded_by_excel(row: Row) -> None:
    row["id_number"] = float(str(row["id_number"])[:15] + "000")


def _other_sex(row: Row) -> None:
    row["sex"] = codes.zh("sex", "2" if row["sex"] == codes.zh("sex", "1") else "1")


def _other_birthday(row: Row) -> None:
    number = str(row["id_number"])
    told = date(int(number[6:10]), int(number[10:12]), int(number[12:14])) - timedelta(days=40)
    row["birth_date"] = told.isoformat()


_SPOILERS = (_wrong_check_digit, _rounded_by_excel, _other_sex, _other_birthday)


def _again(rows: list[Row]) -> list[Row]:
    """One person who stands in the list twice."""
    first = next(row for row in rows if row.get("number"))
    return [dict(first)]


def _workbook(gacha: Gacha, rows: list[Row], day: date) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(text("sheet"))
        sheet.write_string(0, 0, text("title").format(year=day.year, gacha=gacha.name))
        sheet.write_string(1, 0, text("day_words"))
        sheet.write_string(1, 1, text("day").format(year=day.year, month=day.month, day=day.day))
        for column, name in enumerate(COLUMNS):
            sheet.write_string(2, column, text(name))
        for n, row in enumerate(rows, start=_TITLE_ROWS):
            for column, name in enumerate(COLUMNS):
                value = row.get(name, "")
                if isinstance(value, float):
                    sheet.write_number(n, column, value)
                elif value:
                    sheet.write_string(n, column, value)
    return content.getvalue()
