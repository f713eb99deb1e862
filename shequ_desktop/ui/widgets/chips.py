"""Filters as chips with their counts; one of them is chosen. What does not fit goes into More."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.widgets.marks import Button


@dataclass(frozen=True, slots=True)
class Chip:
    """`key`: the sentence with `{count}` in it, or without where nothing is counted."""

    value: str
    key: str
    count: int = 0


class ChipRow(QWidget):
    """Chips of 28 in a row of 48."""

    chosen = Signal(str)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._chips: tuple[Chip, ...] = ()
        self._buttons: list[Button] = []
        self._value = ""
        self._more = Button(face, "ui.chips.more", kind="chip", icon="caret-down", parent=self)
        self._more.setLayoutDirection(self._more.layoutDirection().RightToLeft)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._more.hide()
        face.theme_changed.connect(self._arrange)
        face.language_changed.connect(self._arrange)

    def value(self) -> str:
        return self._value

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these; the chosen one stays chosen, else the first is."""
        if tuple(chips) == self._chips:
            return
        same = [chip.value for chip in chips] == [chip.value for chip in self._chips]
        self._chips = tuple(chips)
        if not same:
            for button in self._buttons:
                button.deleteLater()
            self._buttons = [self._made(chip) for chip in self._chips]
        for chip, button in zip(self._chips, self._buttons, strict=True):
            button.say(chip.key, count=f"{chip.count:,}")
        if self._value not in {chip.value for chip in chips} and chips:
            self._value = chips[0].value
        self._arrange()

    def choose(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._arrange()
            self.chosen.emit(value)
        self._mark()

    def _made(self, chip: Chip) -> Button:
        button = Button(self._face, kind="chip", parent=self)
        button.setCheckable(True)
        button.clicked.connect(lambda _on, value=chip.value: self.choose(value))
        return button

    def _mark(self) -> None:
        for chip, button in zip(self._chips, self._buttons, strict=True):
            button.setChecked(chip.value == self._value)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._face.px("width.list_min"), self._face.px("height.chip"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._face.scaled(120), self._face.px("height.chip"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Place chips from the left while they and More fit; the chosen one always stands in the row."""
        self._mark()
        gap, height = self._face.px("space.s"), self._face.px("height.chip")
        widths = [self._width(button) for button in self._buttons]
        room = self.width()
        shown = list(range(len(self._buttons)))
        if sum(widths) + gap * max(0, len(widths) - 1) > room:
            shown = self._fitting(widths, room - self._more.sizeHint().width() - gap, gap)
        left = 0
        for place, button in enumerate(self._buttons):
            button.setVisible(place in shown)
            if place in shown:
                button.setGeometry(left, (self.height() - height) // 2, widths[place], height)
                left += widths[place] + gap
        self._fill_more([place for place in range(len(self._buttons)) if place not in shown], left, height)

    def _width(self, button: Button) -> int:
        bold = self._face.metrics("small", strong=True).horizontalAdvance(button.text())
        return bold + 2 * self._face.px("space.s") + 2

    def _fitting(self, widths: list[int], room: int, gap: int) -> list[int]:
        chosen = next((place for place, chip in enumerate(self._chips) if chip.value == self._value), 0)
        order = [chosen, *(place for place in range(len(widths)) if place != chosen)]
        shown: list[int] = []
        used = 0
        for place in order:
            if used + widths[place] > room and shown:
                break
            shown.append(place)
            used += widths[place] + gap
        return sorted(shown)

    def _fill_more(self, hidden: list[int], left: int, height: int) -> None:
        self._more.setVisible(bool(hidden))
        self._more.setGeometry(left, (self.height() - height) // 2, self._more.sizeHint().width(), height)
        self._menu.clear()
        for place in hidden:
            action = self._menu.addAction(self._buttons[place].text())
            action.triggered.connect(lambda _on=False, value=self._chips[place].value: self.choose(value))
