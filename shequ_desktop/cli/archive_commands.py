"""Commands on the archive as a whole: export, backup, restore, doctor, users."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from shequ_desktop import app
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import doctoring, exporting, keeping, unlocking

FILE = click.Path(path_type=Path)


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "xlsx"]), required=True)
@click.argument("out", type=FILE)
@pass_session
def export(session: Session, form: str, out: Path) -> None:
    """Write every record to a file."""
    written = exporting.export(session.open(), form=form, out=out, language=session.language)
    if isinstance(written, Problem):
        session.fail(written)
    session.answer({"records": written, "out": str(out)}, [session.say("exported", records=written, out=out)])


@click.command()
@click.argument("out", type=FILE)
@pass_session
def backup(session: Session, out: Path) -> None:
    """Write a backup: one file, encrypted as the archive is."""
    problem = keeping.back_up(session.open(), out=out)
    if problem:
        session.fail(problem)
    session.answer({"out": str(out)}, [session.say("backed_up", out=out)])


@click.command()
@click.argument("file", metavar="BACKUP", type=FILE)
@pass_session
def restore(session: Session, file: Path) -> None:
    """Put a backup in the archive's place; what is there goes aside."""
    user = session.user or keeping.only_user(file) or app.system_user()
    restored = keeping.restore(file, session.data, user=user, passphrase=session.passphrase(), clock=app.clock)
    if isinstance(restored, Problem):
        session.fail(restored)
    session.opened.append(app.joined(restored))
    session.answer({"data": str(session.data)}, [session.say("restored", folder=session.data)])


@click.command()
@click.option("--repair", is_flag=True)
@pass_session
def doctor(session: Session, repair: bool) -> None:
    """Check log, tables, search and sums against each other; with --repair mend what can be."""
    archive = session.open()
    found = doctoring.examine(archive, repair=repair)
    document: dict[str, Any] = {
        "checks": {check.name: check.state for check in found},
        "log": str(app.log_to(archive.folder)),
    }
    lines = [
        session.say(f"doctor_{check.state}", check=session.say(f"check_{check.name}"), detail=check.detail) for check in found
    ]
    session.answer(document, [*lines, session.say("doctor_log", file=document["log"])])
    if any(check.state == "wrong" for check in found):
        session.fail(Problem("doctor_found"))


@click.group(invoke_without_command=True)
@click.pass_context
def users(context: click.Context) -> None:
    """Who can open the archive; without a subcommand: list them."""
    if context.invoked_subcommand is None:
        session = context.ensure_object(Session)
        archive = session.open()
        people = unlocking.people(archive.folder)
        if isinstance(people, Problem):
            session.fail(people)
        session.answer([{"user": name} for name in people], people)


NEW_PASSPHRASE = click.option("--new-passphrase-file", "file", type=FILE, default=None)


@users.command("add")
@click.argument("name")
@NEW_PASSPHRASE
@pass_session
def users_add(session: Session, name: str, file: Path | None) -> None:
    """Give one more person a way in; makes the archive for its first person."""
    if not unlocking.is_there(session.data) and session.user in ("", name):
        session.user = name
        session.open(make=True)
        session.answer({"user": name}, [session.say("user_added", user=name)])
        return
    archive = session.open(make=True)
    problem = unlocking.add_person(archive, user=name, passphrase=session.new_passphrase(file))
    if problem:
        session.fail(problem)
    session.answer({"user": name}, [session.say("user_added", user=name)])


@users.command("passphrase")
@NEW_PASSPHRASE
@pass_session
def users_passphrase(session: Session, file: Path | None) -> None:
    """A new passphrase for the user."""
    archive = session.open()
    problem = unlocking.change_passphrase(archive, passphrase=session.new_passphrase(file))
    if problem:
        session.fail(problem)
    session.answer({"user": archive.user}, [session.say("passphrase_changed", user=archive.user)])


@users.command("remove")
@click.argument("name")
@pass_session
def users_remove(session: Session, name: str) -> None:
    """Take a person's way in away."""
    problem = unlocking.remove_person(session.open(), user=name)
    if problem:
        session.fail(problem)
    session.answer({"user": name}, [session.say("user_removed", user=name)])


@users.command("recovery")
@pass_session
def users_recovery(session: Session) -> None:
    """A new recovery code, shown once on stderr."""
    code = unlocking.new_recovery_code(session.open())
    click.echo(session.say("recovery_code_once", code=code), err=True)
    session.answer({"renewed": True})


@users.command("unlock-by-recovery")
@NEW_PASSPHRASE
@pass_session
def users_unlock_by_recovery(session: Session, file: Path | None) -> None:
    """A new passphrase for the user, by the recovery code."""
    if not unlocking.is_there(session.data):
        session.fail(Problem("no_archive", values=(("folder", str(session.data)),)))
    user, code, passphrase = session.chosen_user(), session.recovery_code(), session.new_passphrase(file)
    opened = unlocking.unlock_by_recovery(session.data, user=user, code=code, passphrase=passphrase, clock=app.clock)
    if isinstance(opened, Problem):
        session.fail(opened)
    session.opened.append(opened)
    session.answer({"user": user}, [session.say("passphrase_changed", user=user)])


COMMANDS = (export, backup, restore, doctor, users)
