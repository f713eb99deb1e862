"""What stands in the window while a backup is put in the place of the archive: a sentence, nothing to press."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.unlock.sheet import Sheet


class ReplacingSheet(Sheet):
    """Seen for a moment, or for a minute with a large archive."""

    def __init__(self, face: Face, version: str, parent: QWidget | None = None) -> None:
        super().__init__(face, version, parent)
        self.head("ui.unlock.replacing", "ui.unlock.replacing_text")
