"""Inputs of a form by what a field's declaration says it is: text, day, code, several codes, yes or no.

Each takes and gives the text that somebody would type; what it means is read by the services. Knows no form.
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from shequ_desktop.domain import codes, dates
from shequ_desktop.domain.areas import areas
from shequ_desktop.domain.care_records import CARE_KINDS
from shequ_desktop.domain.fields import Field as Declared
from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.identity import derived_from
from shequ_desktop.domain.problems import Problem
from shequ_desktop.domain.yes_no import NO, YES
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.telling import Teller, dotted
from shequ_desktop.ui.widgets.choices import CodeField, Segments
from shequ_desktop.ui.widgets.date_field import DateField
from shequ_desktop.ui.widgets.field import Field, text_area
from shequ_desktop.ui.widgets.marks import Button, small
from shequ_desktop.ui.widgets.options import Option

LONG = frozenset({"remark", "condition", "needs", "services"})
AHEAD = frozenset({"due_on"})
SHORT = (Type.PHONE, Type.PARTIAL_DATE, Type.LABEL, Type.NAME)
MOST_SEGMENTS, MOST_LETTERS, LINES = 4, 24, 3
SEX_ORDER = ("1", "2", "9", "0")
"""The two that nearly everybody is come first."""


class Input(abc.ABC):
    """A field's widget, and its text in and out."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    @property
    def is_narrow(self) -> bool:
        """Whether its width says what is expected; others take the room there is."""
        return self.widget.minimumWidth() == self.widget.maximumWidth()

    @abc.abstractmethod
    def typed(self) -> str: ...

    @abc.abstractmethod
    def put(self, text: str) -> None: ...

    @abc.abstractmethod
    def complain(self, problem: Problem) -> None: ...

    @abc.abstractmethod
    def note(self, key: str, value: str) -> None:
        """A quiet line below, such as a newer value from elsewhere."""

    @abc.abstractmethod
    def clear(self) -> None: ...

    @abc.abstractmethod
    def when_edited(self, act: Callable[[], None]) -> None: ...


class TextInput(Input):
    """`understand`: what is said inside the frame of what stands there."""

    def __init__(self, field: Field, understand: Callable[[str], str] | None = None) -> None:
        super().__init__(field)
        self.field, self._understand = field, understand
        if understand is not None:
            field.edited.connect(self._say)

    def typed(self) -> str:
        return self.field.text()

    def put(self, text: str) -> None:
        self.field.set_text(text)
        self._say()

    def _say(self) -> None:
        if self._understand is not None:
            self.field.show_trailing(self._understand(self.field.text()))

    def complain(self, problem: Problem) -> None:
        self.field.show_problem(problem)

    def note(self, key: str, value: str) -> None:
        if not self.field.is_wrong:
            self.field.show_note(key, value=value)

    def clear(self) -> None:
        self.field.clear()

    def when_edited(self, act: Callable[[], None]) -> None:
        self.field.edited.connect(act)


class DayInput(TextInput):
    def __init__(self, field: DateField) -> None:
        super().__init__(field)
        self.day = field

    def typed(self) -> str:
        understood = self.day.day()
        return understood.isoformat() if understood else self.day.text()

    def put(self, text: str) -> None:
        self.day.set_text(text)


class CodeInput(TextInput):
    """What is typed and not yet taken from the list is given as typed."""

    def __init__(self, field: CodeField, options: list[Option]) -> None:
        super().__init__(field)
        self.code, self._options = field, options

    def typed(self) -> str:
        text = self.code.text().strip()
        return next((option.value for option in self._options if text and text in (option.text, option.value)), text)

    def put(self, text: str) -> None:
        if any(option.value == text for option in self._options):
            self.code.set_value(text)
        else:
            self.code.set_value("")
            self.code.set_text(text)

    def when_edited(self, act: Callable[[], None]) -> None:
        super().when_edited(act)
        self.code.chosen.connect(lambda _value: act())


class ChoiceInput(Input):
    def __init__(self, segments: Segments) -> None:
        super().__init__(segments)
        self.segments = segments

    @property
    def is_narrow(self) -> bool:
        return True

    def typed(self) -> str:
        return self.segments.value()

    def put(self, text: str) -> None:
        self.segments.set_value(text)

    def complain(self, problem: Problem) -> None:
        self.segments.message.error(problem.key, **dict(problem.values))

    def note(self, key: str, value: str) -> None:
        self.segments.message.note(key, value=value)

    def clear(self) -> None:
        self.segments.message.hide()

    def when_edited(self, act: Callable[[], None]) -> None:
        def chosen(_value: str) -> None:
            self.clear()
            act()

        self.segments.chosen.connect(chosen)


class CodesInput(TextInput):
    """Words with a mark between them; a menu puts them there."""

    def __init__(self, face: Face, field: Field, options: list[Option]) -> None:
        super().__init__(field)
        self._options = options
        self._acts: list[Callable[[], None]] = []
        self.choose = small(Button(face, "ui.form.choose", kind="link", icon="caret-down"))
        self.choose.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = QMenu(self.choose)
        self._menu.aboutToShow.connect(self._fill)
        self.choose.setMenu(self._menu)
        field.control.add_trailing(self.choose)

    def _read(self) -> tuple[list[str], list[str]]:
        """(codes whose words stand there, other words). The longest word is taken first: some hold a shorter one, or a mark."""
        text, found = self.field.text(), []
        for option in sorted(self._options, key=lambda one: -len(one.text)):
            if option.text in text:
                found.append(option.value)
                text = text.replace(option.text, "、", 1)
        for mark in "，,;；/":
            text = text.replace(mark, "、")
        return found, [word.strip() for word in text.split("、") if word.strip()]

    def _show(self, values: list[str], others: list[str]) -> None:
        chosen = [option.text for option in self._options if option.value in values]
        self.field.set_text("、".join([*chosen, *others]))

    def _fill(self) -> None:
        self._menu.clear()
        chosen, _ = self._read()
        for option in self._options:
            action = self._menu.addAction(option.text)
            action.setCheckable(True)
            action.setChecked(option.value in chosen)
            action.triggered.connect(lambda _on=False, value=option.value: self._turn(value))

    def _turn(self, value: str) -> None:
        chosen, others = self._read()
        self._show([one for one in chosen if one != value] if value in chosen else [*chosen, value], others)
        for act in self._acts:
            act()

    def typed(self) -> str:
        """Codes where the words are theirs, in their order, so that it does not matter in which language they were chosen."""
        chosen, others = self._read()
        return "、".join([*sorted(chosen), *others])

    def put(self, text: str) -> None:
        known = {option.value for option in self._options}
        words = [word for word in text.split("、") if word]
        self._show([word for word in words if word in known], [word for word in words if word not in known])

    def when_edited(self, act: Callable[[], None]) -> None:
        super().when_edited(act)
        self._acts.append(act)


def input_for(face: Face, tell: Teller, kind: str, declared: Declared, *, today: Callable[[], date]) -> Input:
    """The input that fits a field's type."""
    key = f"term.{kind}.{declared.name}"
    if declared.type is Type.YES_NO:
        return ChoiceInput(Segments(face, key, [Option(YES, key="ui.tell.yes"), Option(NO, key="ui.tell.no")]))
    if declared.type is Type.CODE:
        return _code(face, key, code_options(tell, declared))
    if declared.type is Type.CODES:
        return CodesInput(face, Field(face, key), code_options(tell, declared))
    if declared.type is Type.DATE:
        return DayInput(DateField(face, key, today=today, ahead=declared.name in AHEAD))
    if declared.type is Type.TEXT and declared.name in LONG:
        area = text_area(face, key)
        area.editor.setFixedHeight(face.px("text_box.body") * LINES)
        return TextInput(area)
    return TextInput(
        Field(face, key, width="short" if declared.type in SHORT else ""), _understanding(declared.type, tell, today)
    )


def _understanding(of: Type, tell: Teller, today: Callable[[], date]) -> Callable[[str], str] | None:
    if of is Type.PARTIAL_DATE:
        return lambda text: understood_date(text, today())
    if of is Type.ID_NUMBER:
        return lambda text: understood_number(text, tell)
    return understood_area if of is Type.AREA else None


def _code(face: Face, key: str, options: list[Option]) -> Input:
    if len(options) <= MOST_SEGMENTS and sum(len(option.text) for option in options) <= MOST_LETTERS:
        return ChoiceInput(Segments(face, key, options))
    return CodeInput(CodeField(face, key, options, width="short"), options)


def code_options(tell: Teller, declared: Declared) -> list[Option]:
    """The codes of a field with their words in the language of now."""
    if declared.name == "care_kind":
        return [Option(kind, tell.say(f"ui.care_kind.{kind}")) for kind in CARE_KINDS]
    if declared.name == "risk":
        return [Option(row.code, tell.risk_word(row.code)) for row in codes.table("risk_level").rows]
    if declared.codes == "sex":
        return [Option(code, tell.code("sex", code)) for code in SEX_ORDER if code in codes.table("sex").by_code]
    if not declared.codes:
        return []
    return [Option(row.code, tell.code(declared.codes, row.code)) for row in codes.table(declared.codes).rows]


def understood_date(text: str, today: date) -> str:
    """A day, month or year as it was understood; empty where it was not."""
    read = dates.read_date(text, today=today) if text.strip() else None
    return "" if read is None or isinstance(read, dates.DateProblem) or read.value == text.strip() else read.value


def understood_area(text: str) -> str:
    """The name of an area that stands there as a code; the banner before a name that stands there as words."""
    known, said = areas(), text.strip()
    if not said:
        return ""
    code = said if known.is_area(said) else known.by_words(said)
    return " ".join(known.path(code)[-2:]) if code else ""


def understood_number(text: str, tell: Teller) -> str:
    """Birth date, sex and age that a whole number says."""
    said = derived_from("".join(text.split()).upper())
    birth = said.get("birth_date", "")
    return dotted((birth, tell.age_and_sex(birth, said.get("sex", "")))) if said else ""
