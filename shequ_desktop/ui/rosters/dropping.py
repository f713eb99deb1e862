"""A file dropped anywhere on the window goes to the import. Knows no list: the content decides later what it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from shequ_desktop.ui import places
from shequ_desktop.ui.main_window import MainWindow


def dropped_file(content: QMimeData) -> Path | None:
    """The one file that is dropped; None where it is no file or several."""
    files = [url.toLocalFile() for url in content.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 and Path(files[0]).is_file() else None


class FileDrop(QObject):
    """Watches the frame; pages that take files themselves are not asked."""

    def __init__(self, main: MainWindow) -> None:
        super().__init__(main)
        self._main = main
        main.setAcceptDrops(True)
        main.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QDragEnterEvent) and dropped_file(event.mimeData()):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and (path := dropped_file(event.mimeData())):
            event.acceptProposedAction()
            self._main.go(places.IMPORT, str(path))
            return True
        return False
