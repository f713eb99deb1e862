"""A field: label above, control, a message below where there is one. Owns the states normal, focus, error, disabled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.lines import Line, Paragraph
from shequ_desktop.ui.widgets.marks import Picture, Word, bare, on_first_line, put

WIDTHS = {"date": 232, "number": 200, "short": 264}
"""Widths that say what is expected; other fields take the room there is."""


class Message(QWidget):
    """The sentence under a field: an error with its mark, or a quiet note. Takes no room while there is none."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        row = QHBoxLayout(self)
        bare(row, face.px("space.xs"))
        self.mark = Picture(face, "warning-circle", "alarm", "small", filled=True)
        self.sentence = Word(face, "small").wrapping()
        row.addLayout(on_first_line(face, self.mark))
        row.addWidget(self.sentence, 1)
        self.hide()

    def error(self, key: str, /, **values: object) -> None:
        self.mark.show()
        self.sentence.tone("alarm")
        self.sentence.say(key, **values)
        self.show()

    def note(self, key: str, /, **values: object) -> None:
        self.mark.hide()
        self.sentence.tone("")
        self.sentence.say(key, **values)
        self.show()


class Control(QFrame):
    """The frame round an editor: what the sheet draws per state."""

    def __init__(self, face: Face, editor: QWidget, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        put(self, role="control", state="normal", small="true" if small else "false")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)  # the sheet pads, so that a thicker edge moves nothing
        self._row.setSpacing(face.px("space.s"))
        self._row.addWidget(editor, 1)
        self.setFocusProxy(editor)
        if isinstance(editor, Line | Paragraph):
            editor.focus_changed.connect(self._focused)
        if isinstance(editor, Paragraph):
            put(self, tall="true")
            self._row.setContentsMargins(0, face.px("space.s"), 0, face.px("space.s"))
        self._wrong = False

    def add_trailing(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def add_leading(self, widget: QWidget) -> None:
        self._row.insertWidget(0, widget)

    def set_wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show_state()

    def _focused(self, _has: bool) -> None:
        self._show_state()

    def _show_state(self) -> None:
        if not self.isEnabled():
            state = "disabled"
        elif self._wrong:
            state = "error"
        else:
            state = "focus" if self.editor.hasFocus() else "normal"
        put(self, state=state)


class Field(QWidget):
    """A line of text with its label. `key`: the label's sentence. Enter goes to the next field unless told otherwise."""

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(
        self,
        face: Face,
        key: str,
        *,
        editor: Line | Paragraph | None = None,
        unit: str = "",
        hint: str = "",
        width: str = "",
        enter_moves: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.face, self._enter_moves = face, enter_moves
        self.editor: Line | Paragraph = editor or Line()
        self.label = Word(face, "label", key)
        self.label.setBuddy(self.editor)
        self.control = Control(face, self.editor)
        self.trailing = Word(face, "small")
        self.message = Message(face)
        self._build(key, unit, hint, width)

    def _build(self, key: str, unit: str, hint: str, width: str) -> None:
        column = QVBoxLayout(self)
        bare(column, self.face.px("space.xs"))
        for widget in (self.label, self.control, self.message):
            column.addWidget(widget)
        self.control.add_trailing(self.trailing)
        self.trailing.setVisible(bool(unit))
        if unit:
            self.trailing.say(unit)
        if hint:
            self.face.speak(self.editor, hint, "placeholder")
        self.face.speak(self.editor, key, "name")
        if width:
            self.setFixedWidth(self.face.scaled(WIDTHS[width]))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside a field with a message it stays in line
        self.setFocusProxy(self.editor)
        self.editor.focus_changed.connect(self._focus_changed)
        if isinstance(self.editor, Line):
            self.editor.textEdited.connect(lambda _text: self._typed())
            self.editor.returnPressed.connect(self._enter)
        else:
            self.editor.textChanged.connect(self._typed)

    def text(self) -> str:
        return self.editor.text() if isinstance(self.editor, Line) else self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a value; the cursor does not move where the text is the same."""
        if text == self.text():
            return
        self.face.meet(text)
        if isinstance(self.editor, Line):
            self.editor.setText(text)
        else:
            self.editor.blockSignals(True)
            self.editor.setPlainText(text)
            self.editor.blockSignals(False)

    def show_trailing(self, text: str) -> None:
        """A unit or what was understood, inside the frame at the right."""
        self.trailing.show_text(text)
        self.trailing.setVisible(bool(text))

    def show_error(self, key: str, /, **values: object) -> None:
        self.control.set_wrong(True)
        self.message.error(key, **values)
        self.face.speak(self.editor, key, "description", **values)

    def show_problem(self, problem: Problem) -> None:
        self.show_error(problem.key, **dict(problem.values))

    def show_note(self, key: str, /, **values: object) -> None:
        """A quiet line below, such as what is needed before finishing."""
        self.control.set_wrong(False)
        self.message.note(key, **values)
        self.face.speak(self.editor, key, "description", **values)

    def clear(self) -> None:
        """No error and no note."""
        self.control.set_wrong(False)
        self.message.hide()
        self.face.mute(self.editor, "", "description")

    @property
    def is_wrong(self) -> bool:
        return bool(self.control.property("state") == "error")

    def _typed(self) -> None:
        if self.is_wrong:
            self.clear()
        self.edited.emit()

    def _enter(self) -> None:
        self.entered.emit()
        if self._enter_moves:
            self.focusNextChild()

    def _focus_changed(self, has: bool) -> None:
        if not has:
            self.left.emit()


def text_area(face: Face, key: str, *, lines: int = 2, hint: str = "", parent: QWidget | None = None) -> Field:
    """A field of several lines."""
    made = Field(face, key, editor=Paragraph(), hint=hint, parent=parent)
    made.control.setMinimumHeight(face.px("text_box.body") * lines + 2 * face.px("space.s") + 2)
    return made
