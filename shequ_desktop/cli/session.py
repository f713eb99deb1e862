"""What every command needs: which archive, whose, in which language; and how it answers or fails."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from shequ_desktop import app
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import unlocking
from shequ_desktop.storage.archive import Archive
from shequ_desktop.wording import say


class Failed(click.ClickException):
    """A command that cannot do what was asked: one sentence, exit status 1 or 2."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(" ".join(sentence.split()))
        self.status = exit_code


@dataclass
class Session:
    """Options that stand before the command."""

    data: Path
    user: str
    passphrase_file: Path | None
    as_json: bool
    language: str
    opened: list[Archive] = field(default_factory=list)
    _made: tuple[Archive, str] | None = None
    _folder_was_there: bool = False

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def today(self) -> date:
        return app.today()

    def fail(self, problem: Problem | Iterable[Problem], exit_code: int = 1) -> NoReturn:
        """End with the sentences of these problems, on one line."""
        problems = [problem] if isinstance(problem, Problem) else list(problem)
        raise Failed(" ".join(app.sentence(one, self.language) for one in problems), exit_code)

    def passphrase(self) -> str:
        """From the file named, else from the environment, else typed where somebody sits there."""
        return self._secret(self.passphrase_file, "SHEQU_PASSPHRASE", "ask_passphrase")

    def new_passphrase(self, file: Path | None, *, needed: bool = True) -> str:
        return self._secret(file, "SHEQU_NEW_PASSPHRASE", "ask_new_passphrase") if needed else ""

    def recovery_code(self) -> str:
        return self._secret(None, "SHEQU_RECOVERY", "ask_recovery")

    def _secret(self, file: Path | None, variable: str, question: str) -> str:
        if file is not None:
            try:
                return file.read_text(encoding="utf-8-sig").rstrip("\r\n")
            except (OSError, ValueError):
                self.fail(Problem("secret_file_unreadable", values=(("file", file.name),)))
        given = app.environment(variable)
        if given is not None:
            return given
        if sys.stdin is None or not sys.stdin.isatty():  # closed, or a scheduler's
            self.fail(Problem("no_passphrase_given", values=(("variable", variable),)))
        return getpass.getpass(self.say(question) + " ", stream=sys.stderr)

    def open(self, *, make: bool = False) -> Archive:
        """The archive, opened for the user; made where there is none and the command may make one."""
        if not unlocking.is_there(self.data):
            if not make:
                self.fail(Problem("no_archive", values=(("folder", str(self.data)),)))
            return self._make()
        opened = app.unlock(self.data, user=self.chosen_user(), passphrase=self.passphrase())
        if isinstance(opened, Problem):
            self.fail(opened)
        self.opened.append(opened)
        return opened

    def _make(self) -> Archive:
        self._folder_was_there = self.data.exists()
        made = app.make(self.data, user=self.user or app.system_user(), passphrase=self.passphrase())
        if isinstance(made, Problem):
            self.fail(made)
        self._made = made
        self.opened.append(made[0])
        return made[0]

    def _keep_made(self) -> None:
        """The command did what was asked, so its new archive stays: the code is shown, this once."""
        if self._made:
            click.echo(self.say("recovery_code_once", code=self._made[1]), err=True)
            self._made = None

    def chosen_user(self) -> str:
        """The user named, or the only one there is. Several and none named: wrong use."""
        if self.user:
            return self.user
        people = unlocking.people(self.data)
        if isinstance(people, Problem):
            self.fail(people)
        if len(people) != 1:
            self.fail(Problem("user_needed", values=(("users", "、".join(people)),)), 2)
        return people[0]

    def answer(self, document: Any, lines: Iterable[str] = ()) -> None:
        """One JSON document with --json, else lines for a person."""
        self._keep_made()
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, sort_keys=True))
        else:
            for line in lines:
                click.echo(line)

    def close(self) -> None:
        """Also after a failure: an archive that was made for a command which then failed goes again."""
        if self._made and not unlocking.unmake(self._made[0], folder_too=not self._folder_was_there):
            self._keep_made()
        for archive in self.opened:
            archive.close()


pass_session = click.make_pass_decorator(Session)
