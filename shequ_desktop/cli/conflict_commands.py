"""Commands on what two people wrote without seeing each other's: conflicts, decide."""

from __future__ import annotations

import click

from shequ_desktop.cli.record_commands import typed_fields
from shequ_desktop.cli.session import Session, pass_session
from shequ_desktop.domain.changes import RETRACTED, Conflict
from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import conflicts as service
from shequ_desktop.services import declarations
from shequ_desktop.services.histories import iso_time


@click.command()
@click.option("--all", "every", is_flag=True, help="Also decided ones, and values superseded unseen.")
@pass_session
def conflicts(session: Session, every: bool) -> None:
    """What waits for a person."""
    found = service.conflicts(session.open(), every=every)
    lines = [line for conflict in found for line in _lines(session, conflict)]
    session.answer([service.as_document(conflict) for conflict in found], lines or [session.say("no_conflicts")])


def _lines(session: Session, conflict: Conflict) -> list[str]:
    state = session.say("conflict_open" if conflict.open else "conflict_closed")
    told = {"id": conflict.id, "kind": declarations.term_of(conflict.kind), "record": conflict.record}
    head = session.say("conflict_head", state=state, **told)
    return [head, *(_side(session, conflict, at) for at in range(len(conflict.sides)))]


def _side(session: Session, conflict: Conflict, at: int) -> str:
    side = conflict.sides[at]
    if conflict.group == RETRACTED:
        words = session.say("side_retracted" if side.fields.get(RETRACTED) else "side_kept")
    else:
        present = {name: value for name, value in side.fields.items() if value not in (None, "", [])}
        words = "; ".join(f"{term}: {word}" for term, word in declarations.in_words(conflict.kind, present))
    stands = session.say("side_stands") if side.stands else ""
    return session.say("conflict_side", n=side.n, words=words, user=side.user, time=iso_time(side.time_ms), stands=stands)


@click.command()
@click.argument("conflict")
@click.option("--take", type=int, default=None, metavar="N")
@click.argument("pairs", nargs=-1, metavar="FIELD=VALUE ...")
@pass_session
def decide(session: Session, conflict: str, take: int | None, pairs: tuple[str, ...]) -> None:
    """Decide a conflict: for side N, or for values of one's own."""
    if (take is None) == (not pairs):
        session.fail(Problem("take_or_values"), 2)
    typed = typed_fields(session, pairs)
    decided = service.decide(session.open(), conflict=conflict, today=session.today(), take=take, typed=typed)
    if isinstance(decided, list):
        session.fail(decided)
    told = {"id": decided.id, "kind": decided.kind, "record": decided.record}
    session.answer(told, [session.say("conflict_decided", id=decided.id)])


COMMANDS = (conflicts, decide)
