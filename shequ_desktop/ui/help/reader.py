"""Shows one page of the guide: Markdown in the window's letters, pictures as wide as there is room. Knows no guide."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from shequ_desktop import paths
from shequ_desktop.ui.face import Face

WIDEST = 840
"""Lines longer than this are hard to read."""
PAUSE_MS = 80
LINE_PERCENT = 116


class Reader(QTextBrowser):
    """`asked`: a link to another page of the guide."""

    asked = Signal(str)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._text, self._words = face, "", ""
        self._laid_for = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda url: self.asked.emit(url.toString()))
        face.speak(self, "ui.help.reader", "name")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._lay_again)
        face.theme_changed.connect(self._draw)

    def show_text(self, text: str) -> None:
        """A page from its beginning. Its first line, the title, stands in the head of the window's page."""
        self._text = text.partition("\n")[2]
        self._draw()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: str) -> None:
        """Show where these words stand, and the first of them in sight."""
        if words != self._words:
            self._words = words
            self._mark()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Pictures beside the guide, no wider than the column."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        reader = QImageReader(str((paths.guide() / QUrl(name).toString()).resolve()))
        size, most = reader.size(), self._column()
        if size.width() > most:
            ratio = self.devicePixelRatioF()
            reader.setScaledSize(size.scaled(QSize(round(most * ratio), 100_000), Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if size.width() > most:
            image.setDevicePixelRatio(self.devicePixelRatioF())
        return image if not image.isNull() else QImage()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self._column() != self._laid_for:
            self._pause.start()

    def _column(self) -> int:
        margin = self._face.px("width.page_margin")
        return max(200, min(self._face.scaled(WIDEST), self.viewport().width() - 2 * margin))

    def _lay_again(self) -> None:
        place = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
        self._draw()
        self.verticalScrollBar().setValue(round(place * self.verticalScrollBar().maximum()))

    def _draw(self) -> None:
        face, document = self._face, self.document()
        self._laid_for = self._column()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, face.colour("accent"))
        self.setPalette(palette)
        document.clear()
        document.setDefaultFont(face.font())
        document.setDocumentMargin(face.px("width.page_margin"))
        document.setTextWidth(self._laid_for + 2 * face.px("width.page_margin"))
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(self._laid_for + 2 * face.px("width.page_margin"))
        self.setMarkdown(self._text)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark()

    def _dress(self) -> None:
        """Three sizes and two weights, as everywhere else."""
        face, document = self._face, self.document()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            level = block.blockFormat().headingLevel()
            if level:
                form = QTextCharFormat()
                form.setFont(face.font(strong=True))
                form.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                cursor.mergeCharFormat(form)
            else:
                self._lighten(block)
            space = QTextBlockFormat()
            space.setTopMargin(face.px("space.xl") if level else 0)
            space.setBottomMargin(face.px("space.s"))
            space.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.mergeBlockFormat(space)
            block = block.next()
        self._dress_tables()
        cursor.endEditBlock()

    def _lighten(self, block: QTextBlock) -> None:
        """What Markdown makes bold is bolder than the weight that is shipped."""
        bold = [piece for piece in _pieces(block) if piece.charFormat().fontWeight() > QFont.Weight.DemiBold]
        for piece in bold:
            cursor = QTextCursor(self.document())
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(form)

    def _dress_tables(self) -> None:
        face = self._face
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(0)
                form.setCellPadding(face.px("space.xs"))
                form.setCellSpacing(0)
                form.setProperty(QTextFormat.Property.TableBorderCollapse, True)
                frame.setFormat(form)

    def _mark(self) -> None:
        found: list[QTextEdit.ExtraSelection] = []
        if self._words:
            cursor = self.document().find(self._words)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor  # type: ignore[attr-defined]
                shown = QTextCharFormat()
                shown.setBackground(QColor(self._face.colour("accent_soft")))
                selection.format = shown  # type: ignore[attr-defined]
                found.append(selection)
                cursor = self.document().find(self._words, cursor)
        self.setExtraSelections(found)
        if found:
            first = QTextCursor(found[0].cursor)  # type: ignore[attr-defined]
            first.clearSelection()
            self.setTextCursor(first)
            self.ensureCursorVisible()


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """Pieces of a block that are written alike."""
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found
