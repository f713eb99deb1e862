"""Pictures of pages, drawn beside the window when they come into sight, the last seen kept. Knows no form."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shequ_desktop.services import print_preview
from shequ_desktop.services.print_preview import PageImage, Prepared
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.printing.paper import image_of

A4_INCHES = (210 / 25.4, 297 / 25.4)


class PageImages(QObject):
    """`get` answers a picture or None, and then draws it: `drawn(page)` says when it is there."""

    drawn = Signal(int)

    def __init__(self, background: Background, most: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._most = background, most
        self._prepared: Prepared | None = None
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()

    def show(self, prepared: Prepared | None) -> None:
        """Other forms: nothing of the older ones is kept."""
        self._prepared = prepared
        self._kept.clear()
        self._asked.clear()

    def get(self, page: int, width: int) -> QImage | None:
        """The page so many pixels wide."""
        key = (page, width)
        if (image := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return image
        if self._prepared is not None and key not in self._asked:
            self._asked.add(key)
            self._background.run(
                print_preview.page_image,
                self._prepared,
                page=page,
                dpi=width / A4_INCHES[0],
                reads=True,
                on_done=self._taker(key, self._prepared),
                on_problem=lambda _problems: self._asked.discard(key),
            )
        return None

    def _taker(self, key: tuple[int, int], prepared: Prepared) -> Callable[[PageImage], None]:
        def take(page: PageImage) -> None:
            if prepared is not self._prepared:
                return
            self._asked.discard(key)
            self._kept[key] = image_of(page)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            self.drawn.emit(key[0])

        return take
