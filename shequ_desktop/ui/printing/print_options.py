"""What is chosen before printing: form, for whom, script, printer, copies. Tells what was chosen; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.printing.print_state import BOTH, CHINESE, PrintState, read_copies
from shequ_desktop.ui.widgets.choices import KeyedCheck, Segments
from shequ_desktop.ui.widgets.field import Field
from shequ_desktop.ui.widgets.marks import Word, bare, ground
from shequ_desktop.ui.widgets.note import Note
from shequ_desktop.ui.widgets.options import Option


class Combo(QWidget):
    """A list of few that opens, with its label above."""

    chosen = Signal(str)

    def __init__(self, face: Face, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        bare(column, face.px("space.xs"))
        self.box = QComboBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        face.speak(self.box, key, "name")
        label = Word(face, "label", key)
        label.setBuddy(self.box)
        column.addWidget(label)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self._options: tuple[Option, ...] = ()
        self.box.activated.connect(lambda place: self.chosen.emit(self._options[place].value))

    def show_options(self, options: Sequence[Option], value: str) -> None:
        """Offer these, with this one chosen, without telling."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.box.clear()
            self.box.addItems([option.text for option in options])
        place = next((place for place, option in enumerate(self._options) if option.value == value), -1)
        self.box.setCurrentIndex(place)

    def value(self) -> str:
        place = self.box.currentIndex()
        return self._options[place].value if 0 <= place < len(self._options) else ""


class PrintOptions(QScrollArea):
    """`changed(name, value)`: form, whom, scripts or copies."""

    changed = Signal(str, object)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form, self.whom = Combo(face, "ui.print.form"), Combo(face, "ui.print.whom")
        script = [Option(CHINESE, key="ui.print.script.zh"), Option(BOTH, key="ui.print.script.both")]
        self.script = Segments(face, "ui.print.script", script)
        self.printer = Combo(face, "ui.print.printer")
        self.paper = Word(face, "small", "ui.print.paper").wrapping()
        self.copies = Field(face, "ui.print.copies")
        self.both_sides = KeyedCheck(face, "ui.print.both_sides")
        self.note = Note(face, tone="warn")
        self.audit = Word(face, "small", "ui.print.audit").wrapping()
        content = QWidget()
        ground(content, "surface")
        column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        column.setContentsMargins(margin, face.px("space.m"), margin, face.px("space.m"))
        column.setSpacing(face.px("space.m"))
        for widget in (self.form, self.whom, self.script, self.printer, self.paper, self.copies, self.both_sides, self.note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.audit)
        self.setWidget(content)
        self.form.chosen.connect(lambda form: self.changed.emit("form", form))
        self.whom.chosen.connect(lambda whom: self.changed.emit("whom", whom))
        self.script.chosen.connect(lambda script: self.changed.emit("scripts", script == BOTH))
        self.copies.edited.connect(self._copies_typed)

    def show_state(self, state: PrintState, forms: Sequence[Option], whom: Sequence[Option]) -> None:
        self.form.show_options(forms, state.form)
        self.whom.show_options(whom, state.whom)
        self.script.set_value(BOTH if state.scripts else CHINESE)
        if read_copies(self.copies.text()) != state.copies and not self.copies.editor.hasFocus():
            self.copies.set_text(str(state.copies))

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers there are; without one the reason is said where its name would stand."""
        known, usual = self.printer.value(), names[0] if names else ""
        self.printer.show_options([Option(name, name) for name in names], known if known in names else usual)
        self.printer.setVisible(bool(names))
        self.paper.say("ui.print.paper" if names else "ui.print.no_printer")

    def _copies_typed(self) -> None:
        copies = read_copies(self.copies.text())
        if copies is None:
            self.copies.show_error("ui.print.copies_wrong")
        else:
            self.copies.clear()
            self.changed.emit("copies", copies)
