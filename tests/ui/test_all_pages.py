"""Every page that exists, in every size, text size and language: named, in the order of the eye, nothing cut or hard-coded."""

from __future__ import annotations

import ast
import re

import pytest

from shequ_desktop.ui.pages import PAGES
from shequ_desktop.ui.theme.icons import icon_folder
from shequ_desktop.ui.window import Window
from tests.tidy.source_files import ROOT, place, strings_of, tree_of
from tests.ui.conftest import Opened, wear
from tests.ui.walks import SIZES, Watchdog, clipped, order_faults, settle, unnamed

UI = sorted((ROOT / "shequ_desktop" / "ui").rglob("*.py"))
SHOWS = {
    "setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "addAction", "addItem", "addItems", "addTab", "setTitle", "setStatusTip", "setTabText", "show_text",
}  # fmt: skip
SHOWN_AS_THEY_ARE = {"", "Ctrl+K", "Ctrl+Z"}
"""Names of keys, which are the same in every language."""
WORDS = re.compile(r"[A-Za-z\u3400-\u9fff]")


def show(window: Window, width: int, height: int, page: str) -> None:
    window.resize(width, height)
    assert window.main is not None
    window.main.go(page)
    assert window.background.wait(10_000)
    settle()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_at_any_size(opened: Opened, language: str, scale: float) -> None:
    window = opened()
    wear(window, language=language, scale=scale)
    wrong: dict[str, list[str]] = {}
    for width, height in SIZES:
        for kind in PAGES:
            show(window, width, height, kind.key)
            if found := clipped(window):
                wrong[f"{kind.key} {width}x{height}"] = found
    assert wrong == {}


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: str(kind.key))
def test_every_control_has_a_name_and_a_role(window: Window, kind: object) -> None:
    show(window, 1366, 768, kind.key)  # type: ignore[attr-defined]
    assert unnamed(window) == []


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: str(kind.key))
def test_tab_goes_as_the_eye_goes(window: Window, kind: object) -> None:
    show(window, 1366, 768, kind.key)  # type: ignore[attr-defined]
    assert window.main is not None
    assert window.main.page is not None
    assert order_faults(window.main.page) == []


def test_opening_pages_never_holds_the_event_loop(window: Window, watchdog: Watchdog) -> None:
    assert window.main is not None
    for kind in (*PAGES, *PAGES):
        window.main.go(kind.key)
        assert window.background.wait(10_000)
        settle()


def test_no_visible_text_is_written_in_code() -> None:
    found = []
    for file in UI:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SHOWS:
                texts = [part for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                found += [
                    (place(file, node), text.value)
                    for text in texts
                    if text.value not in SHOWN_AS_THEY_ARE and WORDS.search(str(text.value))
                ]
    assert found == []


def test_no_page_names_a_colour() -> None:
    colour = re.compile(r"^#[0-9A-Fa-f]{6}$|^rgba?\(")
    found = [(place(file, text), text.value) for file in UI for text in strings_of(tree_of(file))]
    assert [(where, text) for where, text in found if colour.match(str(text))] == []


def test_every_icon_that_code_names_is_shipped_with_its_licence() -> None:
    shipped = {file.stem for file in (icon_folder() / "regular").glob("*.svg")}
    named: set[object] = set()
    for file in UI:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant) and node.value.value:
                named.add(node.value.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Picture" and isinstance(node.args[1], ast.Constant):
                named.add(node.args[1].value)
    assert len(named) > 5
    assert named - shipped == set()
    assert {kind.icon for kind in PAGES if not kind.hidden} <= {file.stem for file in (icon_folder() / "fill").glob("*.svg")}
    assert "MIT" in (icon_folder() / "Phosphor-LICENSE.txt").read_text(encoding="utf-8")
