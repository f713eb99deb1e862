"""Where the files that travel with the program are: in the tree, in a wheel, in a frozen build. Nobody else asks."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    tree = Path(__file__).resolve().parent.parent
    if (tree / "resources" / "codes").is_dir():
        return tree
    return Path(__file__).resolve().parent / "carried"


def resources() -> Path:
    """Folder of fonts, code tables, areas and generated names."""
    return _root() / "resources"


def translations() -> Path:
    """Folder of translation catalogues."""
    return _root() / "i18n"


def guide() -> Path:
    """Folder of the guide's pages, with their pictures beside it in `pictures`."""
    return _root() / "docs" / "guide"
