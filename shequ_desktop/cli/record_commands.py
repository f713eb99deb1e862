"""Commands on single records: schema, add, set, retract, get, find, history, due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import declarations, due, finding, histories, records
from shequ_desktop.storage.reading import Record


def typed_fields(session: Session, pairs: tuple[str, ...]) -> dict[str, str]:
    """FIELD=VALUE arguments as a mapping."""
    fields: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            session.fail(Problem("not_a_pair", values=(("pair", pair),)), 2)
        if name in fields:
            session.fail(Problem("pair_twice", values=(("name", name),)), 2)
        fields[name] = value
    return fields


def as_document(record: Record) -> dict[str, Any]:
    return {"id": record.id, "kind": record.kind, "fields": dict(record.fields)}


def as_lines(record: Record, language: str) -> list[str]:
    """A record for a person: its kind and id, then each value by its term, codes as words."""
    told = declarations.in_words(record.kind, record.fields)
    return [f"{declarations.term_of(record.kind)} {record.id}", *(f"  {term}: {words}" for term, words in told)]


@click.command()
@pass_session
def schema(session: Session) -> None:
    """Kinds, fields, types, code tables, merge groups, policies, privacy; the wire names."""
    described = declarations.described()
    session.answer(described, declarations.described_lines(described))


@click.command()
@click.argument("kind")
@click.argument("pairs", nargs=-1, metavar="FIELD=VALUE ...")
@pass_session
def add(session: Session, kind: str, pairs: tuple[str, ...]) -> None:
    """Add a record; prints its id."""
    typed = typed_fields(session, pairs)
    made = records.add(session.open(make=True), kind=kind, typed=typed, today=session.today())
    if isinstance(made, list):
        session.fail(made)
    session.answer({"id": made, "kind": kind}, [made])


@click.command("set")
@click.argument("kind")
@click.argument("record", metavar="ID")
@click.argument("field")
@click.argument("value")
@click.option("--seen", type=click.IntRange(min=0), default=None)
@pass_session
def set_(session: Session, kind: str, record: str, field: str, value: str, seen: int | None) -> None:
    """Change one field of a record."""
    typed = {field: value}
    changed = records.edit(session.open(), kind=kind, record=record, typed=typed, today=session.today(), seen=seen)
    if isinstance(changed, list):
        session.fail(changed)
    session.answer({"id": record, "kind": kind, "changed": changed})


@click.command()
@click.argument("kind")
@click.argument("record", metavar="ID")
@pass_session
def retract(session: Session, kind: str, record: str) -> None:
    """Mark a record as registered by mistake."""
    done = records.retract(session.open(), kind=kind, record=record)
    if isinstance(done, list) and done:
        session.fail(done)
    session.answer({"id": record, "kind": kind, "changed": bool(done)})


@click.command()
@click.argument("kind")
@click.argument("record", metavar="ID")
@pass_session
def get(session: Session, kind: str, record: str) -> None:
    """Show one record."""
    found = records.get(session.open(), kind=kind, record=record)
    if isinstance(found, Problem):
        session.fail(found)
    document = as_document(found) | ({"retracted": True} if found.retracted else {})
    session.answer(document, [*as_lines(found, session.language), *([session.say("is_retracted")] if found.retracted else [])])


@click.command()
@click.argument("words", nargs=-1, required=True)
@pass_session
def find(session: Session, words: tuple[str, ...]) -> None:
    """Find households and residents by name, initials, number, phone or address."""
    found = finding.find(session.open(), words=" ".join(words))
    lines = [line for record in found for line in as_lines(record, session.language)]
    session.answer([as_document(record) for record in found], lines or [session.say("nothing_found")])


@click.command()
@click.argument("kind")
@click.argument("record", metavar="ID")
@click.option("--field", default="")
@pass_session
def history(session: Session, kind: str, record: str, field: str) -> None:
    """Every value of a record: who, when, on which device, what became of it."""
    told = histories.history(session.open(), kind=kind, record=record, field=field)
    if isinstance(told, Problem):
        session.fail(told)
    lines = [
        f"{_time(entry['time'])}  {entry['user']}  {entry['device']}  {session.say('became_' + entry['became'])}  "
        + "; ".join(f"{name}={value}" for name, value in entry["fields"].items())
        for entry in told
    ]
    session.answer(told, lines)


def _time(text: str) -> str:
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


@click.command("due")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), default=None)
@pass_session
def due_(session: Session, on: datetime | None) -> None:
    """Households whose visit is due, the longest overdue first."""
    day = on.date() if on else session.today()
    told = due.told(session.open(), on=day)
    lines = [session.say("due_line", days=_late(one["on"], day), **one) for one in told]
    session.answer(told, lines or [session.say("nothing_due")])


def _late(on: str, day: date) -> int:
    return (day - date.fromisoformat(on)).days


COMMANDS = (schema, add, set_, retract, get, find, history, due_)
