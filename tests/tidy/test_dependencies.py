"""What is imported is declared, where it is needed: the command line without the window's libraries, the league without Qt."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.tidy.source_files import PROGRAM, ROOT, name_of, python_files, tree_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PARTS_OF_OTHERS = {"starlette": {"anyio"}, "psycopg": {"psycopg-binary"}, "pyside6-essentials": {"shiboken6"}}
"""Libraries whose own parts a user of theirs has to import."""


def plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]).lower()


def declared(*extras: str) -> set[str]:
    requirements = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    names = {plain(requirement) for requirement in requirements}
    return names | {part for name in names for part in PARTS_OF_OTHERS.get(name, ())}


def imported_from_outside(file: Path) -> set[str]:
    """Top-level packages that a file imports and that are neither Python's nor the project's nor a neighbour's."""
    tops: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            tops |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            tops.add(node.module.split(".")[0])
    own = {*PROGRAM, "tests", "benchmarks", "dev"} | {neighbour.stem for neighbour in file.parent.glob("*.py")}
    return tops - set(sys.stdlib_module_names) - own


def undeclared(files: list[Path], *extras: str) -> list[tuple[str, str]]:
    owners = importlib.metadata.packages_distributions()
    allowed = declared(*extras)
    return [
        (name_of(file), top)
        for file in files
        for top in sorted(imported_from_outside(file))
        if not {plain(owner) for owner in owners.get(top, [])} & allowed
    ]


def in_window(file: Path) -> bool:
    return name_of(file).startswith("shequ_desktop/ui/")


def test_everything_but_window_and_league_needs_the_core_libraries_only() -> None:
    assert undeclared([file for file in python_files("shequ_desktop") if not in_window(file)]) == []


def test_the_window_needs_nothing_beyond_the_extra_of_its_name() -> None:
    assert undeclared([file for file in python_files("shequ_desktop") if in_window(file)], "desktop") == []


def test_the_league_needs_nothing_beyond_the_extra_of_its_name() -> None:
    assert undeclared(list(python_files("shequ_league")), "league") == []


def test_tests_and_benchmarks_need_only_what_is_locked() -> None:
    assert undeclared(list(python_files("tests", "benchmarks")), "desktop", "league", "test") == []


def test_a_library_that_nobody_declared_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.tidy.source_files.ROOT", tmp_path)
    file = tmp_path / "sample.py"
    file.write_text("import json, click\nimport numpy\n", encoding="utf-8")
    assert [top for _, top in undeclared([file])] == ["numpy"]


def test_every_direct_dependency_stands_in_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {plain(line) for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))}
    assert declared(*PROJECT["optional-dependencies"]) - {"anyio", "psycopg-binary"} - locked == set()
