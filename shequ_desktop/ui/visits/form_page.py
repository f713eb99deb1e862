"""One page of a visit's form: the home's, or that of one care record. Tells what was typed where; decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.services.visit_checks import HOME, Fault
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.visits.entries import CodeEntry, day_entry, show_in, typed_in
from shequ_desktop.ui.visits.visit_state import Spot, VisitState
from shequ_desktop.ui.widgets.choices import CodeField
from shequ_desktop.ui.widgets.field import Field, text_area
from shequ_desktop.ui.widgets.marks import Word, put

WIDE, SHORT, NARROW = 448, 296, 200
"""How a row shares its room."""


class FormPage(QScrollArea):
    """`typed(spot, text)` at each letter, `left(spot)` when a field is left."""

    typed = Signal(object, str)
    left = Signal(object)

    def __init__(self, face: Face, page: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face, self.page, self._today = face, page, today
        self.fields: dict[Spot, Field] = {}
        self._rows: list[QBoxLayout] = []
        self._narrow = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        put(content, ground="surface")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        self._column.setContentsMargins(margin, face.px("space.m"), margin, margin)
        self._column.setSpacing(face.px("space.m"))
        self.setWidget(content)

    def field(self, spot: Spot) -> Field | None:
        return self.fields.get(spot)

    def first_empty(self, state: VisitState) -> Field:
        """Where somebody begins to write."""
        empty = (field for spot, field in self.fields.items() if not state.text(spot))
        return next(empty, next(iter(self.fields.values())))

    def spot_of(self, widget: QWidget | None) -> Spot | None:
        """The field that a widget belongs to."""
        if widget is None:
            return None
        return next((spot for spot, field in self.fields.items() if field is widget or field.isAncestorOf(widget)), None)

    def show_state(self, state: VisitState) -> None:
        """Show what is written; a field with the focus is not written into."""
        for spot, field in self.fields.items():
            if not field.editor.hasFocus():
                show_in(field, state.text(spot))

    def show_faults(self, faults: Sequence[Fault], seen: set[Spot]) -> None:
        """Beside each field what is wrong; what only lacks is a quiet line. `seen`: fields that somebody has left already."""
        told: Mapping[Spot, Fault] = {Spot(fault.page, fault.field, fault.row): fault for fault in reversed(faults)}
        for spot, field in self.fields.items():
            fault = told.get(spot)
            if fault is None:
                if spot in seen or field.message.isVisibleTo(field):
                    field.clear()
            elif fault.later:
                field.show_note("ui.visit.needed")
            elif spot in seen:
                field.show_problem(fault.problem)

    def arrange(self, *, narrow: bool) -> None:
        """One field a row where there is little room."""
        self._narrow = narrow
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def section(self, key: str) -> None:
        if self._column.count():
            self._column.addSpacing(self.face.px("space.xs"))
        self._column.addWidget(Word(self.face, "section", key))

    def row(self, *parts: tuple[Spot, Field, int], at: int = -1) -> None:
        """Fields side by side, sharing the room by weight; a weight of nothing keeps the field's own width."""
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.face.px("space.l"))
        for spot, field, weight in parts:
            line.addWidget(field, weight, Qt.AlignmentFlag.AlignTop)
            self._join(spot, field)
        self._rows.append(line)
        if at < 0:
            self._column.addLayout(line)
        else:
            self._column.insertLayout(at, line)
        self.arrange(narrow=self._narrow)

    def end(self) -> None:
        self._column.addStretch(1)

    def spot(self, name: str, row: int = -1) -> Spot:
        return Spot(self.page, name, row)

    def text(self, name: str, key: str, weight: int = 1) -> tuple[Spot, Field, int]:
        return self.spot(name), Field(self.face, key), weight

    def area(self, name: str, key: str, lines: int) -> tuple[Spot, Field, int]:
        field = text_area(self.face, key, lines=lines)
        field.editor.setFixedHeight(lines * self.face.px("text_box.body"))
        return self.spot(name), field, 1

    def code(self, name: str, key: str, table: str, weight: int = 1) -> tuple[Spot, Field, int]:
        return self.spot(name), CodeEntry(self.face, key, table), weight

    def day(
        self, name: str, key: str, *, row: int = -1, ahead: bool = False, hint: str = "", weight: int = 0
    ) -> tuple[Spot, Field, int]:
        return self.spot(name, row), day_entry(self.face, key, self._today, ahead=ahead, hint=hint), weight

    def _join(self, spot: Spot, field: Field) -> None:
        self.fields[spot] = field
        field.edited.connect(lambda: self.typed.emit(spot, typed_in(field)))
        field.left.connect(lambda: self.left.emit(spot))
        if isinstance(field, CodeField):
            field.chosen.connect(lambda _value: self.typed.emit(spot, typed_in(field)))


class HomePage(FormPage):
    """When, how, who; what came of it; needs, services, what was promised."""

    def __init__(self, face: Face, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(face, HOME, today, parent)
        self.section("ui.visit.section.this")
        self.row(
            self.day("visited_on", "ui.visit.field.visited_on", weight=SHORT),
            self.code("means", "ui.visit.field.means", "contact_means", NARROW),
            self.text("visitors", "ui.visit.field.visitors", NARROW),
        )
        self.row(self.code("outcome", "ui.visit.field.outcome", "visit_outcome"))
        self.section("ui.visit.section.needs")
        self.row(
            self.text("needs", "ui.visit.field.needs", WIDE),
            self.text("services", "ui.visit.field.services", WIDE),
        )
        self._promises = 0
        self._promises_end = self._column.count()
        self.row(self.area("remark", "ui.visit.field.remark", 3))
        self.end()

    def show_state(self, state: VisitState) -> None:
        self.show_promises(state.rows)
        super().show_state(state)

    def show_promises(self, rows: int) -> None:
        """As many rows as are written, and an empty one to write on."""
        while self._promises < rows:
            row = self._promises
            promised = (self.spot("promised", row), Field(self.face, "ui.visit.field.promised"), WIDE)
            due = self.day("due_on", "ui.visit.field.due_on", row=row, ahead=True, hint="ui.visit.hint.due_on", weight=SHORT)
            self.row(promised, due, at=self._promises_end + row)
            self._promises += 1
        self._in_order()

    def _in_order(self) -> None:
        """Tab goes from promise to promise, and then to the remark."""
        chain = [self.fields[self.spot("services")]]
        for row in range(self._promises):
            chain += [self.fields[self.spot("promised", row)], self.fields[self.spot("due_on", row)]]
        chain.append(self.fields[self.spot("remark")])
        for one, other in itertools.pairwise(chain):
            QWidget.setTabOrder(one.editor, other.editor)


class CarePage(FormPage):
    """How one person in care is, and what is needed."""

    def __init__(self, face: Face, care_record: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(face, care_record, today, parent)
        self.section("ui.visit.section.condition")
        self.row(self.code("outcome", "ui.visit.field.outcome", "visit_outcome"))
        self.row(self.area("condition", "ui.visit.field.condition", 4))
        self.section("ui.visit.section.needs")
        self.row(self.text("needs", "ui.visit.field.needs"))
        self.row(self.area("remark", "ui.visit.field.remark", 3))
        self.end()
