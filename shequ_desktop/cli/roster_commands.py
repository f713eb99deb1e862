"""The roster wizard's decisions without questions: import-roster."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import rosters

FILE = click.Path(path_type=Path)


@click.command("import-roster")
@click.argument("file", type=FILE)
@click.option("--area", default="")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None)
@click.option("--report", type=FILE, default=None)
@click.option("--dry-run", is_flag=True)
@pass_session
def import_roster(session: Session, file: Path, area: str, as_of: datetime | None, report: Path | None, dry_run: bool) -> None:
    """Take in a village's roster: what is certain goes in, what is not is asked."""
    archive = session.open(make=True)
    result = rosters.import_roster(
        archive,
        file,
        author=archive.user,
        area=area,
        as_of=as_of.date() if as_of else None,
        today=session.today(),
        report=report,
        dry_run=dry_run,
        language=session.language,
    )
    if isinstance(result, Problem):
        session.fail(result)
    document = rosters.as_document(result)
    named = [session.say("row_named", **row) for row in rosters.in_words(result, session.language)]
    session.answer(
        document, [*named, session.say("equation", **{k: document[k] for k in ("rows", "added", "matched", "asked", "refused")})]
    )


COMMANDS = (import_roster,)
