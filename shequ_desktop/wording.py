"""What the program says, by key, in the user's language. Owns the catalogues in `i18n/messages/*.csv` (key, zh_CN, en).

Every room names what happened by a key and plain arguments; only who speaks to a person turns it into a sentence.
"""

from __future__ import annotations

import csv
import functools
import os
from collections.abc import Mapping

from shequ_desktop import paths

LANGUAGES = ("zh_CN", "en")


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of one language by key. A key that two files hold is an error of the program."""
    sentences: dict[str, str] = {}
    for file in sorted((paths.translations() / "messages").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["key"] in sentences:
                    raise ValueError(f"{file.name}: {row['key']} stands twice")
                sentences[row["key"]] = row[language]
    return sentences


def say(key: str, language: str, /, **values: object) -> str:
    """The sentence of `key` with its values put in."""
    return catalogue(language)[key].format(**values)


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """English where the system says so, else Chinese: most who work with this program read Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].startswith("en") else "zh_CN"
    return "zh_CN"
