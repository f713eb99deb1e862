"""Small enough to be read: files, functions, and test files that can be found by their name."""

from __future__ import annotations

import ast
from collections import Counter

from tests.tidy.source_files import PROGRAM, name_of, place, python_files, tree_of

LINES_OF_A_FILE, LINES_OF_A_TEST_FILE, LINES_OF_A_FUNCTION = 400, 500, 70


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    limits = [(file, LINES_OF_A_FILE) for file in python_files(*PROGRAM, "benchmarks")]
    limits += [(file, LINES_OF_A_TEST_FILE) for file in python_files("tests")]
    lengths = [(name_of(file), len(file.read_text(encoding="utf-8").splitlines()), most) for file, most in limits]
    assert [(name, length) for name, length, most in lengths if length > most] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for file in python_files(*PROGRAM, "benchmarks", "tests"):
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LINES_OF_A_FUNCTION:
                    long.append((place(file, node), node.name, lines))
    assert long == []


def test_every_module_says_what_it_owns() -> None:
    silent = [name_of(file) for file in python_files(*PROGRAM) if not ast.get_docstring(tree_of(file)) and tree_of(file).body]
    assert silent == []


def test_no_two_test_files_have_one_name_and_none_is_a_package() -> None:
    names = Counter(file.name for file in python_files("tests") if file.name.startswith("test_"))
    assert [name for name, count in names.items() if count > 1] == []
    assert [name_of(file) for file in python_files("tests") if file.name == "__init__.py"] == []
