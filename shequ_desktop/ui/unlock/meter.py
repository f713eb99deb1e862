"""Says how hard a passphrase is to guess, in words and as a bar."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.unlock.strength import Strength, strength
from shequ_desktop.ui.widgets.marks import Word, bare

_SAYS = {
    Strength.TOO_SHORT: ("ui.strength.too_short", "warn", 1),
    Strength.WEAK: ("ui.strength.weak", "warn", 1),
    Strength.FAIR: ("ui.strength.fair", "", 2),
    Strength.STRONG: ("ui.strength.strong", "ok", 3),
}


class StrengthMeter(QWidget):
    """Three steps; nothing while nothing is typed."""

    def __init__(self, face: Face, *, shortest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._shortest = face, shortest
        self.strength = Strength.TOO_SHORT
        column = QVBoxLayout(self)
        bare(column, face.px("space.xs"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 3)
        self.bar.setTextVisible(False)
        self.sentence = Word(face, "small", "ui.first.hint").wrapping()
        self.sentence.setMinimumHeight(2 * face.px("text_box.small"))
        column.addWidget(self.bar)
        column.addWidget(self.sentence)
        face.speak(self.bar, "ui.first.hint", "name")

    def show_for(self, passphrase: str, user: str) -> None:
        self.strength = strength(passphrase, user=user, shortest=self._shortest)
        key, tone, steps = _SAYS[self.strength]
        self.bar.setValue(steps if passphrase else 0)
        self.sentence.tone(tone if passphrase else "")
        if passphrase:
            self.sentence.say(key, least=self._shortest) if "short" in key else self.sentence.say(key)
            self._face.speak(self.bar, key, "name", least=self._shortest)
        else:
            self.sentence.say("ui.first.hint")
