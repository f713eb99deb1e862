"""Search over everybody (查找): asks the index that `search_index` keeps for what a person types."""

from __future__ import annotations

import re

import sqlalchemy as sa

from shequ_desktop.domain.identity import match_key
from shequ_desktop.domain.names import read_name
from shequ_desktop.storage.search_index import tokens
from shequ_desktop.storage.tables import id_from_bytes

_PLAIN = re.compile(r"[0-9a-z]+")
MOST_WORDS, LONGEST_WORD = 8, 40
"""What is typed beyond this is not looked at: FTS5 refuses expressions that are too large."""

Hit = tuple[str, str]
"""(kind, record)"""


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
