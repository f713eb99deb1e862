"""The one style sheet of a theme, filled from the tokens. Knows no Qt: it answers text."""

from __future__ import annotations

import functools
from pathlib import Path
from string import Template

from shequ_desktop import paths
from shequ_desktop.ui.theme.tokens import Tokens, font_family


@functools.cache
def _template() -> Template:
    return Template((paths.resources() / "window.qss").read_text(encoding="utf-8"))


def style_sheet(tokens: Tokens, drawn: Path) -> str:
    """The sheet; `drawn` is the folder with the few pictures that a sheet must load from files (tick, caret)."""
    sizes = {name.replace(".", "_").replace("-", "_"): f"{pixels}px" for name, pixels in tokens.sizes.items()}
    points = {f"pt_{name}": f"{points:.2f}pt" for name, points in tokens.points.items()}
    return _template().substitute(
        **tokens.colours, **sizes, **points, **_derived(tokens), family=font_family(), drawn=drawn.as_posix()
    )


def _derived(tokens: Tokens) -> dict[str, str]:
    """Contents of boxes whose edge grows in focus: edge and content together never change, so nothing jumps."""
    at_rest, focused = tokens.px("line.control"), tokens.px("line.focus")
    values: dict[str, int] = {}
    for name in ("control", "control_small", "chip"):
        height = tokens.px(f"height.{name}")
        values[f"{name}_rest"], values[f"{name}_focus"] = height - 2 * at_rest, height - 2 * focused
    pad = tokens.px("space.m")
    values |= {"pad_rest": pad - at_rest, "pad_focus": pad - focused}
    values |= {"pad_button_rest": tokens.px("space.l") - at_rest, "pad_button_focus": tokens.px("space.l") - focused}
    values |= {"pad_chip_rest": tokens.px("space.s") - at_rest, "pad_chip_focus": tokens.px("space.s") - focused}
    values["pad_head"] = tokens.px("space.s") + 3  # a table's cells keep 3 px of their own
    check = tokens.px("icon.check")
    values |= {"check_rest": check - 2 * at_rest, "check_focus": check - 2 * focused}
    values |= {"radio_radius": check // 2, "radio_chosen": check - 10, "thumb_radius": 3, "thumb_least": 40}
    return {name: f"{pixels}px" for name, pixels in values.items()}
