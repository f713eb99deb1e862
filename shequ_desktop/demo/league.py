"""A league on this machine for practice (练习盟): a real server process on a free port of the loopback, and its commands."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from shequ_desktop.domain.problems import Problem

HOST = "127.0.0.1"
DATABASE, LOG = "league.db", "league.log"
_START_TRIES, _TRY_S = 150, 0.1
_STOP_S, _COMMAND_S = 10, 60
_MODULE = "shequ_league"


@dataclass
class PracticeLeague:
    """A league whose database lies in `folder`."""

    folder: Path
    port: int
    command: list[str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:///{(self.folder / DATABASE).as_posix()}"

    def start(self) -> Problem | None:
        """Start serving; answers when it listens."""
        with (self.folder / LOG).open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "--database", self.database, "serve", "--host", HOST, "--port", str(self.port)],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        for _ in range(_START_TRIES):
            if _listens(self.port):
                return None
            try:
                self.process.wait(_TRY_S)
            except subprocess.TimeoutExpired:
                continue
            break
        return Problem("demo_league_silent", values=(("log", str(self.folder / LOG)),))

    def enrolment_code(self, *, area: str) -> str | Problem:
        """A one-time code for one laptop, entitled to this area."""
        told = self._run("enroll", "--area", area)
        return told if isinstance(told, Problem) else told.strip().splitlines()[-1].strip()

    def export(self, out: Path) -> Problem | None:
        """Write all that the league holds to a file."""
        told = self._run("export", "--format", "jsonl", str(out))
        return told if isinstance(told, Problem) else None

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _run(self, *arguments: str) -> str | Problem:
        try:
            done = subprocess.run(
                [*self.command, "--database", self.database, *arguments],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_COMMAND_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Problem("demo_league_silent", values=(("log", str(self.folder / LOG)),))
        if done.returncode:
            return Problem("demo_league_failed", values=(("what", arguments[0]), ("why", done.stderr.strip())))
        return done.stdout


def prepare(folder: Path) -> PracticeLeague | Problem:
    """A league for this folder, not yet started. Refused where the server's libraries are not installed."""
    command = _command()
    if isinstance(command, Problem):
        return command
    folder.mkdir(parents=True, exist_ok=True)
    return PracticeLeague(folder, _free_port(), command)


def _command() -> list[str] | Problem:
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("shequ-league" + Path(sys.executable).suffix)
        return [str(beside)] if beside.exists() else Problem("demo_no_league")
    if any(importlib.util.find_spec(name) is None for name in (_MODULE, "starlette", "uvicorn")):
        return Problem("demo_no_league")
    return [sys.executable, "-m", _MODULE]


def _environment() -> dict[str, str]:
    """The child finds the program where this one was found, installed or not."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
