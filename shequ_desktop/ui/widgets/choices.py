"""Choosing: segments for up to four words, check boxes for several of them, a code field for long tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.field import Field, Message
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, put
from shequ_desktop.ui.widgets.options import Option, matching
from shequ_desktop.ui.widgets.popup import PopupList

ROWS_OPEN = 8


class Segments(QWidget):
    """One of up to four words, side by side; each keeps the room of its bold form, so nothing moves."""

    chosen = Signal(str)

    def __init__(self, face: Face, key: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._options = face, tuple(options)
        self._group = QButtonGroup(self)
        self.label = Word(face, "label", key)
        self.message = Message(face)
        column = QVBoxLayout(self)
        bare(column, face.px("space.xs"))
        row = QHBoxLayout()
        bare(row)
        self.buttons = [self._button(option, place) for place, option in enumerate(self._options)]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.label)
        column.addLayout(row)
        column.addWidget(self.message)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        face.speak(self, key, "name")
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._options[place].value))
        face.theme_changed.connect(self._measure)
        face.language_changed.connect(self._measure)
        self._measure()

    def _button(self, option: Option, place: int) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        last = len(self._options) - 1
        put(button, kind="segment", segment="first" if place == 0 else "last" if place == last else "middle")
        if option.key:
            self._face.speak(button, option.key)
        else:
            button.setText(option.text)
        self._group.addButton(button, place)
        return button

    def _measure(self) -> None:
        bold = self._face.metrics(strong=True)
        room = 2 * self._face.px("space.l")
        for button in self.buttons:
            button.setFixedWidth(bold.horizontalAdvance(button.text()) + room)

    def value(self) -> str:
        place = self._group.checkedId()
        return self._options[place].value if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose without telling; Tab leads to the chosen one."""
        self._group.setExclusive(False)
        for option, button in zip(self._options, self.buttons, strict=True):
            button.setChecked(option.value == value)
        self._group.setExclusive(True)
        self.setFocusProxy(next((button for button in self.buttons if button.isChecked()), self.buttons[0]))


class CheckRow(QWidget):
    """Several of: check boxes in one row, which breaks where the room ends."""

    changed = Signal()

    def __init__(self, face: Face, key: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        column = QVBoxLayout(self)
        bare(column, face.px("space.xs"))
        column.addWidget(Word(face, "label", key))
        row = QHBoxLayout()
        bare(row, face.px("space.xl"))
        self.boxes = [QCheckBox() for _ in self._options]
        for option, box in zip(self._options, self.boxes, strict=True):
            if option.key:
                face.speak(box, option.key)
            else:
                box.setText(option.text)
            box.clicked.connect(self.changed)
            row.addWidget(box)
        row.addStretch(1)
        column.addLayout(row)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        face.speak(self, key, "name")

    def values(self) -> list[str]:
        return [option.value for option, box in zip(self._options, self.boxes, strict=True) if box.isChecked()]

    def set_values(self, values: Iterable[str]) -> None:
        wanted = set(values)
        for option, box in zip(self._options, self.boxes, strict=True):
            box.setChecked(option.value in wanted)


class CodeField(Field):
    """One of a long table: typed by number, by pinyin initials or by part of the word; the list opens while typing."""

    chosen = Signal(str)

    def __init__(
        self, face: Face, key: str, options: Sequence[Option], *, width: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(face, key, width=width, parent=parent)
        self._options = tuple(options)
        self._value = ""
        self._found: list[Option] = []
        self._model = QStringListModel(self)
        self._list = PopupList(self.editor, self.control)
        self._list.setModel(self._model)
        put(self._list, role="popup")
        self.control.add_trailing(Picture(face, "caret-down", "text", "small"))
        self.edited.connect(self._open)
        self.left.connect(self._close)
        self._list.taken.connect(lambda index: self._take(self._found[index.row()]))

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        self._value = value
        self.set_text(next((option.text for option in self._options if option.value == value), ""))

    def _open(self) -> None:
        self._found = matching(self._options, self.text())
        self._model.setStringList([f"{option.value}  {option.text}" for option in self._found])
        height = self.face.px("height.control_small")
        self._list.open_with(min(ROWS_OPEN, len(self._found)), height)

    def _take(self, option: Option) -> None:
        self._value = option.value
        self.set_text(option.text)
        self.clear()
        self.chosen.emit(option.value)
        self.focusNextChild()

    def _close(self) -> None:
        """Leaving takes what is certain, empties what is empty, and says what is not in the table."""
        self._list.hide()
        typed = self.text().strip()
        if not typed:
            if self._value:
                self._value = ""
                self.chosen.emit("")
            return
        found = matching(self._options, typed)
        exact = [option for option in found if typed in (option.text, option.value)] or (found if len(found) == 1 else [])
        if not exact:
            self._value = ""
            self.show_error("ui.field.not_in_list", value=typed)
        elif exact[0].value != self._value or exact[0].text != typed:
            self._value = exact[0].value
            self.set_text(exact[0].text)
            self.chosen.emit(self._value)


class KeyedCheck(QCheckBox):
    """A check box that says a sentence."""

    def __init__(self, face: Face, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face.speak(self, key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
