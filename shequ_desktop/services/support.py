"""What somebody who helps from afar must know (求助用的情况): versions, counts, states. Never a person, an address or a value."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime

from shequ_desktop.domain.changes import SCHEMA
from shequ_desktop.services import practice, sync_history, synchronise
from shequ_desktop.storage import backup_contents, upgrading
from shequ_desktop.storage.archive import DATABASE, Archive

LOG_LINES = 30


def details(archive: Archive, *, window: Mapping[str, str]) -> str:
    """Lines of `name: value` to be copied. `window`: what the window knows of itself."""
    with archive.read() as reader:
        revisions = " ".join(sorted(upgrading.stamped(reader.connection)))
    contents, status = backup_contents.of_archive(archive), synchronise.status(archive)
    told = {
        **window,
        "python": platform.python_version(),
        "system": platform.platform(),
        "schema": str(SCHEMA),
        "revisions": revisions,
        "records": " ".join(f"{kind}={count}" for kind, count in contents.counts.items()),
        "practice": str(practice.is_practice(archive)).lower(),
        "enrolled": str(status.enrolled).lower(),
        "device": status.device,
        "waiting": str(status.waiting),
        "set_aside": " ".join(sorted(one.key for one in status.set_aside)) or "0",
        "conflicts": str(status.conflicts),
        "last_contact": _moment(status.last_contact_ms),
        "newest": str(status.newest),
        "on_hold": str(status.on_hold).lower(),
        "file_mb": f"{(archive.folder / DATABASE).stat().st_size / 1e6:.1f}",
        "free_mb": f"{shutil.disk_usage(archive.folder).free / 1e6:.0f}",
    }
    lines = [f"{name}: {value}" for name, value in told.items()]
    lines += [f"exchange: {_exchange(one)}" for one in sync_history.exchanges(archive)[:10]]
    return "\n".join([*lines, *_log(archive)])


def _exchange(one: sync_history.Exchanged) -> str:
    return (
        f"{_moment(one.at_ms)} sent={one.sent} received={one.received} set_aside={one.set_aside} bytes={one.carried} "
        f"times={one.times} {one.problem or 'done'}"
    )


def _log(archive: Archive) -> list[str]:
    """The last lines of the log, which says where something went wrong and never a value of a record."""
    lines: list[str] = []
    for file in sorted(archive.folder.glob("*.log")):
        lines += file.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    return [f"log: {line}" for line in lines]


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="minutes") if at_ms else "never"
