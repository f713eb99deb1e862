"""Shows a masked value for half a minute, after it was written down who looked."""

from __future__ import annotations

from collections.abc import Callable

from shequ_desktop.services import revealing
from shequ_desktop.ui.session import Session


def ask(session: Session, where: str, reveal: Callable[[str], None]) -> None:
    """`where`: `kind.field record`, as a `Fact` carries it."""
    field, _, record = where.partition(" ")
    kind, _, name = field.partition(".")
    session.background.run(
        revealing.reveal, session.archive, kind=kind, record=record, field=name,
        on_done=reveal, on_problem=session.tell_problems,
    )  # fmt: skip
