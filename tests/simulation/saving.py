"""How one person saves in a simulated world: the form as it was opened, the transaction, the line in the model's book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shequ_desktop.domain.changes import RETRACTED, Change, Logged
from shequ_desktop.domain.fields import Policy
from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import apply, door, journal, rows
from shequ_desktop.storage.unit_of_work import UnitOfWork
from tests.simulation.fuse import Killed
from tests.simulation.model import Key, Save, Values, frozen, group_members
from tests.simulation.world import Form, Laptop, World, row_key

EMPTY: tuple[Any, ...] = (None, "", [])


class BrokenInvariantError(AssertionError):
    """Something that must always hold does not. The first words name the invariant."""


@dataclass(frozen=True)
class Draft:
    """What one save is about to say. `affirmed`: said whole, also where it is what is shown."""

    form: Form
    typed: Mapping[str, Any]
    retracted: bool | None = None
    affirmed: bool = False


def opened(laptop: Laptop, kind: str, record: str) -> Form | None:
    """The form of one record as it opens now; None where the laptop does not hold it."""
    with laptop.archive.read() as reader:
        found = reader.record(kind, record) if kind in KINDS else None
        keys = {row_key(row) for row in reader.log_of([record])}
        laptop.read |= keys
        if found is None and kind in KINDS:
            return None
        knew = frozenset(key for key in laptop.read if key[1] == record)
        return Form(kind, record, dict(found.fields) if found else {}, reader.seen, knew)


def new_form(kind: str, record: str) -> Form:
    return Form(kind, record, {}, 0, frozenset())


Act = Callable[[UnitOfWork, list[Draft]], None]


def commit(world: World, laptop: Laptop, act: Act) -> bool:
    """Do it in one transaction and write it into the book, as far as it came true. False where the laptop was killed."""
    drafts: list[Draft] = []
    true_ms, time_ms = world.now_ms, [0]
    try:
        with laptop.archive.write() as work:
            time_ms[0] = work.now_ms
            act(work, drafts)
    except Killed:
        world.start_again(laptop)
        there = {row_key(row) for row in laptop.rows()}
        came_true = [draft for draft in drafts if _key(draft, laptop, time_ms[0]) in there]
        if came_true and len(came_true) != len(drafts):
            raise BrokenInvariantError(f"I4: {laptop.name} was killed in a save and holds a part of it") from None
        _note(world, laptop, came_true, time_ms[0], true_ms)
        return False
    _note(world, laptop, drafts, time_ms[0], true_ms)
    for draft in drafts:
        _look_again(laptop, draft)
    return True


def _key(draft: Draft, laptop: Laptop, time_ms: int) -> Key:
    return (draft.form.kind, draft.form.record, laptop.name, time_ms)


def _note(world: World, laptop: Laptop, drafts: list[Draft], time_ms: int, true_ms: int) -> None:
    for draft in drafts:
        key = _key(draft, laptop, time_ms)
        own = {k for k in laptop.read if k[1] == key[1] and k[2] == laptop.name}
        groups, added, removed = said(draft)
        world.book.write(
            Save(key, dict(draft.typed), groups, added, removed, draft.form.knew | own, true_ms, laptop.name, draft.retracted)
        )
        laptop.read.add(key)


Elements = frozenset[tuple[str, str]]


def said(draft: Draft) -> tuple[dict[str, Values], Elements, Elements]:
    """(whole touched groups, elements added, elements removed): what the form showed when it was saved."""
    shown, typed = draft.form.shown, draft.typed
    groups: dict[str, Values] = {}
    added: set[tuple[str, str]] = set()
    removed: set[tuple[str, str]] = set()
    for name, value in typed.items():
        if not draft.affirmed and frozen({name: value}) == frozen({name: shown.get(name)}):
            continue
        group, members, policy = group_members(draft.form.kind, name)
        if policy is Policy.UNION:
            old, new = set(shown.get(name) or ()), set(value or ())
            added |= {(name, element) for element in new - old}
            removed |= {(name, element) for element in old - new}
        else:
            groups[group] = frozen({member: typed.get(member, shown.get(member)) for member in members})
    return groups, frozenset(added), frozenset(removed)


def _look_again(laptop: Laptop, draft: Draft) -> None:
    """Who has just saved sees what they saved, whatever the league says later."""
    kind, record = draft.form.kind, draft.form.record
    if kind not in KINDS:
        return
    with laptop.archive.read() as reader:
        now = reader.record(kind, record)
    groups, added, removed = said(draft)
    if now is None:
        raise BrokenInvariantError(f"I1: {laptop.name} saved {kind} {record}, and it is not there")
    if draft.retracted is not None and now.retracted is not draft.retracted:
        raise BrokenInvariantError(f"I5: {laptop.name} retracted or brought back {record}, and does not see it")
    for group, values in groups.items():
        members = [f.name for f in KINDS[kind].fields if f.merge_group == group] or [group]
        if frozen({name: now.fields.get(name) for name in members}) != values:
            raise BrokenInvariantError(f"I5: {laptop.name} saved {values} and sees {[now.fields.get(name) for name in members]}")
    for name, element in added:
        if element not in now.fields.get(name, ()):
            raise BrokenInvariantError(f"I5: {laptop.name} added {element} to {name} and does not see it")
    for name, element in removed:
        if element in now.fields.get(name, ()):
            raise BrokenInvariantError(f"I5: {laptop.name} removed {element} from {name} and still sees it")


# -- sorts of saves


def create(kind: str, fields: Mapping[str, Any], record: str = "") -> Callable[[UnitOfWork, list[Draft]], str]:
    def act(work: UnitOfWork, drafts: list[Draft]) -> str:
        made = record or work.new_id()
        drafts.append(Draft(new_form(kind, made), fields))
        work.create(kind, fields, record=made)
        return made

    return act


def edit(form: Form, typed: Mapping[str, Any], *, seen: int | None = None) -> Act:
    def act(work: UnitOfWork, drafts: list[Draft]) -> None:
        draft = Draft(form, typed)
        if any(said(draft)):
            drafts.append(draft)
        work.edit(form.kind, form.record, typed, seen=seen)

    return act


def retract(form: Form, *, back: bool) -> Act:
    def act(work: UnitOfWork, drafts: list[Draft]) -> None:
        drafts.append(Draft(form, {}, not back))
        if not work.retract(form.kind, form.record, back=back):
            drafts.clear()

    return act


def affirm(form: Form, values: Mapping[str, Any]) -> Act:
    def act(work: UnitOfWork, drafts: list[Draft]) -> None:
        gone = values.get(RETRACTED)
        typed = {name: value for name, value in values.items() if name != RETRACTED}
        drafts.append(Draft(form, typed, gone, affirmed=True))
        work.affirm(form.kind, form.record, values)

    return act


def as_newer_version(form: Form, fields: Mapping[str, Any]) -> Act:
    """A save of a program that knows more than this one: a field or a kind that no declaration here has."""

    def act(work: UnitOfWork, drafts: list[Draft]) -> None:
        drafts.append(Draft(form, fields))
        n, work._next_n = work._next_n, work._next_n + 1
        told = (work.device, work.incarnation, n, form.kind, form.record, dict(fields), work.seen, work.author, work.now_ms)
        change = Change(*told, schema=99)
        if form.kind in KINDS:
            known = rows.read(work.connection, form.kind, [form.record])
            apply.own_changes(work.connection, work.names, form.kind, [change], known)
            return
        with door.opened(work.connection):
            journal.append(work.connection, work.names, [Logged(change)])

    return act
