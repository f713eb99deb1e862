"""Rows of a long list, made when they come into sight: ids are there at once, what a row says is read window by window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import overload

from shequ_desktop.ui.widgets.rows import Row

MOST_KEPT = 5_000


class RowWindow(Sequence[Row]):
    """`want(place)` is called for a row that is not known, or known from before a change only."""

    def __init__(
        self,
        ids: Sequence[str],
        fresh: Mapping[str, Row],
        want: Callable[[int], None],
        *,
        stale: Mapping[str, Row] | None = None,
    ) -> None:
        self.ids = ids
        self._fresh, self._stale, self._want = dict(fresh), dict(stale or {}), want

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        row = self.ids[place]
        if row in self._fresh:
            return self._fresh[row]
        self._want(place)
        return self._stale.get(row) or Row(row, "")

    def place_of(self, row_id: str) -> int:
        """Place of the row that leads to this record; -1 where none does."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return -1

    def learn(self, rows: Mapping[str, Row]) -> None:
        """These rows are known now."""
        if len(self._fresh) + len(rows) > MOST_KEPT:
            self._stale, self._fresh = self._fresh, {}
        self._fresh |= rows

    def known(self) -> dict[str, Row]:
        return {**self._stale, **self._fresh}
