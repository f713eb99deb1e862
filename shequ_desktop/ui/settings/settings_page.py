"""Settings (设置): how this window looks and speaks, and when it locks by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shequ_desktop.ui.face import Look
from shequ_desktop.ui.page import Page
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.theme.tokens import THEMES, scales
from shequ_desktop.ui.widgets.choices import Segments
from shequ_desktop.ui.widgets.marks import Word, bare, hairline, put
from shequ_desktop.ui.widgets.options import Option
from shequ_desktop.ui.widgets.page_head import PageHead

LANGUAGES = (Option("zh_CN", key="ui.settings.zh_CN"), Option("en", key="ui.settings.en"))


class SettingsPage(Page):
    """Each choice holds at once; there is nothing to save."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.head = PageHead(face)
        self.head.title.say("ui.page.settings")
        self.head.line.say("ui.settings.line")
        sizes = [Option(str(size), f"{size:.0%}") for size in scales()]
        themes = [Option(theme, key=f"ui.settings.theme.{theme}") for theme in THEMES]
        self.text_size = Segments(face, "ui.settings.size", sizes)
        self.theme = Segments(face, "ui.settings.theme", themes)
        self.language = Segments(face, "ui.settings.language", LANGUAGES)
        self.text_size.chosen.connect(lambda value: self._choose(replace(face.look, scale=float(value))))
        self.theme.chosen.connect(lambda value: self._choose(replace(face.look, theme=value)))
        self.language.chosen.connect(lambda value: self._choose(replace(face.look, language=value)))
        content = QWidget()
        put(content, ground="surface")
        self.column = QVBoxLayout(content)
        margin = face.px("width.page_margin")
        self.column.setContentsMargins(margin, face.px("space.l"), margin, margin)
        self.column.setSpacing(face.px("space.l"))
        self.column.addWidget(Word(face, "section", "ui.settings.looks"))
        for widget in (self.text_size, self.theme, self.language):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        bare(whole)
        for part in (self.head, hairline(), scroll):
            whole.addWidget(part)
        face.theme_changed.connect(self._show)
        face.language_changed.connect(self._show)
        self._show()

    def panes(self) -> list[QWidget]:
        return [self.text_size]

    def _choose(self, look: Look) -> None:
        self.face.choose(look)
        self.session.keep_look()

    def _show(self) -> None:
        look = self.face.look
        self.text_size.set_value(str(look.scale))
        self.theme.set_value(look.theme)
        self.language.set_value(look.language)
