"""What the main window asks of a page. A page asks services through the session, and knows no other page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shequ_desktop.services.noticing import Changed
from shequ_desktop.services.opened import OpenArchive
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.widgets.marks import ground
from shequ_desktop.ui.window_class import WindowClass


@dataclass(frozen=True, slots=True)
class Count:
    """The number beside a page's word in navigation; an alarm is drawn with its shape."""

    number: int
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class PageKind:
    """`key`: for ever. `word`: its sentence. `count` is read beside the window after each change.

    `apart`: at the bottom of navigation. `hidden`: reached from other pages only; `under` names the row that stays chosen.
    """

    key: str
    icon: str
    word: str
    factory: Callable[[Session], Page]
    count: Callable[[OpenArchive, date], Count | int] | None = None
    apart: bool = False
    hidden: bool = False
    under: str = ""


class Page(QWidget):
    """One page. All its work goes through the session; everything here may be overridden."""

    target_changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.face = session, session.face
        ground(self, "surface")
        session.feed.records_changed.connect(self._heard)

    def open(self, target: str = "") -> None:
        """Come into sight, showing `target` where one is named."""

    def target(self) -> str:
        """What is shown now, so that the way back leads here again."""
        return ""

    def panes(self) -> list[QWidget]:
        """Where F6 leads, in the order of the eye; the first gets the focus when the page opens."""
        return [self]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        """What the window's keys do here: new, edit, save, finish, print, back, filter, take_over, next_tab, last_tab."""
        return {}

    def keep(self) -> None:
        """Keep whatever is typed and not finished; `open` brings it back. Called before leaving, locking, changing the person,
        closing, and before the window is built anew in another text size or language.
        """

    def refresh(self, changed: Changed) -> None:
        """Read again what this change concerns, without moving scroll, choice, focus or typed text."""

    def arrange(self, room: WindowClass) -> None:
        """Show as much as there is room for."""

    def _heard(self, changed: object) -> None:
        if isinstance(changed, Changed):
            self.refresh(changed)
