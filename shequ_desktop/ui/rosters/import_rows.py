"""Rows of a list and doubtful values as lines of a table. Knows no Qt widget."""

from __future__ import annotations

from collections.abc import Callable

from shequ_desktop.domain.fields import Privacy
from shequ_desktop.domain.masking import masked
from shequ_desktop.domain.records import KINDS
from shequ_desktop.services import answering, roster_preview
from shequ_desktop.services.answering import Asked
from shequ_desktop.services.roster_preview import RowSeen
from shequ_desktop.ui.rosters.import_state import ImportState
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line
from shequ_desktop.wording import catalogue

ROW_COLUMNS = (
    Column("ui.rosters.row", right=True),
    Column("ui.rosters.becomes"),
    Column("ui.rosters.name"),
    Column("ui.rosters.number", leaves=1),
    Column("ui.rosters.why", gives=True),
)
QUESTION_COLUMNS = (
    Column("ui.rosters.name"),
    Column("ui.rosters.field"),
    Column("ui.rosters.paper"),
    Column("ui.rosters.stands", leaves=1),
    Column("ui.rosters.why", gives=True),
)
_NAMED = ("resident", "household", "membership", "care_record", "phone")
"""Kinds of which a row names fields, the likeliest first."""
_LOOKS = {
    "added": ("plus-circle", "ok", False),
    "matched": ("equals", "text_2", False),
    "asked": ("question", "warn", False),
    "refused": ("x-circle", "alarm", True),
}


def row_line(teller: Teller, *, sheets: bool) -> Callable[[RowSeen], Line]:
    """`sheets`: the file has several, so that a row's number alone does not find it."""

    def made(row: RowSeen) -> Line:
        icon, tone, filled = _LOOKS[row.state]
        doubtful = row.state in ("asked", "refused")
        empty = teller.say("ui.empty_value")
        number = f"{row.sheet} {row.row}" if sheets else f"{row.row}"
        why = why_of(teller, row) or (teller.say("ui.rosters.same") if row.state == "matched" else "")
        cells = (
            Cell(number, "text_2", small=True),
            Cell(teller.say(f"ui.rosters.state.{row.state}"), tone, icon, strong=doubtful, filled=filled),
            Cell(row.name or empty, strong=True),
            Cell(row.number or empty, small=True),
            Cell(why, small=True),
        )
        return Line(f"{row.sheet} {row.row}", cells)

    return made


def why_of(teller: Teller, row: RowSeen) -> str:
    """Every reason once, with its field in the language of now; the number that stands in the row is not said again."""
    told: dict[str, None] = {}
    for named in roster_preview.hidden(row):
        words = reason(named.reason, teller.language)
        if named.field:
            words = teller.say("row_why", term=named_term(teller, named.field), value=named.value, why=words)
        told[words] = None
    return " ".join(told)


def named_term(teller: Teller, name: str) -> str:
    """The term of a field that a row names without its kind."""
    if name == "phone":
        return teller.term("phone")
    kind = next((kind for kind in _NAMED if name in KINDS[kind].by_name), "")
    return teller.term(kind, name) if kind else name


def question_line(teller: Teller, ticked: set[str]) -> Callable[[Asked], Line]:
    def made(one: Asked) -> Line:
        field = answering.field_of(one.kind, one.field)
        stands = teller.value(field, one.stands) if field else ""
        cells = (
            Cell(one.who or teller.say("ui.empty_value"), strong=True, tick=one.id in ticked),
            Cell(asked_term(teller, one)),
            Cell(paper_shown(one) or teller.say("ui.empty_value")),
            Cell(stands or teller.say("ui.empty_value"), "text_2"),
            Cell(reason(one.reason, teller.language), "text_2", small=True),
        )
        return Line(one.id, cells)

    return made


def asked_term(teller: Teller, one: Asked) -> str:
    """What is asked about, in the words of the forms."""
    if one.field == "phone":
        return teller.term("phone")
    return teller.term(one.kind, one.field) if answering.field_of(one.kind, one.field) else one.field


def paper_shown(one: Asked) -> str:
    """What the paper says; numbers in part."""
    field = answering.field_of(one.kind, one.field)
    return masked(field.type, one.paper) if field and field.privacy is Privacy.MASKED and one.paper else one.paper


def reason(key: str, language: str) -> str:
    """Why it was asked, in words; a reason that this version does not know is named as it is."""
    words = catalogue(language)
    return words.get(f"row_{key}") or words.get(key) or key


def about_file(state: ImportState, say: Callable[..., str]) -> tuple[str, dict[str, object]]:
    """(key, values) of the line under the title: which file, where its lists stand, how many rows; an empty key: no file."""
    if state.path is None:
        return "", {}
    if state.preview is None:
        return "ui.rosters.looking", {"file": state.path.name}
    lists = state.preview.lists
    first = lists[0]
    span = say("ui.rosters.rows_span", first=first.first, last=first.last)
    told: dict[str, object] = {
        "file": state.path.name,
        "lists": len(lists),
        "rows": span if first.first != first.last else first.first,
        "households": f"{sum(one.households for one in lists):,}",
        "count": f"{sum(one.rows for one in lists):,}",
    }
    return ("ui.rosters.about_lists" if len(lists) > 1 else "ui.rosters.about_list"), told
