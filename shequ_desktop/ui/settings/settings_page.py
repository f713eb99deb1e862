"""Settings (设置): the window, sync, backups, people, about: a tab each. Each part owns what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings.about_part import AboutPart
from shequ_desktop.ui.settings.backup_part import BackupPart
from shequ_desktop.ui.settings.looks_part import LooksPart
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.settings.people_part import PeoplePart
from shequ_desktop.ui.settings.sync_part import SyncPart
from shequ_desktop.ui.widgets.marks import bare, hairline
from shequ_desktop.ui.widgets.page_head import PageHead
from shequ_desktop.ui.widgets.tab_bar import Tab, TabBar

PARTS: tuple[tuple[str, Callable[[Session], Part]], ...] = (
    ("looks", LooksPart),
    ("sync", SyncPart),
    ("backup", BackupPart),
    ("people", PeoplePart),
    ("about", AboutPart),
)


class SettingsPage(Page):
    """`open` takes the name of a part."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.head = PageHead(face)
        self.head.title.say("ui.page.settings")
        self.tabs = TabBar(face, "ui.settings.tabs")
        self.tabs.show_tabs([Tab(name, f"ui.settings.tab.{name}") for name, _ in PARTS])
        self.stack = QStackedWidget()
        self.parts = {name: make(session) for name, make in PARTS}
        for part in self.parts.values():
            self.stack.addWidget(part)
        bar = QHBoxLayout()
        bare(bar)
        bar.setContentsMargins(face.px("width.page_margin"), 0, 0, 0)
        bar.addWidget(self.tabs, 1)
        whole = QVBoxLayout(self)
        bare(whole)
        whole.addWidget(self.head)
        whole.addLayout(bar)
        whole.addWidget(hairline())
        whole.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(lambda _place: self._turn())
        self._turn()

    @property
    def part(self) -> Part:
        return self.parts[self.tabs.value() or PARTS[0][0]]

    def open(self, target: str = "") -> None:
        if target in self.parts:
            self.tabs.choose(target)
        self.part.come_into_sight()

    def target(self) -> str:
        return self.tabs.value()

    def panes(self) -> list[QWidget]:
        return [self.part.first, self.tabs]

    def keys(self) -> Mapping[str, Callable[[], Any]]:
        return {"next_tab": lambda: self._step(1), "last_tab": lambda: self._step(-1)}

    def keep(self) -> None:
        """Choices hold at once; a passphrase that was half typed does not stay."""
        for part in self.parts.values():
            part.leave()

    def _step(self, by: int) -> None:
        names = list(self.parts)
        self.tabs.choose(names[(names.index(self.tabs.value()) + by) % len(names)])
        self.part.first.setFocus()

    def _turn(self) -> None:
        before = self.stack.currentWidget()
        if isinstance(before, Part) and before is not self.part:
            before.leave()
        self.stack.setCurrentWidget(self.part)
        self.head.line.say(f"ui.settings.line.{self.tabs.value()}")
        if self.isVisible():
            self.part.come_into_sight()
