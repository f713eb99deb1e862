"""Search over everybody (查找): an index inside the encrypted archive, brought up to date from the log after each save.

Characters beyond ASCII are written into the index as their code points, so that no tokenizer's table decides which
characters of a name can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from shequ_desktop.domain.fields import Type
from shequ_desktop.domain.identity import match_key
from shequ_desktop.domain.names import initials, read_name
from shequ_desktop.domain.records import KINDS
from shequ_desktop.domain.state import State
from shequ_desktop.storage import journal, meta, rows
from shequ_desktop.storage.desktop_tables import SEARCH_KEY
from shequ_desktop.storage.journal import chunks
from shequ_desktop.storage.names import Names
from shequ_desktop.storage.tables import TABLES, id_from_bytes

INDEXED = ("household", "resident")
CREATE = (
    "CREATE VIRTUAL TABLE search USING fts5(name, initials, digits, place, content='', contentless_delete=1, tokenize='ascii')"
)
_INSERT = "INSERT OR REPLACE INTO search(rowid, name, initials, digits, place) VALUES (?, ?, ?, ?, ?)"
_PARTS = re.compile(r"[0-9a-z]+|[^\x00-\x7f]")
_NOT_WRITTEN = re.compile(r"[^0-9a-z]+")
_PLAIN = re.compile(r"[0-9a-z]+")
_DOTTED = str.maketrans("", "", "·")
MOST_WORDS, LONGEST_WORD = 8, 40
"""What is typed beyond this is not looked at: FTS5 refuses expressions that are too large."""

Hit = tuple[str, str]
"""(kind, record)"""


def tokens(text: str) -> str:
    """The text as the index holds it: runs of ASCII letters and digits, other characters one by one, no dot in names."""
    written = read_name(text).translate(_DOTTED).lower()
    return " ".join(part if part.isascii() else f"x{ord(part):x}" for part in _PARTS.findall(written))


def _numbers(value: str) -> Iterable[str]:
    bare = _NOT_WRITTEN.sub("", value.lower())
    without_area_code = _NOT_WRITTEN.sub("", value.lower().rpartition("-")[2])
    return (bare, bare[-4:], without_area_code) if len(bare) > 4 else (bare,)


def _initials(name: str) -> str:
    """All readings, and their tails, so that part of a name is found too."""
    readings = initials(name)
    return " ".join(sorted({reading[start:] for reading in readings for start in range(max(1, len(reading) - 1))}))


def _document(kind: str, fields: Mapping[str, Any], phones: Iterable[str] = ()) -> tuple[str, str, str, str]:
    """(name, initials, digits, place) of one record: each field goes where its type says."""
    names: list[str] = []
    places: list[str] = []
    numbers: list[str] = [number for phone in phones for number in _numbers(phone)]
    for field in KINDS[kind].fields:
        value = fields.get(field.name)
        if not value:
            continue
        if field.type is Type.NAME:
            names.append(value)
        elif field.type is Type.PLACE:
            places.append(value)
        elif field.type in (Type.LABEL, Type.PHONE):
            numbers += _numbers(value)
        elif field.type is Type.ID_NUMBER:
            numbers += (*_numbers(value), *_numbers(match_key(value)))
    return (
        " x0 ".join(tokens(name) for name in names),  # x0: no phrase runs from one name into the next
        " ".join(_initials(name) for name in names),
        " ".join(dict.fromkeys(numbers)),
        " x0 ".join(tokens(place) for place in places),
    )


def refresh(connection: sa.Connection) -> None:
    """Take into the index what was written or decided since the last time."""
    pos, seq = meta.get_int(connection, "searched_pos"), meta.get_int(connection, "searched_seq")
    names = Names(connection)
    newest_pos, newest_seq, touched = journal.touched_since(connection, names, pos, seq)
    if (newest_pos, newest_seq) == (pos, seq):
        return
    changed = {kind: {record for of_kind, record in touched if of_kind == kind} for kind in ("household", "resident", "phone")}
    changed["resident"] |= _residents_of_phones(connection, changed["phone"])
    for kind in INDEXED:
        _index(connection, kind, changed[kind])
    meta.put(connection, searched_pos=newest_pos, searched_seq=newest_seq)


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    connection.exec_driver_sql(CREATE)
    connection.execute(sa.delete(SEARCH_KEY))
    meta.put(connection, searched_pos=0, searched_seq=0)
    refresh(connection)


def _residents_of_phones(connection: sa.Connection, phones: Iterable[str]) -> set[str]:
    """Residents whose phones these are, and those from whom a phone was taken away."""
    table = TABLES["phone"]
    found: set[str | None] = set()
    for some in chunks(phones):
        found |= set(connection.scalars(sa.select(table.c.resident).where(table.c.id.in_(some))))
    for row in journal.of_records(connection, Names(connection), journal.changed_again(connection, phones)):
        found.add(row.change.fields.get("resident"))
    return {resident for resident in found if resident}


def _phones(connection: sa.Connection, residents: Iterable[str]) -> dict[str, list[str]]:
    table = TABLES["phone"]
    found: dict[str, list[str]] = {}
    for some in chunks(residents):
        statement = sa.select(table.c.resident, table.c.number).where(table.c.resident.in_(some), sa.not_(table.c.retracted))
        for resident, number in connection.execute(statement):
            if number:
                found.setdefault(resident, []).append(number)
    return found


def _index(connection: sa.Connection, kind: str, records: set[str]) -> None:
    if not records:
        return
    docs: dict[str, int] = {}
    for some in chunks(records):
        statement = sa.select(SEARCH_KEY.c.record, SEARCH_KEY.c.doc).where(SEARCH_KEY.c.record.in_(some))
        docs.update((record, doc) for record, doc in connection.execute(statement))
    states = {record: state for record, (state, _) in rows.read(connection, kind, records).items()}
    new = sorted(record for record, state in states.items() if record not in docs and not state.retracted)
    first = (connection.scalar(sa.select(sa.func.max(SEARCH_KEY.c.doc))) or 0) + 1
    numbered = dict(zip(new, range(first, first + len(new)), strict=True))
    if numbered:
        rows_of_keys = [{"doc": doc, "kind": kind, "record": record} for record, doc in numbered.items()]
        connection.execute(sa.insert(SEARCH_KEY), rows_of_keys)
    _write(connection, kind, states, docs | numbered)


def _write(connection: sa.Connection, kind: str, states: Mapping[str, State], docs: Mapping[str, int]) -> None:
    phones = _phones(connection, states) if kind == "resident" else {}
    shown = [(docs[r], *_document(kind, s.fields, phones.get(r, ()))) for r, s in states.items() if not s.retracted]
    gone = [(docs[record],) for record, state in states.items() if state.retracted and record in docs]
    if gone:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", gone)
    if shown:
        connection.exec_driver_sql(_INSERT, shown)


def _condition(word: str, *, start: bool) -> str | None:
    """One word of the query in the index's language, or None where it holds nothing to look for."""
    phrase = tokens(word[:LONGEST_WORD])
    if not phrase:
        return None
    bare = phrase.replace(" ", "")
    if not all(part.isascii() for part in word) or not _PLAIN.fullmatch(bare):
        return f'name : ^"{phrase}" *' if start else f'{{name place}} : "{phrase}" *'
    if start and bare.isalpha():
        return f'(name : ^"{phrase}" *) OR (initials : "{bare}" *)'
    alike = {bare, match_key(bare).lower()} if len(bare) == 15 else {bare}
    numbers = " OR ".join(f'"{number}" *' for number in sorted(alike))
    if bare.isdigit():
        return f'(digits : ({numbers})) OR (place : "{phrase}" *)'
    return f'({{name initials place}} : "{phrase}" *) OR (digits : ({numbers}))'


def match_of(words: str, *, start: bool) -> str:
    """What FTS5 is asked for these words; empty where they hold nothing to look for. `start`: at the front of a name."""
    listed = [read_name(word) for word in words.split()[:MOST_WORDS]]
    conditions = [condition for word in listed if (condition := _condition(word, start=start))]
    asked = " AND ".join(f"({condition})" for condition in conditions)
    if len(conditions) > 1 and all(word.isascii() and word.isdigit() for word in listed):
        return f"({asked}) OR ({_condition(''.join(listed), start=start)})"  # 139 4790 1234
    return asked


def find(connection: sa.Connection, words: str, *, limit: int = 50) -> list[Hit]:
    """Records that all the words fit; those whose name begins so come first."""
    hits: dict[Hit, None] = {}
    for start in (True, False):
        asked = match_of(words, start=start)
        if not asked or len(hits) >= limit:
            break
        statement = (
            "SELECT k.kind, k.record FROM (SELECT rowid AS doc FROM search WHERE search MATCH ? LIMIT ?) AS s "
            "JOIN search_key AS k ON k.doc = s.doc"
        )
        for kind, record in connection.exec_driver_sql(statement, (asked, limit)):
            hits[kind, id_from_bytes(record)] = None
    return list(hits)[:limit]


def is_behind(connection: sa.Connection) -> bool:
    """Whether something stands in the log that the index has not taken in."""
    newest_pos, newest_seq = journal.newest(connection)
    return (newest_pos, newest_seq) != (meta.get_int(connection, "searched_pos"), meta.get_int(connection, "searched_seq"))
