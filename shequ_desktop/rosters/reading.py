"""Reads a file that somebody calls a list: its content decides how, not its name."""

from __future__ import annotations

from pathlib import Path

from shequ_desktop.rosters.file_kinds import sort_of
from shequ_desktop.rosters.html_table import read_html
from shequ_desktop.rosters.sheets import MAX_FILE_BYTES, FileProblem, RosterFile
from shequ_desktop.rosters.text_table import read_text
from shequ_desktop.rosters.workbook import read_workbook


def read_roster_file(path: Path) -> RosterFile | FileProblem:
    """Every visible sheet of the file, or why it cannot be read. Nothing is written anywhere."""
    try:
        if path.is_dir():
            return FileProblem("roster_is_folder")
        if path.stat().st_size > MAX_FILE_BYTES:
            return FileProblem("roster_too_large")
        content = path.read_bytes()
    except FileNotFoundError:
        return FileProblem("roster_missing")
    except OSError:
        return FileProblem("roster_unreadable")
    sort = sort_of(content)
    if isinstance(sort, FileProblem):
        return sort
    if sort in ("xlsx", "xls", "ods"):
        return read_workbook(content, sort)
    return read_html(content, path.stem) if sort == "html" else read_text(content, path.stem)
