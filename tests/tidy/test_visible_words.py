"""Every sentence a person sees is a key with both languages; no room but domain's declarations holds Chinese."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from tests.tidy.source_files import PROGRAM, ROOT, name_of, place, python_files, strings_of, tree_of

MESSAGES = ROOT / "i18n" / "messages"
LANGUAGES = ("zh_CN", "en")
CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
DECLARES = re.compile(r"shequ_desktop/domain/")
RULES = ROOT / "shequ_desktop" / "domain" / "rules.py"


def rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for file in sorted(MESSAGES.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += [(file.name, row) for row in csv.DictReader(lines)]
    return found


def keyed_classes() -> set[str]:
    """Classes below the window whose first field is `key: str`: what a room answers when something is to be said."""
    names = set()
    for file in python_files(*PROGRAM):
        if name_of(file).startswith("shequ_desktop/ui/"):
            continue  # a page has a key too, and it is no sentence
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.ClassDef):
                fields = [ast.unparse(line).split(" =")[0] for line in node.body if isinstance(line, ast.AnnAssign)]
                if fields[:1] == ["key: str"]:
                    names.add(node.name)
    return names


def said_by(file: Path, classes: set[str]) -> Iterator[tuple[str, str]]:
    """(key, where) of every key written out in this file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            spoken = node.args[:1] if called in classes | {"say"} else []
            spoken += [keyword.value for keyword in node.keywords if keyword.arg == "key" and called in classes]
            yield from ((text, place(file, node)) for part in spoken for text in literals(part))
        elif isinstance(node, ast.Return) and file == RULES and node.value is not None:
            yield from ((text, place(file, node)) for text in literals(node.value))


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be: itself, or either branch of an `if`."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.Lambda):
        yield from literals(node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def test_every_key_that_a_room_says_has_a_sentence() -> None:
    known = {row["key"] for _, row in rows()}
    classes = keyed_classes()
    said = [each for file in python_files(*PROGRAM) for each in said_by(file, classes)]
    assert len(said) > 10
    assert sorted({(key, where) for key, where in said if key not in known}) == []


def test_every_sentence_stands_in_both_languages() -> None:
    for language in LANGUAGES:
        assert [(file, row["key"]) for file, row in rows() if not (row.get(language) or "").strip()] == []


def test_no_key_stands_twice() -> None:
    assert [key for key, count in Counter(row["key"] for _, row in rows()).items() if count > 1] == []


def test_both_languages_name_the_same_values() -> None:
    def names(sentence: str) -> set[str]:
        """Of a sentence; `month_name` is `month` in words, as English dates have it."""
        return {name.removesuffix("_name") for _, name, _, _ in Formatter().parse(sentence) if name}

    assert [row["key"] for _, row in rows() if names(row["zh_CN"]) != names(row["en"])] == []


def test_no_sentence_shouts() -> None:
    assert [row["key"] for _, row in rows() if re.search("[!！]", row["zh_CN"] + row["en"])] == []


def test_only_declarations_hold_chinese() -> None:
    rooms = [file for file in python_files(*PROGRAM) if not DECLARES.match(name_of(file))]
    texts = [(place(file, text), str(text.value)) for file in rooms for text in strings_of(tree_of(file))]
    assert [(where, text) for where, text in texts if CHINESE.search(text)] == []
