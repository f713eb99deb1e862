"""What only one room may do: read the clock, write SQL by hand. And what nobody leaves behind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.tidy.source_files import PROGRAM, ROOT, name_of, place, python_files, tracked_text, tree_of

CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"),
}  # fmt: skip
MAY_READ_CLOCK = re.compile(r"shequ_desktop/(app|cli)/|shequ_desktop/(app|cli|__main__)\.py|shequ_league/(cli|app)(/|\.py)")
MAY_WRITE_SQL = re.compile(r"shequ_desktop/storage/|shequ_league/migrations/")
RAW_SQL = {"exec_driver_sql", "bulk_insert_mappings", "bulk_update_mappings", "bulk_save_objects", "executescript"}
LEFT_BEHIND = re.compile(
    r"#.*\b(?:TO_DO|FIX_ME|X_XX)\b|raise NotImplemented_Error|mark\.sk_ip|mark\.x_fail|pytest\.sk_ip\(".replace("_", "")
)
"""Written with strokes in them, so that this file does not hold what it looks for."""


def dotted(node: ast.AST) -> tuple[str, str] | None:
    """(owner, name) of `owner.name` and of `module.owner.name`."""
    if not isinstance(node, ast.Attribute):
        return None
    owner = node.value
    if isinstance(owner, ast.Name):
        return owner.id, node.attr
    return (owner.attr, node.attr) if isinstance(owner, ast.Attribute) else None


def imported(tree: ast.Module, modules: Iterable[str]) -> set[tuple[str, str]]:
    """(module, name) of every `from module import name` of these modules."""
    return {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in modules
        for alias in node.names
    }


def clock_reads(file: Path) -> list[str]:
    tree = tree_of(file)
    found = [place(file, node) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and dotted(node) in CLOCKS]
    names = sorted(imported(tree, ("time",)) & CLOCKS)
    return found + [f"{name_of(file)}: from {module} import {name}" for module, name in names]


def sql_by_hand(file: Path) -> list[str]:
    found = []
    texts = {name for _, name in imported(tree_of(file), ("sqlalchemy",))} & {"text"}
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Attribute) and (node.attr in RAW_SQL or dotted(node) in {("sa", "text"), ("sqlalchemy", "text")}):
            found.append(place(file, node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in texts:
            found.append(place(file, node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"execute", "executemany"}:
            found += [place(file, node) for first in node.args[:1] if isinstance(first, ast.Constant | ast.JoinedStr)]
    return found


def test_only_the_outermost_layer_reads_the_clock() -> None:
    rooms = [file for file in python_files(*PROGRAM) if not MAY_READ_CLOCK.match(name_of(file))]
    assert [read for file in rooms for read in clock_reads(file)] == []


def test_only_storage_writes_sql_by_hand_or_in_bulk() -> None:
    rooms = [file for file in python_files(*PROGRAM) if not MAY_WRITE_SQL.match(name_of(file))]
    assert [found for file in rooms for found in sql_by_hand(file)] == []


def test_nothing_unfinished_or_skipped_stays_behind() -> None:
    mine = name_of(Path(__file__))
    files = [(name, text) for name, text in tracked_text() if name.endswith(".py") and name != mine]
    assert [(name, found[0]) for name, text in files for found in LEFT_BEHIND.finditer(text)] == []


@pytest.mark.parametrize("line", ["d.datetime.now()", "clock = date.today", "from time import time", "time.time()"])
def test_a_clock_is_found_however_it_is_reached(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock_reads(written(line, tmp_path, monkeypatch))


@pytest.mark.parametrize(
    "line", ["from sqlalchemy import text; text('x')", "c.exec_driver_sql('x')", "cursor.execute('DELETE')", "sa.text('x')"]
)
def test_sql_is_found_however_it_is_written(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sql_by_hand(written(line, tmp_path, monkeypatch))


def written(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tests.tidy.source_files.ROOT", folder)
    file = folder / "sample.py"
    file.write_text(line, encoding="utf-8")
    return file


def test_the_guards_read_the_program_itself() -> None:
    assert (ROOT / "shequ_desktop" / "paths.py") in python_files(*PROGRAM)
