"""What the program is made of and under which licences: libraries, fonts, icons, with their texts. Knows no Qt.

Libraries are found by what the installed program says it needs, so that the list cannot grow old.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shequ_desktop import paths

PROGRAM, EXTRA = "shequ-desktop", "desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_LONGEST = 200_000
SAID = {"pyrage": "MIT", "sqlcipher3": "Zlib", "segno": "BSD"}
"""Of libraries whose metadata names no licence; read in their own texts."""
CARRIED = (
    ("Noto Sans SC", "OFL-1.1", "fonts/NotoSansSC-LICENSE.txt"),
    ("Noto Sans Mongolian", "OFL-1.1", "fonts/ShequMongolian-LICENSE.txt"),
    ("Shequ Rare Han", "OFL-1.1", "fonts/ShequRareHan-LICENSE.txt"),
    ("Phosphor Icons", "MIT", "icons/Phosphor-LICENSE.txt"),
    ("SQLCipher", "BSD-3-Clause", "licences/SQLCipher.txt"),
    ("Qt", "LGPL-3.0-only", "licences/LGPL-3.0.txt"),
    ("GPL-3.0", "GPL-3.0-only", "licences/GPL-3.0.txt"),
)
"""What travels with the program and is no Python library: (name, licence, file below `resources`)."""
LGPL = ("pyside6-essentials", "shiboken6")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the program is made of. `texts`: files with its licence."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def parts() -> list[Part]:
    """All of them: what is carried first, then libraries by name."""
    carried = [Part(name, "", licence, (paths.resources() / file,)) for name, licence, file in CARRIED]
    return [*carried, *(_library(name, found) for name, found in sorted(_libraries().items()))]


def text_of(part: Part) -> str:
    """The licence's text, one file below the other."""
    read = [file.read_text(encoding="utf-8", errors="replace")[:_LONGEST] for file in part.texts if file.is_file()]
    return "\n\n".join(text.strip() for text in read)


def qt_version() -> str:
    """Version of the binding; empty where the program runs without the list of what is installed."""
    return next((part.version for part in parts() if part.name == LGPL[0]), "")


def _libraries() -> dict[str, importlib.metadata.Distribution]:
    """The installed libraries that the window needs, and those that they need."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        try:
            library = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:  # for another system
            continue
        if key not in found:
            found[key] = library
            waiting += _needs(library.requires or (), is_program=key == PROGRAM)
    found.pop(PROGRAM, None)
    return found


def _needs(requirements: Iterable[str], *, is_program: bool) -> list[str]:
    """Names of what is always needed; of the program itself also what its window needs."""
    needed = []
    for line in requirements:
        name, mark = _NAME.match(line), line.partition(";")[2]
        if name and ("extra" not in mark or (is_program and EXTRA in mark)):
            needed.append(name[0])
    return needed


def _library(name: str, library: importlib.metadata.Distribution) -> Part:
    files = [
        Path(str(file.locate()))
        for file in library.files or ()
        if _LICENCE_FILE.search(str(file)) and file.suffix in ("", ".txt", ".md", ".rst", ".BSD", ".APACHE")
    ]
    if name in LGPL:
        files = [paths.resources() / "licences" / "LGPL-3.0.txt"]
    return Part(name, library.version, _licence(name, library), tuple(sorted(files)))


def _licence(name: str, library: importlib.metadata.Distribution) -> str:
    metadata = library.metadata
    classified = [line.split("::")[-1].strip() for line in metadata.get_all("Classifier") or () if "License" in line]
    expressions, told = metadata.get_all("License-Expression") or (), metadata.get_all("License") or ()
    said = (*expressions, SAID.get(name, ""), *told, *classified)
    return next((line[:60] for text in said if (line := text.strip().partition("\n")[0])), "—")
