"""How the window looks and speaks, and when it locks by itself. Each choice holds at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from shequ_desktop.services import preferences
from shequ_desktop.ui.face import Look
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.theme.tokens import THEMES, scales
from shequ_desktop.ui.widgets.choices import Segments
from shequ_desktop.ui.widgets.options import Option

LANGUAGES = (Option("zh_CN", key="ui.settings.zh_CN"), Option("en", key="ui.settings.en"))
LOCK_MINUTES = (5, 10, 20, 60)


class LooksPart(Part):
    """Text size, colours, language, minutes until the window locks."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.section("ui.settings.looks")
        sizes = [Option(str(size), f"{size:.0%}") for size in scales()]
        themes = [Option(theme, key=f"ui.settings.theme.{theme}") for theme in THEMES]
        minutes = [Option(str(each), face.say("ui.settings.minutes", count=each)) for each in LOCK_MINUTES]
        self.text_size = Segments(face, "ui.settings.size", sizes)
        self.theme = Segments(face, "ui.settings.theme", themes)
        self.language = Segments(face, "ui.settings.language", LANGUAGES)
        self.lock_after = Segments(face, "ui.settings.lock_after", minutes)
        self.text_size.chosen.connect(lambda value: self._choose(replace(face.look, scale=float(value))))
        self.theme.chosen.connect(lambda value: self._choose(replace(face.look, theme=value)))
        self.language.chosen.connect(lambda value: self._choose(replace(face.look, language=value)))
        self.lock_after.chosen.connect(self._lock_after)
        for widget in (self.text_size, self.theme, self.language):
            self.column.addWidget(widget)
        self.section("ui.settings.locking", "ui.settings.locking_text")
        self.column.addWidget(self.lock_after)
        self.section("ui.settings.safe_start", "ui.settings.safe_start_text")
        self.column.addStretch(1)
        self.first = self.text_size
        face.theme_changed.connect(self._show)
        face.language_changed.connect(self._show)
        self._show()

    def come_into_sight(self) -> None:
        self._show()

    def _choose(self, look: Look) -> None:
        self.face.choose(look)
        self.session.keep_look()

    def _lock_after(self, minutes: str) -> None:
        problem = preferences.keep(self.session.archive.folder, lock_after_minutes=int(minutes))
        if problem:
            self.session.tell_problems([problem])
        self.session.settings_chosen()

    def _show(self) -> None:
        look = self.face.look
        self.text_size.set_value(str(look.scale))
        self.theme.set_value(look.theme)
        self.language.set_value(look.language)
        self.lock_after.set_value(str(preferences.load(self.session.archive.folder)["lock_after_minutes"]))
