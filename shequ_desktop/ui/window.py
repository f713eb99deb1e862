"""The window of the program: which of first start, unlocking and the main window is seen, and how it locks and closes.

Owns the life of a session. A locked window holds no archive, no key and no page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import preferences, way_in
from shequ_desktop.ui.background import Background
from shequ_desktop.ui.face import Face
from shequ_desktop.ui.history import History
from shequ_desktop.ui.outside import Outside
from shequ_desktop.ui.theme.tokens import smallest_window
from shequ_desktop.ui.unlock.replacing_sheet import ReplacingSheet
from shequ_desktop.ui.unlock.unlock_page import UnlockPage

END_WITHIN_MS = 4_000
"""A closing window waits this long for what is being written; a write that is cut off is as if never begun."""

_ACTIVITY = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod, QEvent.Type.TouchBegin,
}  # fmt: skip


if TYPE_CHECKING:  # loaded when somebody opens the archive, so that the passphrase can be typed at once
    from shequ_desktop.services.opened import OpenArchive
    from shequ_desktop.ui.main_window import MainWindow
    from shequ_desktop.ui.page import PageKind

Companion = Callable[["MainWindow"], QObject]
"""Makes what lives beside the pages as long as a session does: the timer of exchanges, help."""
Several = TypeVar("Several")
NowOrLater = Sequence[Several] | Callable[[], Sequence[Several]]
"""What is there, or what answers it when it is wanted."""


class Window(QMainWindow):
    """`unlocked` carries the main window; `locked` comes when it is gone."""

    unlocked = Signal(object)
    locked = Signal()

    def __init__(
        self,
        face: Face,
        folder: Path,
        outside: Outside,
        kinds: NowOrLater[PageKind],
        *,
        companions: NowOrLater[Companion] = (),
        safe: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.face, self._folder, self._outside, self._safe = face, folder, outside, safe
        self._kinds, self._companions = kinds, companions
        self.background = Background(self._unforeseen, self)
        self.main: MainWindow | None = None
        self._archive: OpenArchive | None = None
        self._left: tuple[str, History] | None = None
        self._built_for = (face.look.scale, face.language)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(*smallest_window())
        face.speak(self, "ui.frame.title", "title")
        chosen = preferences.load(folder)
        self.resize(int(chosen["width"]), int(chosen["height"]))
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._follow_settings()
        self._idle.timeout.connect(lambda: self.lock("ui.unlock.locked_idle"))
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.ask()

    @property
    def shown(self) -> QWidget:
        return self._stack.currentWidget()

    def ask(self, *, person: str = "", why: str = "") -> None:
        """Ask who is there; where there is no archive yet, make one."""
        people = way_in.people(self._folder) if way_in.is_there(self._folder) else []
        if isinstance(people, Problem) or people:
            self._ask_passphrase([] if isinstance(people, Problem) else people, person, why, people)
            return
        from shequ_desktop.ui.unlock.first_start import FirstStart

        first = FirstStart(self.face, self._folder, self.background, self._outside)
        first.opened.connect(self.enter)
        self._show(first)

    def _ask_passphrase(self, people: Sequence[str], person: str, why: str, wrong: object) -> None:
        page = UnlockPage(self.face, self._folder, self.background, self._outside, people, person=person, why=why)
        page.opened.connect(self.enter)
        page.forgot.connect(self._ask_recovery)
        if isinstance(wrong, Problem):
            page.passphrase.show_problem(wrong)
        self._show(page)

    def _ask_recovery(self, person: str) -> None:
        from shequ_desktop.ui.unlock.recovery_page import RecoveryPage

        page = RecoveryPage(self.face, self._folder, self.background, self._outside, person)
        page.opened.connect(self.enter)
        page.back.connect(lambda: self.ask(person=person))
        self._show(page)

    def _show(self, widget: QWidget) -> None:
        """Only one thing is there at a time; what was shown before is gone for good."""
        before = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        widget.setFocus()
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def enter(self, archive: OpenArchive) -> None:
        """Somebody is there with an open archive: show the pages."""
        self._archive = archive
        main = self._frame(archive)
        self._go_on(main, archive.user)
        self.unlocked.emit(main)

    def _frame(self, archive: OpenArchive) -> MainWindow:
        """Pages are built for one text size and one language; they are built anew when somebody chooses another."""
        from shequ_desktop.ui.main_window import MainWindow

        main = MainWindow(self.face, archive, self.background, self._outside, _now(self._kinds), safe=self._safe)
        main.lock_asked.connect(lambda: self.lock("ui.unlock.locked"))
        main.change_asked.connect(lambda: self.lock("ui.unlock.locked", forget_person=True))
        main.look_chosen.connect(self.looks_otherwise, Qt.ConnectionType.QueuedConnection)
        main.settings_chosen.connect(self._follow_settings)
        main.swap_asked.connect(self.swap, Qt.ConnectionType.QueuedConnection)
        self.main = main
        self._show(main)
        self._idle.start()
        self._built_for = (self.face.look.scale, self.face.language)
        for companion in _now(self._companions):
            companion(main).setParent(main)
        return main

    def looks_otherwise(self) -> None:
        """Remember the look; build the frame anew where text size or language are others now."""
        self._keep_look()
        look = self.face.look
        if self.main is None or self._archive is None or (look.scale, look.language) == self._built_for:
            return
        before = self.main
        before.keep_all()
        before.session.feed.stop()
        self.background.wait(END_WITHIN_MS)
        main = self._frame(self._archive)
        main.take_over(before)

    def _go_on(self, main: MainWindow, user: str) -> None:
        """Where this person left; for another person, or after a safe start, the first page."""
        if self._left and self._left[0] == user and self._left[1].here and not self._safe:
            main.history = self._left[1]
            here = main.history.here
            if here is not None:
                main.show_place(here)
                return
        if main.kinds:
            main.go(next(iter(main.kinds)))
        if self._safe:
            main.status.tell("ui.frame.safe_start")

    def lock(self, why: str, *, forget_person: bool = False) -> None:
        """Keep what is half written, close the archive, drop its key, blank the window. Nothing is asked."""
        if self.main is None or self._archive is None:
            return
        main, archive = self.main, self._archive
        main.keep_all()
        main.session.feed.stop()
        self.background.let_go()
        self._left = (archive.user, main.history)
        person = "" if forget_person else archive.user
        self.main = self._archive = None
        self._idle.stop()
        self.ask(person=person, why=why)
        self.background.run(_forget_key, archive)
        self.locked.emit()

    def swap(self, act: Callable[[], object]) -> None:
        """Put another archive in the place of this one: lock, let `act` do it when nothing of the old one is open, ask again."""
        self.lock("ui.unlock.locked")
        self._left = None  # what was shown last may not be there any more
        self._show(ReplacingSheet(self.face, self._outside.version))
        self.background.run(act, on_done=lambda _done: self.ask(why="ui.unlock.replaced"), on_problem=self._not_swapped)

    def _not_swapped(self, problems: list[Problem]) -> None:
        self.ask()
        if isinstance(self.shown, UnlockPage):
            self.shown.passphrase.show_problem(problems[0])

    def _follow_settings(self) -> None:
        self._idle.setInterval(int(preferences.load(self._folder)["lock_after_minutes"]) * 60_000)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self.main is not None and event.type() in _ACTIVITY:
            self._idle.start()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep drafts, stop what can be stopped, wait for what is being written, at most four seconds."""
        self._idle.stop()
        if self.main is not None:
            self.main.keep_all()
            self.main.session.feed.stop()
        self.hide()
        self.background.cancel_all()
        self._keep_look()
        if self._archive is not None:
            self.background.run(_forget_key, self._archive)
        self.background.wait(END_WITHIN_MS)
        self.background.close()
        event.accept()

    def _keep_look(self) -> None:
        look = self.face.look
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        preferences.keep(
            self._folder,
            theme=look.theme,
            scale=look.scale,
            language=look.language,
            width=size.width(),
            height=size.height(),
            maximised=self.isMaximized(),
        )

    def _unforeseen(self, error: Exception) -> Problem:
        sentence = self._outside.unforeseen(error, self.face.language)
        return Problem("ui.told", values=(("sentence", sentence),))


def _now(several: NowOrLater[Several]) -> Sequence[Several]:
    return several() if callable(several) else several


def _forget_key(archive: OpenArchive) -> None:
    from shequ_desktop.services import opened

    opened.forget_key(archive)
