"""Checks an archive against itself, and mends what can be mended from the log (体检)."""

from __future__ import annotations

from dataclasses import dataclass

from shequ_desktop.domain.records import KINDS
from shequ_desktop.storage import checking, replaying, search_index
from shequ_desktop.storage.archive import Archive


@dataclass(frozen=True, slots=True)
class Check:
    """`state`: right, wrong or mended. `detail` holds counts, no values."""

    name: str
    state: str
    detail: str = ""


def examine(archive: Archive, *, repair: bool = False) -> list[Check]:
    """The file, the tables against the log, the sums, the search index, the numbers of this device."""
    with archive.read() as reader:
        connection = reader.connection
        if pages := checking.damaged_pages(connection):  # what such a page holds cannot be read: a backup leads back
            return [Check("file", "wrong", str(len(pages)))]
        differing = {kind: len(replaying.differing(connection, kind)) for kind in KINDS}
        sums = (reader.meta("decided_count", "0"), reader.meta("decided_sum", "0")) == tuple(map(str, replaying.sums(connection)))
        index = checking.search_differs(connection)
        numbers = checking.numbers_are_right(connection)
    wrong_tables = {kind: count for kind, count in differing.items() if count}
    found = [
        Check("file", "right"),
        Check("tables", "wrong" if wrong_tables else "right", " ".join(f"{k}:{n}" for k, n in wrong_tables.items())),
        Check("sums", "right" if sums else "wrong"),
        Check("search", "wrong" if index else "right", str(index) if index else ""),
        Check("numbers", "right" if numbers else "wrong"),
    ]
    return _mended(archive, found) if repair and any(check.state == "wrong" for check in found) else found


def _mended(archive: Archive, found: list[Check]) -> list[Check]:
    """Work out again from the log whatever is worked out from it. A damaged page is not mended: a backup leads back."""
    wrong = {check.name for check in found if check.state == "wrong"}
    with archive.engine.begin() as connection:
        if wrong & {"tables", "sums"}:
            replaying.rebuild(connection)
        if wrong & {"tables", "search"}:
            search_index.rebuild(connection)
        if "numbers" in wrong:
            checking.mend_numbers(connection)
    mendable = {"tables", "sums", "search", "numbers"}
    return [Check(c.name, "mended", c.detail) if c.name in wrong & mendable else c for c in found]
