"""Loads the code of the pages while somebody types the passphrase, so that a page's first opening holds nothing up."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from shequ_desktop import ui

PAGE = "_page"


def warm_up() -> int:
    """Import every page's module, beside the window; how many there are."""
    names = [found.name for found in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.") if found.name.endswith(PAGE)]
    for name in names:
        import_module(name)
    return len(names)
