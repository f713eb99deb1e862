"""No file that is handed out names where packages come from here, or a folder of the machine it was written on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.tidy.source_files import ROOT, tracked_text

ADDRESS = re.compile(r"https?://([^/\s:@]+@)?([A-Za-z0-9.-]+)")
SOURCES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "npm_config_registry")
SET_UP = {"pyproject.toml", "requirements.lock", "dev.py", ".ci/run", "build.spec"}


def registry_hosts() -> set[str]:
    """Hosts that this machine's package clients are set up for."""
    settings = [os.environ.get(name, "") for name in SOURCES]
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    settings.append(listed.stdout)
    apt = Path("/etc/apt")
    settings += [f.read_text(errors="replace") for f in [*apt.glob("sources.list"), *apt.glob("sources.list.d/*")] if f.is_file()]
    return {match[2] for text in settings for match in ADDRESS.finditer(text)}


def test_no_file_names_a_registry_of_this_machine() -> None:
    hosts = registry_hosts()
    assert [(name, host) for name, text in tracked_text() for host in hosts if host in text] == []


def test_no_file_names_the_folder_it_was_written_in() -> None:
    assert [name for name, text in tracked_text() if f"{ROOT}/" in text] == []


def test_no_set_up_file_says_where_packages_come_from() -> None:
    files = [(name, text) for name, text in tracked_text() if name in SET_UP]
    assert len(files) >= 4
    assert [name for name, text in files if re.search(r"--(extra-)?index-url[ =]|find-links|https?://", text)] == []


def test_nothing_that_was_downloaded_or_built_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    assert [name for name in listed if re.search(r"\.(whl|tar\.gz|pyc|so|dll|exe|egg-info)$|^(dist|build|\.venv)/", name)] == []
