"""Looks for what is wrong inside an archive's file: pages, numbers of this device, the search index."""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage import meta, search_index
from shequ_desktop.storage.desktop_tables import SEARCH_KEY
from shequ_desktop.storage.tables import LOG, NAME, TABLES


def damaged_pages(connection: sa.Connection) -> list[str]:
    """What SQLCipher says of pages whose signature does not hold; the others stay readable."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]


def numbers_are_right(connection: sa.Connection) -> bool:
    """Whether the next change's number is above every number that this device has given."""
    return meta.get_int(connection, "next_n") > _highest(connection)


def mend_numbers(connection: sa.Connection) -> None:
    meta.put(connection, next_n=_highest(connection) + 1)


def _highest(connection: sa.Connection) -> int:
    own = sa.select(NAME.c.id).where(NAME.c.sort == "device", NAME.c.text == meta.get(connection, "device")).scalar_subquery()
    statement = sa.select(sa.func.max(LOG.c.n)).where(LOG.c.device == own)
    return connection.scalar(statement.where(LOG.c.incarnation == meta.get_int(connection, "incarnation"))) or 0


def search_differs(connection: sa.Connection) -> int:
    """How many records the index lacks or holds too many of, and 1 more where it has fallen behind the log."""
    docs = {(kind, record): doc for doc, kind, record in connection.execute(sa.select(SEARCH_KEY))}
    in_text = {row[0] for row in connection.exec_driver_sql("SELECT rowid FROM search")}
    wanted = [
        docs.get((kind, record))
        for kind in search_index.INDEXED
        for record in connection.scalars(sa.select(TABLES[kind].c.id).where(sa.not_(TABLES[kind].c.retracted)))
    ]
    lacking = sum(1 for doc in wanted if doc not in in_text)
    return lacking + len(in_text - set(wanted)) + search_index.is_behind(connection)
