"""Colours and sizes by name, read from `resources/tokens.json`; sizes follow the person's text scale. Knows no Qt."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shequ_desktop import paths

THEMES = ("light", "dark", "sunlight")
_SIZES = ("space_px", "height_px", "width_px", "icon_px")
_LINES = ("line_px", "radius_px")


@functools.cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((paths.resources() / "tokens.json").read_text(encoding="utf-8"))
    return content


def scales() -> tuple[float, ...]:
    """Text sizes a person may choose, the usual one is 1.0."""
    return tuple(_content()["font"]["user_scale"])


def smallest_window() -> tuple[int, int]:
    width, height = _content()["window_class_px"]["smallest"]
    return width, height


def window_class_limits() -> tuple[int, int]:
    """(wide from, medium from), in pixels at scale 1."""
    limits = _content()["window_class_px"]
    return limits["wide_from"], limits["medium_from"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """All values of one theme at one text scale."""

    theme: str
    scale: float
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    points: Mapping[str, float]

    def colour(self, name: str) -> str:
        return self.colours[name]

    def px(self, name: str) -> int:
        """Pixels of `group.name`, e.g. `height.control`, `space.l`, `line.focus`."""
        return self.sizes[name]

    def scaled(self, pixels: int) -> int:
        """A length of the design, at this text scale, on the grid of 4."""
        return on_grid(pixels * self.scale, 4)

    @property
    def is_sunlight(self) -> bool:
        return self.theme == "sunlight"


def on_grid(pixels: float, grid: int) -> int:
    """The nearest multiple of the grid; of two equally near ones the larger."""
    return int(pixels / grid + 0.5) * grid


@functools.cache
def tokens(theme: str, scale: float) -> Tokens:
    """The tokens of a theme at a scale."""
    content = _content()
    sizes: dict[str, int] = {}
    for group in _SIZES:
        grid = 2 if group == "icon_px" else 4
        for name, pixels in content[group].items():
            plain = scale == 1.0 or name in {"progress"}
            sizes[f"{group.removesuffix('_px')}.{name}"] = pixels if plain else on_grid(pixels * scale, grid)
    for group in _LINES:
        sizes |= {f"{group.removesuffix('_px')}.{name}": pixels for name, pixels in content[group].items()}
    sizes["line.control"] = sizes["line.hair"]
    if theme == "sunlight":
        sizes |= {f"line.{name}": pixels for name, pixels in content["line_px_sunlight"].items()}
    for name, pixels in content["font"]["text_box_px"].items():
        sizes[f"text_box.{name}"] = on_grid(pixels * scale, 2)
    font = content["font"]
    body = font["base_pt"] * scale
    points = {"small": body * font["small_ratio"], "body": body, "title": body * font["title_ratio"]}
    return Tokens(theme, scale, content["themes"][theme], sizes, points)


def font_family() -> str:
    family: str = _content()["font"]["family"]
    return family


def weights() -> tuple[int, int]:
    """(regular, strong)"""
    return _content()["font"]["weight_regular"], _content()["font"]["weight_strong"]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_pairs(theme: str) -> Mapping[str, float]:
    """{`foreground/background`: the ratio that the design claims}"""
    pairs: Mapping[str, float] = _content()["contrast"][theme]
    return pairs


def contrast_floor(theme: str, kind: str) -> float:
    """The least ratio of `text` or `control_edge` in a theme."""
    floor: float = _content()["contrast_min"][theme][kind]
    return floor
