"""What tests of imports share: an archive of one's own, lists written for the occasion, exports to compare."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from shequ_desktop.services import rosters
from shequ_desktop.services.exporting import lines
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.keyring import Cost

DATA = Path(__file__).resolve().parents[1] / "data"
ROSTER = DATA / "roster" / "花名册-合并表头.xlsx"
ROSTER_XLS = DATA / "roster" / "居民信息表.xls"
LEFT_BEHIND = DATA / "roster" / "留守人员登记.csv"
TODAY = date(2026, 11, 25)
NOON_MS = 1_795_579_200_000  # 2026-11-25, in China
DAY_MS = 86_400_000

HEADING = ("户号", "姓名", "性别", "身份证号", "与户主关系", "出生日期", "电话", "现住址", "文化程度", "备注")


class Clock:
    """Milliseconds, moved by the test."""

    def __init__(self) -> None:
        self.now_ms = NOON_MS

    def __call__(self) -> int:
        return self.now_ms


@contextmanager
def new_archive(folder: Path, clock: Clock | None = None) -> Iterator[Archive]:
    made, _ = archives.make(folder / "archive", user="萨仁", passphrase="p", clock=clock or Clock(), cost=Cost(64, 1, 1))
    try:
        yield made
    finally:
        made.close()


def taken_in(archive: Archive, path: Path, **wishes: Any) -> rosters.ImportResult:
    """Import a file that must be taken; its equation must come out."""
    result = rosters.import_roster(archive, path, author="萨仁", **{"today": TODAY, **wishes})
    assert isinstance(result, rosters.ImportResult), result
    assert result.rows == result.added + result.matched + result.asked + result.refused
    return result


def counts(result: rosters.ImportResult) -> tuple[int, int, int, int, int]:
    return result.rows, result.added, result.matched, result.asked, result.refused


def reasons(result: rosters.ImportResult) -> dict[str, int]:
    """Reason -> how many rows are named for it; places are not counted."""
    return dict(Counter(named.reason for named in result.rows_named if named.state != "area"))


def export(archive: Archive) -> list[str]:
    with archive.read() as reader:
        return list(lines(reader))


def of_kind(archive: Archive, kind: str) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in export(archive)]
    return [record for record in records if record["kind"] == kind]


def one(archive: Archive, kind: str, **equal: Any) -> dict[str, Any]:
    """The only record of a kind whose fields have these values."""
    found = [r for r in of_kind(archive, kind) if all(r["fields"].get(name) == value for name, value in equal.items())]
    assert len(found) == 1, found
    return found[0]


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """({kind: records made}, {kind: records changed}) between two exports."""
    old, new = ({json.loads(line)["id"]: line for line in each} for each in (before, after))
    created = Counter(json.loads(line)["kind"] for record, line in new.items() if record not in old)
    changed = Counter(json.loads(line)["kind"] for record, line in new.items() if record in old and old[record] != line)
    return dict(created), dict(changed)


def written(path: Path, rows: Sequence[Sequence[Any]], heading: Sequence[str] = HEADING, title: str = "") -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if title:
        sheet.append([title])
    for row in (heading, *rows):
        sheet.append(list(row))
    book.save(path)
    return path
