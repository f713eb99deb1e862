"""Loads the code of the pages while somebody types the passphrase, so that a page's first opening holds nothing up."""

from __future__ import annotations

from importlib import import_module

from shequ_desktop import ui

FIRST = (
    "shequ_desktop.services.unlocking",
    "shequ_desktop.services.outbox",
    "shequ_desktop.ui.main_window",
    "shequ_desktop.ui.pages",
)
"""What opening the archive itself takes, before any page."""
PAGE = "_page"


def warm_up() -> int:
    """Import every page's module, beside the window; how many there are."""
    import pkgutil  # with what it loads, not before the window is seen

    names = [found.name for found in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.") if found.name.endswith(PAGE)]
    for name in (*FIRST, *names):
        import_module(name)
    return len(names)
