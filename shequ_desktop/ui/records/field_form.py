"""A form of declared fields in sections: laid out by whoever gives the sections, labelled and checked by the declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.records import KINDS
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.records.inputs import Input, input_for
from shequ_desktop.ui.telling import Teller
from shequ_desktop.ui.widgets.marks import Word, bare

NARROW = 620
"""Below this width fields stand under each other."""


@dataclass(frozen=True, slots=True)
class Section:
    """`key`: its title's sentence, or empty. `rows`: fields that stand beside each other, as `kind.field`."""

    key: str
    rows: tuple[tuple[str, ...], ...]


class FieldForm(QWidget):
    """`edited` comes with every change by hand."""

    edited = Signal()

    def __init__(
        self,
        face: Face,
        tell: Teller,
        sections: Sequence[Section],
        *,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Input] = {}
        self._face, self._tell, self._today = face, tell, today
        self._rows: list[QBoxLayout] = []
        self.blocks: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        bare(self._column, face.px("space.l"))
        for section in sections:
            self._add(section)
        self._column.addStretch(1)
        self.setFocusProxy(next(iter(self.inputs.values())).widget)
        self.setMaximumWidth(face.px("width.visit_form"))

    def _add(self, section: Section) -> None:
        block = QWidget()
        column = QVBoxLayout(block)
        bare(column, self._face.px("space.m"))
        if section.key:
            column.addWidget(Word(self._face, "section", section.key))
        for names in section.rows:
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            bare(row, self._face.px("space.l"))
            for name in names:
                kind, _, field = name.partition(".")
                made = input_for(self._face, self._tell, kind, KINDS[kind].by_name[field], today=self._today)
                made.when_edited(self.edited.emit)
                self.inputs[name] = made
                row.addWidget(made.widget, 0 if made.is_narrow else 1)
            if all(self.inputs[name].is_narrow for name in names):
                row.addStretch(1)
            self._rows.append(row)
            column.addLayout(row)
        self.blocks[section.key] = block
        self._column.addWidget(block)

    def typed(self) -> dict[str, str]:
        """{kind.field: text}"""
        return {name: one.typed() for name, one in self.inputs.items()}

    def fill(self, typed: Mapping[str, str]) -> None:
        """Show these texts; a field that is not named becomes empty."""
        for name, one in self.inputs.items():
            one.put(typed.get(name, ""))
            one.clear()

    def show_problems(self, problems: Mapping[str, Problem]) -> int:
        """Each beside its field; the first gets the focus. How many there are."""
        for name, one in self.inputs.items():
            one.clear()
            if name in problems:
                kind = name.partition(".")[0]
                problem = problems[name]
                named = Problem(problem.key, name.partition(".")[2], problem.values)
                one.complain(self._tell.problem(kind, named))
        first = next((one for name, one in self.inputs.items() if name in problems), None)
        if first is not None:
            first.widget.setFocus()
        return sum(name in problems for name in self.inputs)

    def focus_first(self) -> None:
        """The first field that is in sight."""
        for one in self.inputs.values():
            if not one.widget.isHidden():
                one.widget.setFocus()
                return

    def focused(self) -> tuple[str, int]:
        """(the field that has the focus, where its cursor is)"""
        here = QApplication.focusWidget()
        for name, one in self.inputs.items():
            if here is not None and (one.widget is here or one.widget.isAncestorOf(here)):
                return name, here.cursorPosition() if isinstance(here, QLineEdit) else 0
        return "", 0

    def focus_on(self, name: str, cursor: int) -> None:
        """Put the focus and the cursor where they were."""
        if name in self.inputs:
            widget = self.inputs[name].widget
            widget.setFocus()
            editor = getattr(widget, "editor", None)
            if isinstance(editor, QLineEdit):
                editor.setCursorPosition(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        beside = self.width() >= self._face.scaled(NARROW)
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
