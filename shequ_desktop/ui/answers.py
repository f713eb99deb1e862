"""What a search found, as rows in groups. Knows no archive: it is given answers and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shequ_desktop.domain.masking import masked_id
from shequ_desktop.services.looking_up import Answer
from shequ_desktop.ui.widgets.rows import Row

KINDS = ("household", "resident")
Say = Callable[..., str]


def rows_of(answers: Sequence[Answer], say: Say) -> list[Row]:
    """Groups with their heads; a single row that says so where nothing was found."""
    rows: list[Row] = []
    for kind in KINDS:
        group = [answer for answer in answers if answer.kind == kind]
        if group:
            rows.append(Row("", say(f"ui.frame.answers.{kind}"), str(len(group)), head=True))
            rows += [_row(answer) for answer in group]
    return rows or [Row("", say("ui.frame.search_none"), head=True)]


def _row(answer: Answer) -> Row:
    def texts(*names: str) -> list[str]:
        return [str(answer.fields[name]) for name in names if answer.fields.get(name)]

    if answer.kind == "household":
        name = answer.head or next(iter(texts("number", "address")), "—")
        return Row(
            f"household {answer.id}", name, " ".join(texts("order_number")), " · ".join(texts("number", "address", "landmark"))
        )
    document = str(answer.fields.get("id_number") or "")
    below = [*texts("birth_date"), *([masked_id(document)] if document else []), *texts("registered_address")]
    return Row(f"resident {answer.id}", " ".join(texts("name")) or "—", " ".join(texts("alias")), " · ".join(below))
