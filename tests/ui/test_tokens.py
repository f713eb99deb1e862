"""Colours that can be read and sizes that follow the text, computed from the tokens themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shequ_desktop import paths
from shequ_desktop.ui.theme.style_sheet import style_sheet
from shequ_desktop.ui.theme.tokens import THEMES, contrast, contrast_floor, contrast_pairs, scales, tokens

EDGES = {"line_strong/surface", "line_strong/window"}


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    colours = tokens(theme, 1.0).colours
    for pair in contrast_pairs(theme):
        front, back = pair.split("/")
        floor = contrast_floor(theme, "control_edge" if pair in EDGES else "text")
        assert contrast(colours[front], colours[back]) >= floor, pair


@pytest.mark.parametrize("theme", THEMES)
def test_the_contrast_that_the_design_claims_is_what_the_colours_have(theme: str) -> None:
    colours = tokens(theme, 1.0).colours
    for pair, claimed in contrast_pairs(theme).items():
        front, back = pair.split("/")
        assert contrast(colours[front], colours[back]) == pytest.approx(claimed, abs=0.01), pair


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == 1.0


@pytest.mark.parametrize("scale", scales())
def test_heights_stand_on_the_grid_and_lines_stay_thin_at_every_text_size(scale: float) -> None:
    now = tokens("light", scale)
    for name, pixels in now.sizes.items():
        if name.startswith(("height.", "width.", "space.")) and scale != 1.0 and name != "height.progress":
            assert pixels % 4 == 0, name
    assert now.px("line.hair") == 1
    assert now.px("radius.control") == 4


def test_half_as_large_letters_make_rows_half_as_high_again() -> None:
    assert tokens("light", 1.5).px("height.list_row") == 84
    assert tokens("light", 1.5).points["body"] == pytest.approx(16.875)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", scales())
def test_a_sheet_holds_no_name_that_was_not_filled_in(theme: str, scale: float) -> None:
    sheet = style_sheet(tokens(theme, scale), Path("/drawn"))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_sheet_takes_every_colour_from_the_tokens() -> None:
    template = (paths.resources() / "window.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", template) == []
    assert re.search(r"^QWidget\s*\{", template, re.MULTILINE) is None


@pytest.mark.parametrize("theme", THEMES)
def test_a_control_is_as_high_in_focus_and_in_error_as_at_rest(theme: str) -> None:
    now = tokens(theme, 1.0)
    sheet = style_sheet(now, Path("/drawn"))
    heights = {
        int(edge) * 2 + int(content)
        for edge, content in re.findall(
            r'QFrame\[role="control"\](?:\[state="(?:focus|error)"\])? \{[^}]*?border: (\d+)px[^}]*?min-height: (\d+)px', sheet
        )
    }
    assert heights == {now.px("height.control")}
