"""Commands that meet the league: enroll, sync, status."""

from __future__ import annotations

from typing import Any

import click

from shequ_desktop import app
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling, outbox, synchronise
from shequ_desktop.services.histories import iso_time
from shequ_desktop.services.synchronise import Status, Synchronised


@click.command()
@click.option("--server", required=True, metavar="URL")
@click.option("--code", required=True)
@pass_session
def enroll(session: Session, server: str, code: str) -> None:
    """Enrol this archive with a league by a one-time code; makes the archive where there is none."""
    problem = enrolling.enroll(session.open(make=True), server=server, code=code)
    if problem:
        session.fail(problem)
    session.answer({"server": server}, [session.say("enrolled", server=server)])


@click.command()
@click.option("--upload-only", is_flag=True, help="Post the outbox; needs no passphrase.")
@pass_session
def sync(session: Session, upload_only: bool) -> None:
    """Exchange with the league until both hold the same."""
    if upload_only:
        _upload(session)
        return
    done = synchronise.synchronise(session.open())
    if isinstance(done, Problem):
        session.fail(done)
    for note in done.notes:
        click.echo(app.sentence(note, session.language), err=done.problem is None and session.as_json)
    session.answer(_document(done), [session.say("sync_cut_off" if done.problem else "synchronised", **_document(done))])
    if done.problem:
        session.fail(done.problem)


def _document(done: Synchronised) -> dict[str, int]:
    names = ("sent", "received", "set_aside", "conflicts", "waiting")
    return {name: getattr(done, name) for name in names}


def _upload(session: Session) -> None:
    done = outbox.upload_only(session.data)
    if isinstance(done, Problem):
        session.fail(done)
    document = {"sent": done.sent, "received": 0, "set_aside": 0, "conflicts": 0, "waiting": done.waiting}
    session.answer(document, [session.say("uploaded", sent=done.sent, waiting=done.waiting)])


@click.command()
@pass_session
def status(session: Session) -> None:
    """What waits, what is set aside, last contact; asks no network."""
    told = synchronise.status(session.open())
    document: dict[str, Any] = {
        "enrolled": told.enrolled,
        "server": told.server,
        "device": told.device,
        "area": told.area,
        "waiting": told.waiting,
        "set_aside": [
            {"kind": one.kind, "record": one.record, "field": list(one.fields), "reason": one.key, "user": one.author}
            for one in told.set_aside
        ],
        "conflicts": told.conflicts,
        "last_contact": iso_time(told.last_contact_ms) if told.last_contact_ms else None,
        "newest": told.newest,
        "on_hold": told.on_hold,
    }
    session.answer(document, _lines(session, told))


def _lines(session: Session, told: Status) -> list[str]:
    lines = [session.say("status_enrolled" if told.enrolled else "status_not_enrolled", server=told.server, device=told.device)]
    lines.append(session.say("status_waiting", waiting=told.waiting, conflicts=told.conflicts, newest=told.newest))
    if told.last_contact_ms:
        lines.append(session.say("status_contact", time=iso_time(told.last_contact_ms)))
    if told.on_hold:
        lines.append(session.say("status_on_hold"))
    aside = (session.say("status_aside", kind=one.kind, record=one.record, reason=session.say(one.key)) for one in told.set_aside)
    return [*lines, *aside]


COMMANDS = (enroll, sync, status)
