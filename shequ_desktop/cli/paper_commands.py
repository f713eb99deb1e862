"""Printing forms: print home-visit."""

from __future__ import annotations

from pathlib import Path

import click

from shequ_desktop import app
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_jobs
from shequ_desktop.storage.archive import Archive


@click.group("print")
def print_() -> None:
    """Print forms into a PDF file."""


@print_.command("home-visit")
@click.option("--due", "which", flag_value="due")
@click.option("--all", "which", flag_value="all")
@click.option("--id", "record", default="")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@pass_session
def home_visit(session: Session, which: str | None, record: str, out: Path) -> None:
    """Print the home-visit form for one household or visit, for those due, or for all in care."""
    if bool(which) == bool(record):
        session.fail(Problem("which_forms"), 2)
    archive = session.open()
    wanted = _wanted(session, archive, which, record)
    printed_at, speak = app.now(), app.speak(session.language)
    for text in print_jobs.boxed_beforehand(archive, wanted, speak=speak, printed_at=printed_at):
        click.echo(session.say("boxed_beforehand", text=text, codes=_codes(text)), err=session.as_json)
    job = print_jobs.print_home_visits(archive, wanted, out=out, speak=speak, printed_at=printed_at)
    if isinstance(job, Problem):
        session.fail(job)
    document = {"forms": job.forms, "pages": job.pages, "out": str(out), "without_household": job.without_household}
    lines = [session.say("printed", forms=job.forms, pages=job.pages, out=out)]
    if job.without_household:
        lines.append(session.say("without_household", people=job.without_household))
    session.answer(document, lines)


def _wanted(session: Session, archive: Archive, which: str | None, record: str) -> list[tuple[str, str]]:
    if which == "due":
        return print_jobs.home_visits_due(archive, on=session.today())
    if which == "all":
        return print_jobs.home_visits_all(archive)
    found = print_jobs.home_visit_of(archive, record=record)
    if isinstance(found, Problem):
        session.fail(found)
    return found


def _codes(text: str) -> str:
    """Code points of what lies beyond the common characters, so that support can tell which one it is."""
    return " ".join(f"U+{ord(letter):04X}" for letter in text if ord(letter) > 0x2FFF)


COMMANDS = (print_,)
