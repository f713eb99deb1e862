"""Cells as text: one spelling for what files of different sorts hold. Nothing is interpreted here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from shequ_desktop.rosters.columns import words
from shequ_desktop.rosters.sheets import Cell

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no database of ours takes, or no person can see."""

_EXACT = 1e15
"""Beyond this a spreadsheet's number has lost its last digits."""


def text_of(cell: Cell) -> str:
    """The cell's text without blanks around it; whole numbers without a point, days as ISO 8601.

    A number of more digits than a spreadsheet keeps stays in its form with an exponent, so that it is seen as rounded.
    """
    if isinstance(cell, str):
        cell = cell.strip()
        return cell if cell.isprintable() else _UNFIT.sub("", cell.replace("\r\n", "\n")).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return words("yes" if cell else "no")[0]
    if isinstance(cell, (int, float)):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""


def _number(cell: int | float) -> str:
    if abs(cell) >= _EXACT:
        return repr(float(cell))
    return str(int(cell)) if cell == int(cell) else repr(cell)


def yes_or_no(text: str) -> bool | None:
    """What a tick, a stroke or a word says; None where it says neither."""
    word = unicodedata.normalize("NFKC", text).strip().upper()
    if word in words("yes"):
        return True
    return False if word in words("no") else None
