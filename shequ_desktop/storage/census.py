"""Who is in care, who lives where, who was visited last (清点): counted inside the database, so that 100,000 are soon counted.

Reads only; what the numbers mean is for services. Days that no calendar has are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.households import HEAD_RELATIONS
from shequ_desktop.storage.tables import TABLES

Row = tuple[Any, ...]
CARE, HOME, MEMBER, PERSON, VISIT = (TABLES[name] for name in ("care_record", "household", "membership", "resident", "visit"))


def _there(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.not_(table.c.retracted)


def _empty(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.or_(column.is_(None), column == "")


def _open_care() -> sa.ColumnElement[bool]:
    person = sa.exists().where(PERSON.c.id == CARE.c.resident, _there(PERSON))
    return sa.and_(_there(CARE), _empty(CARE.c.closed_on), CARE.c.resident.is_not(None), person)


def open_care(connection: sa.Connection) -> Iterator[Row]:
    """(id, resident, care_kind, label, risk, special_hardship, opened_on, worker) of every open care record."""
    names = ("id", "resident", "care_kind", "label", "risk", "special_hardship", "opened_on", "worker")
    for row in connection.execute(sa.select(*(CARE.c[name] for name in names)).where(_open_care())):
        yield tuple(row)


def _holding() -> sa.ColumnElement[bool]:
    """Memberships that hold now, between people and households that are there."""
    home = sa.exists().where(HOME.c.id == MEMBER.c.household, _there(HOME))
    return sa.and_(_there(MEMBER), _empty(MEMBER.c.until), MEMBER.c.resident.is_not(None), home)


def homes_of_people_in_care(connection: sa.Connection) -> dict[str, str]:
    """{resident: household} by the newest membership that holds."""
    in_care = MEMBER.c.resident.in_(sa.select(CARE.c.resident).where(_open_care()))
    newest = sa.func.max(MEMBER.c.id, type_=sa.LargeBinary)  # beside max, SQLite gives the other columns of that row
    statement = sa.select(MEMBER.c.resident, MEMBER.c.household, newest).where(_holding(), in_care).group_by(MEMBER.c.resident)
    return {resident: household for resident, household, _ in connection.execute(statement)}


def names_of_people_in_care(connection: sa.Connection) -> dict[str, str]:
    """{resident: name}"""
    in_care = PERSON.c.id.in_(sa.select(CARE.c.resident).where(_open_care()))
    return {person: name or "" for person, name in connection.execute(sa.select(PERSON.c.id, PERSON.c.name).where(in_care))}


def _last_days() -> sa.Subquery:
    real = sa.func.date(VISIT.c.visited_on) == VISIT.c.visited_on
    last = sa.func.max(VISIT.c.visited_on).label("day")
    statement = sa.select(VISIT.c.household, last).where(_there(VISIT), VISIT.c.household.is_not(None), real)
    return statement.group_by(VISIT.c.household).subquery()


def last_visits(connection: sa.Connection) -> dict[str, str]:
    """{household: day of its last visit}"""
    last = _last_days()
    return {row.household: row.day for row in connection.execute(sa.select(last.c.household, last.c.day))}


def households(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """(household, name of its head) of every household; where nobody is called head, of the member who stands first."""
    head_first = sa.case((MEMBER.c.relation.in_(HEAD_RELATIONS), "0"), else_="1")
    rank = head_first + sa.func.coalesce(sa.func.nullif(MEMBER.c.relation, ""), "99") + sa.func.hex(MEMBER.c.id)
    joined = MEMBER.join(PERSON, sa.and_(PERSON.c.id == MEMBER.c.resident, _there(PERSON)))
    firsts = sa.select(MEMBER.c.household, PERSON.c.name, sa.func.min(rank)).select_from(joined).where(_holding())
    first = firsts.group_by(MEMBER.c.household).subquery()
    beside = HOME.outerjoin(first, first.c.household == HOME.c.id)
    for household, name in connection.execute(sa.select(HOME.c.id, first.c.name).select_from(beside).where(_there(HOME))):
        yield household, name or ""


def residents(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    """(resident, name, day on which their household was last visited) of every resident."""
    newest = sa.func.max(MEMBER.c.id, type_=sa.LargeBinary)
    lives = sa.select(MEMBER.c.resident, MEMBER.c.household, newest).where(_holding()).group_by(MEMBER.c.resident).subquery()
    last = _last_days()
    beside = PERSON.outerjoin(lives, lives.c.resident == PERSON.c.id).outerjoin(last, last.c.household == lives.c.household)
    statement = sa.select(PERSON.c.id, PERSON.c.name, last.c.day).select_from(beside).where(_there(PERSON))
    for resident, name, day in connection.execute(statement):
        yield resident, name or "", day or ""
