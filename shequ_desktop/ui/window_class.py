"""How much room there is: wide, medium or narrow, by the window's width at the person's text size. Knows no Qt."""

from __future__ import annotations

import enum

from shequ_desktop.ui.theme.tokens import window_class_limits


class WindowClass(enum.Enum):
    WIDE = "wide"
    MEDIUM = "medium"  # narrower list, fewer columns
    NARROW = "narrow"  # one pane at a time, with a way back to the list


def window_class(width: int, scale: float) -> WindowClass:
    wide_from, medium_from = window_class_limits()
    room = width / scale
    if room >= wide_from:
        return WindowClass.WIDE
    return WindowClass.MEDIUM if room >= medium_from else WindowClass.NARROW
