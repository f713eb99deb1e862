"""Forms on paper: print them; and the way back, a visit from a scanned form."""

from __future__ import annotations

from pathlib import Path

import click

from shequ_desktop import app
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import print_jobs, print_wanted, scans
from shequ_desktop.services.print_jobs import Job, Order
from shequ_desktop.services.print_wanted import Pair
from shequ_desktop.storage.archive import Archive

PAPER_LANGUAGE = "zh_CN"
"""Forms are for an office, whatever language a person reads."""


@click.command("print")
@click.argument("form", metavar="FORM")
@click.option("--due", is_flag=True)
@click.option("--all", is_flag=True)
@click.option("--blank", is_flag=True)
@click.option("--sample", is_flag=True)
@click.option("--id", "records", multiple=True)
@click.option("--language", type=click.Choice(["zh", "zh_mn"]), default="zh")
@click.option("--from-page", type=click.IntRange(min=1), default=1)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@pass_session
def print_(
    session: Session, /, form: str, records: tuple[str, ...], language: str, from_page: int, out: Path, **flags: bool
) -> None:
    """Print a form into a PDF file: for those due, for all in care, for those named, or to fill in by hand."""
    if form not in print_jobs.NAMES:
        session.fail(Problem("print.no_such_form", values=(("form", form), ("forms", " ".join(print_jobs.NAMES)))), 2)
    chosen = [name for name, given in flags.items() if given]
    if form != print_jobs.TEST_PAGE and len(chosen) + bool(records) != 1:
        session.fail(Problem("print.which"), 2)
    which = chosen[0] if chosen else None
    order = Order(form=form, scripts=language == "zh_mn", from_page=from_page)
    _notice(session, order)
    if form == print_jobs.TEST_PAGE or which in ("blank", "sample"):
        job = print_jobs.print_without_archive(order, out=out, speak=app.speak(PAPER_LANGUAGE), filled=which == "sample")
    else:
        archive = session.open()
        job = _print(session, archive, order, _wanted(session, archive, form, which, records), out)
    if isinstance(job, Problem):
        session.fail(job)
    _answer(session, job, out)


def _print(session: Session, archive: Archive, order: Order, wanted: list[Pair], out: Path) -> Job | Problem:
    printed_at, speak = app.now(), app.speak(PAPER_LANGUAGE)
    for text in print_jobs.boxed_beforehand(archive, wanted, speak=speak, printed_at=printed_at, order=order):
        click.echo(session.say("boxed_beforehand", text=text, codes=_codes(text)), err=session.as_json)
    return print_jobs.print_forms(archive, order, wanted, out=out, speak=speak, printed_at=printed_at)


def _notice(session: Session, order: Order) -> None:
    """Say before printing which terms no native reader has approved."""
    terms = print_jobs.unreviewed(order, speak=app.speak(PAPER_LANGUAGE))
    if terms:
        sentence = session.say("print.unreviewed", count=len(terms), terms="、".join(terms))
        click.echo(sentence, err=session.as_json)


def _answer(session: Session, job: Job, out: Path) -> None:
    document = {"forms": job.forms, "pages": job.pages, "out": str(out), "without_household": job.without_household}
    lines = [session.say("printed", forms=job.forms, pages=job.pages, out=out)]
    if job.without_household:
        lines.append(session.say("without_household", people=job.without_household))
    session.answer(document, lines)


def _wanted(session: Session, archive: Archive, form: str, which: str | None, records: tuple[str, ...]) -> list[Pair]:
    if which == "due":
        return print_wanted.due_ones(archive, form, on=session.today())
    if which == "all":
        return sorted(print_wanted.all_ones(archive, form))
    found = print_wanted.named_ones(archive, form, records=records)
    if isinstance(found, Problem):
        session.fail(_in_words(session, found))
    return found


def _in_words(session: Session, problem: Problem) -> Problem:
    """What a form is about is a word of its own."""
    values = tuple((name, session.say(f"about.{value}") if name == "about" else value) for name, value in problem.values)
    return Problem(problem.key, values=values)


def _codes(text: str) -> str:
    """Code points of what lies beyond the common characters, so that support can tell which one it is."""
    return " ".join(f"U+{ord(letter):04X}" for letter in text if ord(letter) > 0x2FFF)


@click.command("visit-from-scan")
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def visit_from_scan(session: Session, file: Path) -> None:
    """Open the draft of the visit whose form is on a photo (PNG, JPEG) or in a scanned PDF."""
    archive = session.open()
    draft = scans.visit_from_scan(archive, file=file)
    if isinstance(draft, Problem):
        session.fail(draft)
    session.answer({"id": draft.id, "household": draft.about}, [draft.id])


COMMANDS = (print_, visit_from_scan)
