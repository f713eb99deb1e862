"""The lock holds names and hashes, and no address: whoever installs decides from where."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_lock_holds_no_address() -> None:
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_every_locked_package_has_one_version_and_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + LOCK)[1:]
    assert len(entries) > 50
    loose = [entry.splitlines()[0] for entry in entries if "==" not in entry.splitlines()[0] or "--hash=sha256:" not in entry]
    assert loose == []
