"""Practice: demo makes a made-up gacha beside a league on this machine, and opens the window on it or walks the day."""

from __future__ import annotations

import importlib.util
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from shequ_desktop import app
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.demo.day import PASSPHRASE, Day, Places
from shequ_desktop.demo.walk import prepare, walk
from shequ_desktop.domain.problems import Problem

HOUSEHOLDS, SEED = 300, 20260301
SHOWN = "demo"
"""Folder in the current one where roster, PDF and report stay."""


@click.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), default=None)
@pass_session
def demo(session: Session, keep: Path | None) -> None:
    """Make a made-up gacha beside a league on this machine and open the window on it; without a display, walk a day."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the league's process is stopped with this one
    with ExitStack() as stack:
        places = _places(session, keep, stack)
        app.log_to(places.out)  # beside what stays: a log in an archive that goes could be given to nobody
        day = Day(
            places=places,
            language=session.language,
            households=HOUSEHOLDS,
            seed=SEED,
            today=session.today(),
            now=app.now,
            tell=(lambda sentence: None) if session.as_json else click.echo,
        )
        if app.has_display() and _has_window():
            stack.callback(day.close)
            _open(session, day, keep)
            return
        problem = walk(day)
        if problem:
            session.fail(problem)
        drawn = _draw(places) if _has_window() else False
        session.answer(_document(day, keep, drawn=drawn), _lines(session, day, keep, drawn=drawn))


def _has_window() -> bool:
    """Whether the window's libraries are installed; a league's server has none."""
    return importlib.util.find_spec("PySide6") is not None


def _open(session: Session, day: Day, keep: Path | None) -> None:
    """Walk until something waits for a person, then open the window on the first laptop's archive, with its league beside it."""
    from shequ_desktop.cli import window  # its libraries are needed only where there is a display

    problem = prepare(day)
    if problem:
        session.fail(problem)
    session.answer(_prepared(day), _prepared_lines(session, day, keep))
    status = window.open_practice(day.places.work / "laptop-a", language=session.language, passphrase=PASSPHRASE)
    if status:
        sys.exit(status)


def _draw(places: Places) -> bool:
    """Pictures of the window beside what stays, where nobody could see it; whether there are any."""
    from shequ_desktop.cli import pictures  # see above

    return bool(pictures.draw_archive(places.work / "laptop-a", places.roster, places.pictures, looks=("light",)))


def _prepared(day: Day) -> dict[str, Any]:
    places, league = day.places, day.league
    archives = [str(places.work / "laptop-a"), str(places.work / "laptop-b")]
    document: dict[str, Any] = {"forms": str(places.forms), "roster": str(places.roster), "archives": archives}
    return {**document, "passphrase": PASSPHRASE, "database": league.database if league else ""}


def _prepared_lines(session: Session, day: Day, keep: Path | None) -> list[str]:
    lines = ["", session.say("demo_window_opens", passphrase=PASSPHRASE)]
    if keep is not None:
        lines.append(session.say("demo_done_forms", file=day.places.forms))
    return lines


def _places(session: Session, keep: Path | None, stack: ExitStack) -> Places:
    """With --keep all lies in that folder; else archives lie in a folder that goes, and what is to be read stays here."""
    if keep is not None:
        folder = keep.expanduser().resolve()
        if any((folder / name).exists() for name in ("laptop-a", "laptop-b", "league")):
            session.fail(Problem("demo_there", values=(("folder", str(folder)),)))
        problem = _made(folder)
        if problem:
            session.fail(problem)
        return Places(work=folder, out=folder)
    work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shequ-demo-", ignore_cleanup_errors=True)))
    here = Path.cwd() / SHOWN
    if _made(here):
        here = Path(tempfile.mkdtemp(prefix="shequ-demo-shown-"))
    return Places(work=work, out=here)


def _made(folder: Path) -> Problem | None:
    """Make the folder and see whether files may be put there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return Problem("folder_not_writable", values=(("folder", str(folder)), ("why", error.strerror or str(error))))


def _document(day: Day, keep: Path | None, *, drawn: bool) -> dict[str, Any]:
    places = day.places
    document: dict[str, Any] = {"forms": str(places.forms), "report": str(places.report), "roster": str(places.roster)}
    document["exports"] = [{"side": one.side, "records": one.records, "sha256": one.sha256} for one in day.exports]
    if drawn:
        document["pictures"] = str(places.pictures)
    if keep is not None and day.league is not None:
        document["archives"] = [str(places.work / "laptop-a"), str(places.work / "laptop-b")]
        document["passphrase"], document["database"] = PASSPHRASE, day.league.database
    return document


def _lines(session: Session, day: Day, keep: Path | None, *, drawn: bool) -> list[str]:
    places = day.places
    lines = [
        "",
        session.say("demo_done_forms", file=places.forms),
        session.say("demo_done_report", file=places.report),
        session.say("demo_done_roster", file=places.roster),
        *([session.say("demo_done_pictures", folder=places.pictures)] if drawn else []),
    ]
    if keep is None or day.league is None:
        return [*lines, session.say("demo_done_gone")]
    a, b = places.work / "laptop-a", places.work / "laptop-b"
    return [
        *lines,
        session.say("demo_done_kept", a=a, b=b, passphrase=PASSPHRASE),
        session.say("demo_done_league", database=day.league.database, port=day.league.port),
    ]


COMMANDS = (demo,)
