"""F1: leads from the page in sight to the page of the guide that explains it. Lives as long as the session's window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from shequ_desktop.ui import places
from shequ_desktop.ui.main_window import MainWindow


class HelpOpening(QObject):
    """A second F1, on the help page itself, changes nothing."""

    def __init__(self, main: MainWindow) -> None:
        super().__init__(main)
        self._main = main
        main.help_asked.connect(self._open)

    def _open(self, page: str) -> None:
        if page != places.HELP:
            self._main.go(places.HELP, page or places.TODAY)
