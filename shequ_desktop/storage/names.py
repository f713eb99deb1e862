"""Numbers for the words that the log repeats: devices, authors, kinds, shapes, origins."""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage.tables import NAME

_NOBODY = 0


class Names:
    """The words of one database, read once for a transaction; a new word is written when it is first asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        rows: list[tuple[int, str, str]] = [
            tuple(row) for row in connection.execute(sa.select(NAME.c.id, NAME.c.sort, NAME.c.text))
        ]
        self._numbers = {(sort, text): number for number, sort, text in rows}
        self._texts = {number: text for number, _, text in rows}

    def number(self, sort: str, text: str) -> int:
        """The word's number. A transaction that only reads must not write: there a new word is nobody's number."""
        found = self._numbers.get((sort, text))
        if found is None and self._connection.get_execution_options().get("reading"):
            return _NOBODY
        if found is None:
            found = max(self._texts, default=0) + 1
            self._connection.execute(sa.insert(NAME).values(id=found, sort=sort, text=text))
            self._numbers[sort, text] = found
            self._texts[found] = text
        return found

    def knows(self, sort: str, text: str) -> bool:
        """Whether the word has a number: a reading transaction gives it none."""
        return (sort, text) in self._numbers

    def text(self, number: int) -> str:
        return self._texts[number]
