"""What is written on a visit's form so far, as plain texts, and the draft's content made of them. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import visit_checks
from shequ_desktop.services.visit_checks import HOME, Fault
from shequ_desktop.services.visit_forms import PastVisit, VisitDraft, VisitForm

VISIT_FIELDS = ("visited_on", "means", "visitors", "outcome", "needs", "services", "remark")
NOTE_FIELDS = ("outcome", "condition", "needs", "remark")
PROMISE_FIELDS = ("promised", "due_on")
AT_HOME = "10"
"""The usual way of a visit."""

Understand = Callable[[str, bool], date | Problem | None]
"""Reads a day as people type it; True: one that is to come."""


class Spot(NamedTuple):
    """A field of the form. `row`: place of the promise, -1 elsewhere."""

    page: str
    field: str
    row: int = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Where the hand was."""

    spot: Spot
    cursor: int = 0


@dataclass
class VisitState:
    """One form that is being written. `texts` holds what stands in each field as typed."""

    form: VisitForm
    understand: Understand
    today: date
    texts: dict[Spot, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)  # of the promises that were saved before, by row
    done: set[str] = field(default_factory=set)
    place: Place | None = None

    @classmethod
    def of(cls, form: VisitForm, *, user: str, today: date, understand: Understand) -> VisitState:
        """The form as its draft says; what a new one usually says stands in it already."""
        state = cls(form, understand, today)
        content = form.draft.content
        typed = dict(content.get("visit", {}))
        if not typed:
            typed = {"visited_on": today.isoformat(), "means": AT_HOME, "visitors": user}
        state.texts = {Spot(HOME, name): str(text) for name, text in typed.items()}
        for note in content.get("notes", ()):
            page = str(note.get("care_record", ""))
            state.texts |= {Spot(page, name): str(note.get(name, "")) for name in NOTE_FIELDS if name in note}
        for row, promise in enumerate(content.get("promises", ())):
            state.ids.append(str(promise.get("id", "")))
            state.texts |= {Spot(HOME, name, row): str(promise.get(name, "")) for name in PROMISE_FIELDS}
        state.done = {str(one) for one in content.get("done", ())}
        state._take_as_typed(content.get("as_typed", ()))
        state.place = _place(content.get("place"))
        return state

    @property
    def pages(self) -> list[str]:
        return [HOME, *(care.care_record for care in self.form.cares)]

    @property
    def rows(self) -> int:
        """How many rows of promises there are, an empty one at the end included."""
        filled = [spot.row for spot, text in self.texts.items() if spot.row >= 0 and text.strip()]
        return max([*filled, len(self.ids) - 1], default=-1) + 2

    def text(self, spot: Spot) -> str:
        return self.texts.get(spot, "")

    def write(self, spot: Spot, text: str) -> bool:
        """Put a text into a field; whether anything changed."""
        if self.text(spot) == text:
            return False
        self.texts[spot] = text
        return True

    def content(self) -> dict[str, Any]:
        """What is kept as a draft, and what is finished. Days stand in it as days, and beside them as they were typed."""
        visit = {name: self._plain(Spot(HOME, name)) for name in VISIT_FIELDS if Spot(HOME, name) in self.texts}
        kept: dict[str, Any] = {
            "visit": visit,
            "notes": self._notes(),
            "promises": [promise for _, promise in self._promises()],
            "done": sorted(self.done),
            "seen": self.form.draft.content.get("seen"),
        }
        if typed := self._as_typed():
            kept["as_typed"] = typed
        if self.place:
            kept["place"] = [*self.place.spot, self.place.cursor]
        return kept

    def draft(self) -> VisitDraft:
        return replace(self.form.draft, content=self.content())

    def is_bare(self, fresh: VisitState) -> bool:
        """Whether nobody has written anything: then there is nothing to keep."""
        return not self.form.saved and self._said() == fresh._said()

    def faults(self) -> list[Fault]:
        """What is wrong or lacking, in the rows of the form."""
        rows = [row for row, _ in self._promises()]
        found = [
            replace(fault, row=rows[fault.row]) if fault.row >= 0 else fault
            for fault in visit_checks.faults(self.content(), today=self.today)
        ]
        for row in rows:
            day = self.understand(self.text(Spot(HOME, "due_on", row)), True)
            if isinstance(day, Problem) and day.key == "ui.date_is_past" and not self._id(row):
                found.append(Fault(HOME, "due_on", day, row=row))
        return found

    def written(self, page: str, faults: Sequence[Fault]) -> bool:
        """Whether a page is done: something stands on it; at home, nothing lacks. `faults`: those of the whole form."""
        mine = [fault for fault in faults if fault.page == page]
        if page == HOME:
            return not mine
        return not mine and any(self.text(Spot(page, name)).strip() for name in NOTE_FIELDS)

    def past(self, page: str) -> Sequence[PastVisit]:
        """Earlier visits that say something for this page, the newest first."""
        if page == HOME:
            return self.form.past
        return [visit for visit in self.form.past if page in visit.notes]

    def past_value(self, spot: Spot, past: PastVisit) -> str:
        """What stood in this field then, as it would be typed."""
        fields: Mapping[str, Any] = past.fields if spot.page == HOME else past.notes.get(spot.page, {})
        return str(fields.get(spot.field, "")) if spot.row < 0 and spot.field != "visited_on" else ""

    def take_in(self, form: VisitForm) -> None:
        """What has come since; what is written stays as it is."""
        self.form = replace(form, draft=self.form.draft)

    def _said(self) -> dict[str, Any]:
        return {name: part for name, part in self.content().items() if name not in ("place", "as_typed", "seen")}

    def _id(self, row: int) -> str:
        return self.ids[row] if row < len(self.ids) else ""

    def _day(self, spot: Spot) -> str:
        """The day that is meant, ISO 8601; the text itself where none is."""
        read = self.understand(self.text(spot), spot.field == "due_on")
        return read.isoformat() if isinstance(read, date) else self.text(spot)

    def _plain(self, spot: Spot) -> str:
        return self._day(spot) if spot.field in ("visited_on", "due_on") else self.text(spot)

    def _notes(self) -> list[dict[str, str]]:
        listed = []
        before = {str(note.get("care_record", "")) for note in self.form.draft.content.get("notes", ())}
        for page in dict.fromkeys(spot.page for spot in self.texts if spot.page != HOME):
            note = {name: self.text(Spot(page, name)) for name in NOTE_FIELDS if Spot(page, name) in self.texts}
            if page in before or any(text.strip() for text in note.values()):
                listed.append({"care_record": page, **note})
        return listed

    def _promises(self) -> list[tuple[int, dict[str, str]]]:
        """(row, promise) of the rows on which something stands."""
        listed = []
        for row in range(self.rows):
            promise = {name: self._plain(Spot(HOME, name, row)) for name in PROMISE_FIELDS}
            if known := self._id(row):
                promise["id"] = known
            if any(text.strip() for text in promise.values()):
                listed.append((row, promise))
        return listed

    def _as_typed(self) -> list[list[Any]]:
        """Days whose text is not the day itself: 11.24, 下周二."""
        rows = {row: place for place, (row, _) in enumerate(self._promises())}
        typed = []
        for spot, text in self.texts.items():
            if spot.field in ("visited_on", "due_on") and text != self._day(spot):
                typed.append([spot.page, spot.field, rows.get(spot.row, spot.row), text])
        return typed

    def _take_as_typed(self, typed: Sequence[Sequence[Any]]) -> None:
        """Show a day as it was typed, as long as the words still mean that day."""
        for page, name, row, text in typed:
            spot = Spot(str(page), str(name), int(row))
            read = self.understand(str(text), spot.field == "due_on")
            if isinstance(read, date) and read.isoformat() == self.texts.get(spot):
                self.texts[spot] = str(text)


def _place(kept: Any) -> Place | None:
    if not isinstance(kept, list) or len(kept) != 4:
        return None
    page, name, row, cursor = kept
    return Place(Spot(str(page), str(name), int(row)), int(cursor))
