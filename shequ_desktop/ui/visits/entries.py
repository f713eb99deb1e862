"""Fields of a visit's form as texts: each gives back exactly what was typed, also where it means nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from shequ_desktop.domain import codes
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.choices import ROWS_OPEN, CodeField
from shequ_desktop.ui.widgets.date_field import DateField
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.lines import Line
from shequ_desktop.ui.widgets.options import Option


def code_options(table: str, language: str) -> list[Option]:
    """A code table's words in the language of now."""
    return [Option(row.code, row.zh if language == "zh_CN" else row.en) for row in codes.table(table).rows]


class CodeEntry(CodeField):
    """A code field that opens its whole list by click or Down, and keeps what was typed and is in no list."""

    def __init__(self, face: Face, key: str, table: str, parent: QWidget | None = None) -> None:
        super().__init__(face, key, code_options(table, face.language), parent=parent)
        self.editor.installEventFilter(self)

    def typed(self) -> str:
        """The code, or the text where it is not a code's word."""
        shown = self.text().strip()
        return next((option.value for option in self._options if option.text == shown), shown)

    def show_typed(self, text: str) -> None:
        known = {option.value for option in self._options}
        self.set_value(text if text in known else "")
        if text and text not in known:
            self.set_text(text)

    def open_all(self) -> None:
        """Everything there is to choose, with the chosen one marked."""
        self._found = list(self._options)
        self._model.setStringList([f"{option.value}  {option.text}" for option in self._found])
        self._list.open_with(min(ROWS_OPEN, len(self._found)), self.face.px("height.control_small"))
        place = next((row for row, option in enumerate(self._found) if option.value == self._value), 0)
        self._list.setCurrentIndex(self._model.index(place, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.editor and self._list.isVisible() and event.type() == QEvent.Type.ShortcutOverride:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc closes the list, not the page
                return True
        elif watched is self.editor and not self._list.isVisible():
            down = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
            if down or event.type() == QEvent.Type.MouseButtonRelease:
                self.open_all()
                return bool(down)
        return super().eventFilter(watched, event)


def typed_in(field: Field) -> str:
    """What stands in a field."""
    return field.typed() if isinstance(field, CodeEntry) else field.text()


def show_in(field: Field, text: str) -> None:
    """Let a field show this text; nothing moves where it does already."""
    if text == typed_in(field):
        return
    if isinstance(field, CodeEntry):
        field.show_typed(text)
    else:
        field.set_text(text)
    if isinstance(field, DateField):
        field.edited.emit()


def cursor_in(field: Field) -> int:
    editor = field.editor
    return editor.cursorPosition() if isinstance(editor, Line) else editor.textCursor().position()


def put_cursor(field: Field, position: int) -> None:
    editor = field.editor
    if isinstance(editor, Line):
        editor.setCursorPosition(min(position, len(editor.text())))
        return
    cursor: QTextCursor = editor.textCursor()
    cursor.setPosition(min(position, len(editor.toPlainText())))
    editor.setTextCursor(cursor)


def day_entry(face: Face, key: str, today: Callable[[], date], *, ahead: bool = False, hint: str = "") -> DateField:
    """A field for a day that takes the room it is given, so that what was understood has room beside it."""
    return DateField(face, key, today=today, ahead=ahead, hint=hint, width="")
