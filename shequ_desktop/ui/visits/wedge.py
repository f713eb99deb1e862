"""Tells a scanner, which types as a keyboard does, from a hand (键盘式扫码枪). Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

MARK = "SQV1"
FASTEST_HAND_MS = 50
"""A hand leaves more time than this between two letters; a scanner leaves less."""
LONGEST = 100


@dataclass
class Wedge:
    """`feed` each letter with its time. From the moment the mark is whole, letters belong to the code and to no field."""

    text: str = field(default="")
    last_ms: float = 0.0

    @property
    def is_reading(self) -> bool:
        """Whether letters that come now belong to a code."""
        return self.text.upper().startswith(MARK)

    def feed(self, letters: str, at_ms: float) -> bool:
        """Take letters in; True where they are the code's and must not reach the field that has the focus."""
        if self.is_late(at_ms) or len(self.text) >= LONGEST:
            self.text = ""
        self.last_ms = at_ms
        longer = self.text + letters
        if self.is_reading or MARK.startswith(longer.upper()) or longer.upper().startswith(MARK):
            self.text = longer
        else:
            self.text = letters if MARK.startswith(letters.upper()) else ""
        return self.is_reading

    def end(self) -> str:
        """Enter, or rest: the code that was read; empty where none was."""
        code = self.text if self.is_reading else ""
        self.text = ""
        return code

    def is_late(self, at_ms: float) -> bool:
        return at_ms - self.last_ms > FASTEST_HAND_MS
