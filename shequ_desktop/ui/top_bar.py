"""The bar above all pages: name, search, place, person, lock."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from shequ_desktop.ui.face import Face
from shequ_desktop.ui.search_box import SearchBox
from shequ_desktop.ui.widgets.marks import Picture, Word, put


class BarButton(QToolButton):
    """Icon, word, and a caret where it opens a menu; only the icon where there is little room."""

    def __init__(self, face: Face, icon: str, key: str = "", *, menu: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._icon, self._has_menu = face, icon, menu
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words = Word(face, "value")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(face.px("space.s"), 0, face.px("space.s"), 0)
        self._row.setSpacing(face.px("space.s"))
        self.mark = Picture(face, icon)
        self._row.addWidget(self.mark)
        self._row.addWidget(self.words)
        if menu:
            self._row.addWidget(Picture(face, "caret-down", "text", "small"))
            self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if key:
            self.say(key)

    def show_text(self, text: str) -> None:
        """A name in place of a sentence."""
        self.words.show_text(text)
        self._face.mute(self, text, "name")
        self.updateGeometry()

    def say(self, key: str, /, **values: object) -> None:
        self.words.say(key, **values)
        self._face.speak(self, key, "name", **values)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._row.sizeHint()


class Brand(QFrame):
    """The program's mark and name above navigation."""

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        put(self, ground="window", line="right")
        row = QHBoxLayout(self)
        row.setContentsMargins(face.px("space.l"), 0, face.px("space.xs"), 0)
        row.setSpacing(face.px("space.s"))
        row.addWidget(Picture(face, "house", "accent", filled=True))
        row.addWidget(Word(face, "strong", "ui.name"))
        row.addStretch(1)


class TopBar(QFrame):
    """Height 52."""

    lock_asked = Signal()
    change_asked = Signal()

    def __init__(self, face: Face, search: SearchBox, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self.search = face, search
        put(self, ground="window", line="bottom")
        self.setFixedHeight(face.px("height.top_bar"))
        self.brand = Brand(face)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, face.px("space.l"), 0)  # the hairline below takes one pixel of the height
        row.setSpacing(0)
        row.addWidget(self.brand)
        row.addSpacing(face.px("space.l"))
        search.setMaximumWidth(face.px("width.search"))
        search.setMinimumWidth(face.scaled(160))
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(search, 100)
        row.addStretch(1)
        self.place = BarButton(face, "map-pin", "ui.frame.no_place")
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.user = BarButton(face, "user", menu=True)
        self.user.show_text(user)
        self.lock = BarButton(face, "lock-simple", "ui.frame.lock")
        face.speak(self.lock, "ui.tip.shortcut", "tip", what=face.say("ui.frame.lock"), keys="Ctrl+L")
        for button in (self.place, self.user, self.lock):
            row.addSpacing(face.px("space.l"))
            row.addWidget(button)
        menu = QMenu(self.user)
        self._change = menu.addAction(face.say("ui.frame.change_person"))
        self._change.triggered.connect(self.change_asked)
        self.user.setMenu(menu)
        self.lock.clicked.connect(self.lock_asked)
        face.language_changed.connect(self._say_menu)

    def _say_menu(self) -> None:
        self._change.setText(self._face.say("ui.frame.change_person"))

    def show_place(self, place: str, *, practice: bool) -> None:
        """Where this archive is of; a practice archive says so and has another ground."""
        put(self, ground="warn" if practice else "window")
        put(self.brand, ground="warn" if practice else "window")
        if practice and place:
            self.place.say("ui.frame.practice_place", place=place)
        elif practice:
            self.place.say("ui.frame.practice")
        elif place:
            self.place.show_text(place)

    def arrange(self, nav_width: int, *, narrow: bool) -> None:
        """Where there is little room, buttons keep only their icon (and their name for a screen reader and as a tip)."""
        self.brand.setFixedWidth(nav_width)
        self.search.shorten(narrow=narrow)
        buttons = (self.place, self.user, self.lock)
        for button in buttons:
            button.words.show()
        room = self.width() - nav_width - self.search.minimumWidth() - 2 * self._face.px("space.l")
        for button in buttons:
            if sum(one.sizeHint().width() + self._face.px("space.l") for one in buttons) <= room:
                break
            button.words.hide()
