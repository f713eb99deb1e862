"""About: version, what the program is made of with its licences, Qt's notice, and what to copy for somebody who helps."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from shequ_desktop import __version__
from shequ_desktop.services import support
from shequ_desktop.ui import places
from shequ_desktop.ui.session import Session
from shequ_desktop.ui.settings import licences
from shequ_desktop.ui.settings.licences import Part as Licensed
from shequ_desktop.ui.settings.part import Part
from shequ_desktop.ui.widgets.field import Control
from shequ_desktop.ui.widgets.lines import Paragraph
from shequ_desktop.ui.widgets.lines_table import Cell, Column, Line, LinesTable
from shequ_desktop.ui.widgets.marks import Button, Word

COLUMNS = (Column("ui.about.part", gives=True), Column("ui.about.version"), Column("ui.about.licence", gives=True))
ROWS_SEEN, TEXT_LINES = 6, 8


class AboutPart(Part):
    """Everything is read beside the window; licences when somebody chooses one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        face = self.face
        self.section("ui.name")
        self.version = Word(face, "value")
        self.version.say("ui.about.versions", version=__version__, qt=qVersion())
        self.column.addWidget(self.version)
        self.suggest = Button(face, "ui.help.suggest", icon="chat-text")
        self.guide = Button(face, "ui.about.guide", icon="lifebuoy")
        self.suggest.clicked.connect(lambda: session.go(places.SUGGESTIONS, places.SETTINGS))
        self.guide.clicked.connect(lambda: session.go(places.HELP, places.SETTINGS))
        self.row(self.guide, self.suggest)
        self._add_details()
        self._add_licences()
        self.column.addStretch(1)
        self.first = self.guide

    def _add_details(self) -> None:
        self.section("ui.about.details", "ui.about.details_text")
        self.details = _reading(Paragraph(), TEXT_LINES, self)
        self.face.speak(self.details, "ui.about.details", "name")
        self.column.addWidget(Control(self.face, self.details))
        self.copy = Button(self.face, "ui.about.copy", icon="copy")
        self.copy.clicked.connect(self.copy_details)
        self.row(self.copy)

    def _add_licences(self) -> None:
        face = self.face
        self.section("ui.about.licences", "ui.about.qt")
        self.parts = LinesTable(face, "ui.about.licences", COLUMNS, dense=True)
        head, row = face.px("height.table_head"), face.px("height.table_row_dense")
        self.parts.setFixedHeight(head + ROWS_SEEN * row + 1)
        self.parts.chosen.connect(self._show_text)
        self.text = _reading(Paragraph(), 2 * TEXT_LINES, self)
        face.speak(self.text, "ui.about.licence_text", "name")
        self.column.addWidget(self.parts)
        self.column.addWidget(Control(face, self.text))

    def come_into_sight(self) -> None:
        read, archive = self.session.background.read, self.session.archive
        look = self.face.look
        screen = self.screen().size()
        window = {
            "version": __version__,
            "qt": qVersion(),
            "platform": QGuiApplication.platformName(),
            "screen": f"{screen.width()}x{screen.height()} x{self.devicePixelRatioF():g}",
            "look": f"{look.theme} {look.scale:.0%} {look.language}",
        }
        read(support.details, archive, window=window, on_done=self.details.setPlainText)
        if not self.parts.lines.rowCount():
            read(licences.parts, on_done=self._show_parts)

    def copy_details(self) -> None:
        """Into the clipboard; what is copied can be read beforehand."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.session.status.tell("ui.about.copied")

    def _show_parts(self, parts: list[Licensed]) -> None:
        self.parts.show_lines(parts, _line, lambda part: part.name)
        if parts:
            self.parts.selectRow(0)

    def _show_text(self, name: str) -> None:
        model = self.parts.lines
        part = next((one for place in range(model.rowCount()) if (one := model.thing(place)).name == name), None)
        if part is not None:
            self.session.background.read(licences.text_of, part, on_done=self.text.setPlainText)


def _line(part: Licensed) -> Line:
    return Line(part.name, (Cell(part.name), Cell(part.version, "text_2"), Cell(part.licence, "text_2")))


def _reading(editor: Paragraph, lines: int, part: Part) -> Paragraph:
    """Something to read and to copy from."""
    editor.setReadOnly(True)
    editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
    editor.setFixedHeight(part.face.px("text_box.body") * lines)
    return editor
