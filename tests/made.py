"""Archives and people for tests: cheap keys, a clock that stands still, people who do not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shequ_desktop.domain.identity import check_digit
from shequ_desktop.services import records
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import Archive, Refused
from shequ_desktop.storage.keyring import Cost

COST = Cost(memory_kib=1024, rounds=1, lanes=1)
USER, PASSPHRASE = "陈静", "草原上有三匹白马"
TODAY = date(2026, 11, 25)
NOW_MS = 1_795_572_000_000  # 2026-11-25 02:00 UTC


@dataclass
class Clock:
    """Answers what it was set to, a second later each time."""

    now_ms: int = NOW_MS

    def __call__(self) -> int:
        self.now_ms += 1000
        return self.now_ms


def make_archive(folder: Path, *, user: str = USER, clock: archives.Clock | None = None) -> Archive:
    return archives.make(folder, user=user, passphrase=PASSPHRASE, clock=clock or Clock(), cost=COST)[0]


def reopen(folder: Path, *, user: str = USER, passphrase: str = PASSPHRASE, clock: archives.Clock | None = None) -> Archive:
    """The archive in this folder, which must open."""
    opened = try_to_open(folder, user=user, passphrase=passphrase, clock=clock)
    assert isinstance(opened, Archive), opened
    return opened


def try_to_open(
    folder: Path, *, user: str = USER, passphrase: str = PASSPHRASE, clock: archives.Clock | None = None
) -> Archive | Refused:
    ring = keyring.load(folder)
    key = ring.open(user, passphrase)
    assert key is not None
    return archives.open_with(folder, ring, user, key, clock or Clock())


def save(archive: Archive, kind: str, **fields: Any) -> str:
    """A new record, written as the unit of work does."""
    with archive.write() as work:
        return work.create(kind, fields)


def edit(archive: Archive, kind: str, record: str, *, seen: int | None = None, **fields: Any) -> bool:
    with archive.write() as work:
        return work.edit(kind, record, fields, seen=seen)


def typed(archive: Archive, kind: str, **fields: str) -> str:
    """A new record as a person types it; it must be taken."""
    made = records.add(archive, kind=kind, typed=fields, today=TODAY)
    assert isinstance(made, str), made
    return made


def fields_of(archive: Archive, kind: str, record: str) -> Mapping[str, Any]:
    with archive.read() as reader:
        found = reader.record(kind, record)
    assert found is not None
    return found.fields


def id_number(number: int, *, born: date = date(1950, 3, 1), sex: str = "2", area: str = "152501") -> str:
    """A valid identity number of nobody: its order says the sex, and grows with `number`."""
    first = f"{area}{born:%Y%m%d}{(2 * number + (sex == '1')) % 1000:03d}"
    return first + check_digit(first)


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder by the digest of its bytes: two of these are equal where not one byte differs."""
    return {name: hashlib.sha256(data).hexdigest()[:16] for name, data in raw_contents(folder).items()}


def raw_contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte by byte."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
