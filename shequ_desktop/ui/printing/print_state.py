"""What somebody wants printed, and what the page says of it. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shequ_desktop.services.print_jobs import Order
from shequ_desktop.services.print_preview import ALL, DUE, FORMS, MEANS_MANY, NAMED, Part, Prepared
from shequ_desktop.ui.places import ALL_DUE
from shequ_desktop.ui.widgets.options import Option

Say = Callable[..., str]
HOME_VISIT = "home-visit"
MOST_COPIES = 20
CHINESE, BOTH = "zh", "both"


@dataclass(frozen=True, slots=True)
class PrintState:
    """`records`: for whom, where they are named one by one. `copies`: sheets of each form."""

    form: str = HOME_VISIT
    whom: str = DUE
    records: tuple[str, ...] = ()
    scripts: bool = False
    copies: int = 1

    @property
    def order(self) -> Order:
        return Order(form=self.form, scripts=self.scripts)

    def with_form(self, form: str) -> PrintState:
        """The list of those due is for all of them."""
        whom = DUE if form == MEANS_MANY and self.whom == NAMED else self.whom
        return replace(self, form=form, whom=whom)

    def without(self, record: str, parts: tuple[Part, ...]) -> PrintState:
        """The same forms but one."""
        return replace(self, whom=NAMED, records=tuple(part.record for part in parts if part.record not in ("", record)))


def opened_with(target: str) -> PrintState:
    """What a page is opened with: ids, separated by commas; nothing, or the word for all of them, for those due."""
    records = tuple(one for one in target.split(",") if one and one != ALL_DUE)
    return PrintState(whom=NAMED, records=records) if records else PrintState()


def form_title(form: str) -> str:
    """Key of a form's name."""
    return "form.home_visit.title" if form == HOME_VISIT else f"form.title.{form}"


def form_options(say: Say) -> list[Option]:
    return [Option(form, say(form_title(form))) for form in FORMS]


def whom_options(state: PrintState, counts: Mapping[str, int], say: Say) -> list[Option]:
    """Those due, all in care, and those that are named, where some are."""
    offered = [(DUE, counts.get(DUE, 0)), (ALL, counts.get(ALL, 0))]
    made = [Option(whom, say(f"ui.print.whom.{whom}", count=number)) for whom, number in offered]
    if state.records and state.form != MEANS_MANY:
        made.append(Option(NAMED, say("ui.print.whom.named", count=len(state.records))))
    return made


def head_line(prepared: Prepared, state: PrintState, say: Say) -> str:
    """7 份 · 9 页 · 每份印 3 张"""
    job = prepared.job
    said = [say("ui.print.forms", count=job.forms), say("ui.print.pages", count=job.pages)]
    if state.copies > 1:
        said.append(say("ui.print.each", count=state.copies, sheets=job.pages * state.copies))
    if job.without_household:
        said.append(say("ui.print.without_household", count=job.without_household))
    return say("ui.print.dot").join(said)


def note(prepared: Prepared, unreviewed: int) -> tuple[str, dict[str, str]]:
    """(key, values) of the one sentence that must be read before printing; an empty key where there is none."""
    boxed = prepared.job.boxed
    if boxed:
        text, characters = boxed[0]
        more = len(boxed) - 1
        key = "ui.print.boxed_more" if more else "ui.print.boxed"
        return key, {"text": text, "characters": " ".join(characters), "more": str(more)}
    return ("ui.print.unreviewed", {"count": str(unreviewed)}) if unreviewed else ("", {})


def part_at(parts: tuple[Part, ...], page: int) -> int:
    """Place of the form that a page belongs to; -1 where there is none."""
    return next((place for place, part in enumerate(parts) if part.first <= page < part.first + part.pages), -1)


def file_name(state: PrintState, today: date, say: Say) -> str:
    """A name that says which form and which day, and nobody."""
    return f"{say(form_title(state.form))} {today.isoformat()}.pdf"


def read_copies(typed: str) -> int | None:
    """How many sheets are meant; None where that is no number from 1 to 20."""
    text = typed.strip()
    return int(text) if text.isdecimal() and 1 <= int(text) <= MOST_COPIES else None
