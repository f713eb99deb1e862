"""How the window looked last on this computer (外观设置): read before anybody has opened the archive, so nothing personal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.storage.files import write_whole

FILE = "window.json"
Value = str | int | float | bool
KNOWN: Mapping[str, Value] = {
    "theme": "light",
    "scale": 1.0,
    "language": "",
    "lock_after_minutes": 10,
    "width": 1366,
    "height": 768,
    "maximised": False,
    "sync_by_itself": True,
    "sync_minutes": 30,
    "sync_saves_traffic": False,
}
"""What may stand in the file, with what holds where it does not."""


def load(folder: Path) -> dict[str, Value]:
    """All of them; a missing or damaged file or value is as if never chosen."""
    try:
        written = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        written = {}
    chosen = dict(KNOWN)
    for name, usual in KNOWN.items():
        value = written.get(name) if isinstance(written, dict) else None
        if type(value) is type(usual) or (isinstance(usual, float) and type(value) is int):
            chosen[name] = value
    return chosen


def keep(folder: Path, **changed: Value) -> Problem | None:
    """Write these beside the others. A name that is not known raises."""
    unknown = changed.keys() - KNOWN.keys()
    if unknown:
        raise KeyError(*unknown)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / FILE, json.dumps({**load(folder), **changed}, indent=1).encode())
    except OSError as error:
        return Problem("folder_not_writable", values=(("folder", folder.name), ("why", error.strerror or str(error))))
    return None
