"""The window's keys by what they do, and the order of the eye. Knows no page."""

from __future__ import annotations

PAGE_KEYS = {
    "new": "Ctrl+N",
    "edit": "F2",
    "save": "Ctrl+S",
    "finish": "Ctrl+Return",
    "print": "Ctrl+P",
    "back": "Esc",
    "filter": "Ctrl+F",
    "take_over": "Alt+Return",
    "next_tab": "Ctrl+Tab",
    "last_tab": "Ctrl+Shift+Tab",
}
"""What the page in sight does, if it does it."""

WINDOW_KEYS = {
    "search": "Ctrl+K",
    "lock": "Ctrl+L",
    "undo": "Ctrl+Z",
    "sync": "F5",
    "pane": "F6",
    "pane_back": "Shift+F6",
    "sunlight": "F9",
    "help": "F1",
    "larger": "Ctrl++",
    "larger_too": "Ctrl+=",
    "smaller": "Ctrl+-",
    "went_back": "Alt+Left",
    "went_forward": "Alt+Right",
}
"""What the window does wherever somebody is."""

NUMBERED = tuple(f"Ctrl+{number}" for number in range(1, 10))
"""The pages of navigation, from the top."""
