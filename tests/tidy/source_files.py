"""What the guards read: the project's own Python files, parsed once. Must not know what a guard looks for."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("shequ_desktop", "shequ_league")


@functools.cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files of these folders of the project, in a fixed order."""
    return tuple(sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")))


@functools.cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def name_of(file: Path) -> str:
    """The path as people say it: from the project's folder, with strokes."""
    return file.relative_to(ROOT).as_posix()


def place(file: Path, node: ast.expr | ast.stmt) -> str:
    return f"{name_of(file)}:{node.lineno}"


def strings_of(tree: ast.Module) -> Iterator[ast.Constant]:
    """String literals of a module, without docstrings: a string that stands alone as a statement is a note, not a value."""
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node


@functools.cache
def tracked_text() -> tuple[tuple[str, str], ...]:
    """Every tracked file that is text, by name; without git, what stands in the folders of the program."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode("utf-8").split("\0") if listed.returncode == 0 else [name_of(f) for f in python_files(*PROGRAM)]
    found = []
    for name in filter(None, names):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in content[:8192]:
            found.append((name, content.decode("utf-8", errors="replace")))
    return tuple(found)
