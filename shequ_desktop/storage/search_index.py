"""The index of everybody (查找索引), inside the encrypted archive, brought up to date from the log after each save.

Characters beyond ASCII stand in it one by one, so that no tokenizer's table decides which characters of a name can be
found. The front of numbers is indexed too: all of one banner share it in their identity numbers, and people type figure
by figure. Sets move inside the database: records touched since the last time stand in a temporary table (in memory).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.identity import match_key
from shequ_desktop.domain.names import initials, read_name
from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import journal, meta
from shequ_desktop.storage.desktop_tables import SEARCH_KEY
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import id_from_bytes, id_to_bytes

SPELLING = 2
"""How texts stand in the index; raised when `_document` or CREATE changes, so that older indexes are made anew."""
INDEXED = ("household", "resident")
CREATE = (
    "CREATE VIRTUAL TABLE search USING fts5(name, initials, digits, place, "
    "content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 6 8 10')"
)
_INSERT = "INSERT OR REPLACE INTO search(rowid, name, initials, digits, place) VALUES (?, ?, ?, ?, ?)"
_PARTS = re.compile(r"[0-9a-z]+|[^\x00-\x7f\ud800-\udfff]")
_NOT_WRITTEN = re.compile(r"[^0-9a-z]+")
_DOTTED = str.maketrans("", "", "·")
_SEARCHED = (Type.NAME, Type.PLACE, Type.LABEL, Type.PHONE, Type.ID_NUMBER)

Document = tuple[str, str, str, str]
"""(name, initials, digits, place) of one record."""


def tokens(text: str) -> str:
    """The text as the index holds it: runs of ASCII letters and digits, other characters one by one, no dot in names."""
    written = read_name(text).translate(_DOTTED).lower()
    return " ".join(_PARTS.findall(written))


def _numbers(value: str) -> Iterable[str]:
    bare = _NOT_WRITTEN.sub("", value.lower())
    without_area_code = _NOT_WRITTEN.sub("", value.lower().rpartition("-")[2])
    return (bare, bare[-4:], without_area_code) if len(bare) > 4 else (bare,)


def _initials(name: str) -> str:
    """All readings, and their tails, so that part of a name is found too."""
    readings = initials(name)
    return " ".join(sorted({reading[start:] for reading in readings for start in range(max(1, len(reading) - 1))}))


@functools.cache
def _searched(kind: str) -> tuple[tuple[str, Type], ...]:
    """Fields of the kind that are searched: each goes where its type says."""
    return tuple((field.name, field.type) for field in KINDS[kind].fields if field.type in _SEARCHED)


def _document(types: Sequence[tuple[str, Type]], values: Sequence[str | None], phones: Iterable[str] = ()) -> Document:
    names: list[str] = []
    places: list[str] = []
    numbers: list[str] = [number for phone in phones for number in _numbers(phone)]
    for (_, of_type), value in zip(types, values, strict=True):
        if not value:
            continue
        if of_type is Type.NAME:
            names.append(value)
        elif of_type is Type.PLACE:
            places.append(value)
        elif of_type is Type.ID_NUMBER:
            key = match_key(value)
            numbers += (*_numbers(value), *(_numbers(key) if key != value else ()))
        else:
            numbers += _numbers(value)
            places += () if value.isascii() else (value,)  # a label such as 练009 is found as it is written
    return (
        " x0 ".join(tokens(name) for name in names),  # x0: no phrase runs from one name into the next
        " ".join(_initials(name) for name in names),
        " ".join(dict.fromkeys(numbers)),
        " x0 ".join(tokens(place) for place in places),
    )


def refresh(connection: sa.Connection) -> None:
    """Take into the index what was written or decided since the last time."""
    if meta.get_int(connection, "searched_as") != SPELLING:
        _empty(connection)
    pos, seq = meta.get_int(connection, "searched_pos"), meta.get_int(connection, "searched_seq")
    newest_pos, newest_seq = journal.newest(connection)
    if (newest_pos, newest_seq) == (pos, seq):
        return
    _touch(connection, pos, seq)
    _touch_residents_of_phones(connection)
    for kind in INDEXED:
        _index(connection, kind)
    connection.exec_driver_sql("DELETE FROM touched")
    meta.put(connection, searched_pos=newest_pos, searched_seq=newest_seq)


def is_behind(connection: sa.Connection) -> bool:
    """Whether something stands in the log that the index has not taken in, or all of it was spelled otherwise."""
    known = meta.get_int(connection, "searched_pos"), meta.get_int(connection, "searched_seq")
    return journal.newest(connection) != known or (known != (0, 0) and meta.get_int(connection, "searched_as") != SPELLING)


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew."""
    _empty(connection)
    refresh(connection)


def _empty(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    connection.exec_driver_sql(CREATE)
    connection.execute(sa.delete(SEARCH_KEY))
    meta.put(connection, searched_pos=0, searched_seq=0, searched_as=SPELLING)


def _touch(connection: sa.Connection, pos: int, seq: int) -> None:
    """Write down whom the log names since then."""
    connection.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS touched (kind TEXT, record BLOB, PRIMARY KEY (kind, record)) WITHOUT ROWID"
    )
    connection.exec_driver_sql("DELETE FROM touched")
    for column, since in (("pos", pos), ("seq", seq)):
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO touched SELECT name.text, log.record FROM log JOIN name ON name.id = log.kind "
            f"WHERE log.{column} > ? AND name.text IN ('household', 'resident', 'phone')",
            (since,),
        )


def _touch_residents_of_phones(connection: sa.Connection) -> None:
    """Residents whose phones were touched, and those from whom a phone was taken away."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO touched SELECT 'resident', phone.resident FROM touched "
        "JOIN phone ON phone.id = touched.record WHERE touched.kind = 'phone' AND phone.resident IS NOT NULL"
    )
    again = connection.exec_driver_sql(
        "SELECT log.record FROM touched JOIN log ON log.record = touched.record "
        "WHERE touched.kind = 'phone' GROUP BY log.record HAVING count(*) > 1"
    )
    changed = [id_from_bytes(record) for (record,) in again]
    before = {row.change.fields.get("resident") for row in journal.of_records(connection, Names(connection), changed)}
    if residents := [("resident", id_to_bytes(resident)) for resident in before if resident]:
        connection.exec_driver_sql("INSERT OR IGNORE INTO touched VALUES (?, ?)", residents)


def _phones(connection: sa.Connection) -> dict[bytes, list[str]]:
    """Numbers of the touched residents."""
    found: dict[bytes, list[str]] = {}
    rows = connection.exec_driver_sql(
        "SELECT phone.resident, phone.number FROM touched JOIN phone ON phone.resident = touched.record "
        "WHERE touched.kind = 'resident' AND NOT phone.retracted AND phone.number IS NOT NULL"
    )
    for resident, number in rows:
        found.setdefault(resident, []).append(number)
    return found


def _index(connection: sa.Connection, kind: str) -> None:
    """Write the texts of the touched records of this kind, and take out those that were retracted."""
    types = _searched(kind)
    phones = _phones(connection) if kind == "resident" else {}
    next_doc = (connection.scalar(sa.select(sa.func.max(SEARCH_KEY.c.doc))) or 0) + 1
    new: list[tuple[int, str, bytes]] = []
    shown: list[tuple[Any, ...]] = []
    gone: list[tuple[int]] = []
    rows = connection.exec_driver_sql(
        f"SELECT r.id, r.retracted, k.doc, {', '.join('r.' + name for name, _ in types)} FROM touched AS t "
        f"JOIN {kind} AS r ON r.id = t.record LEFT JOIN search_key AS k ON k.record = t.record WHERE t.kind = ?",
        (kind,),
    )
    for record, retracted, doc, *values in rows:
        if retracted:
            gone += [(doc,)] if doc is not None else []
            continue
        if doc is None:
            doc, next_doc = next_doc, next_doc + 1
            new.append((doc, kind, record))
        shown.append((doc, *_document(types, values, phones.get(record, ()))))
    if new:
        connection.exec_driver_sql("INSERT INTO search_key (doc, kind, record) VALUES (?, ?, ?)", new)
    if gone:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", gone)
    if shown:
        connection.exec_driver_sql(_INSERT, shown)
