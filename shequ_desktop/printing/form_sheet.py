"""What one filled form says, and in which language its own words are: plain values by name, chosen by the caller.

Knows no record; a value that is absent is a place to write by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shequ_desktop.domain.records import KINDS
from shequ_desktop.printing import terms

Value = str | tuple[str, ...] | tuple[Mapping[str, str], ...]
"""A text; lines, or options that are ticked; rows of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One form to draw. `values` by the keys of its blocks; `subject` finds it among many; `qr` is what its code holds."""

    values: Mapping[str, Value] = field(default_factory=dict)
    subject: str = ""
    area: str = ""
    number: str = ""
    qr: str = ""
    seal: str = ""
    printed_by: str = ""
    printed_at: str = ""
    device: str = ""

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def lines(self, key: str) -> tuple[str, ...]:
        """The lines of a value, or the options it ticks."""
        value = self.values.get(key, ())
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(line for line in value if isinstance(line, str))

    def rows(self, key: str) -> tuple[Mapping[str, str], ...]:
        value = self.values.get(key, ())
        return tuple(row for row in value if isinstance(row, Mapping))


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of forms: `speak` answers by key, places left in; `scripts`: Mongolian beside Chinese where a term is known."""

    speak: Callable[[str], str]
    scripts: bool = False

    def label(self, key: str) -> str:
        """A head's word: the term of the field where the key is one (`resident.name`), else the form's own."""
        kind, _, name = key.partition(".")
        return KINDS[kind].by_name[name].term if name else self.speak("form.label." + key)

    def script(self, key: str) -> str:
        return terms.of_label(key) if self.scripts else ""

    def options(self, key: str) -> tuple[str, ...]:
        return tuple(self.speak("form.options." + key).split("|"))

    def draft_mark(self, keys: tuple[str, ...]) -> str:
        """What the foot says where a term that no native reader has approved stands on the form."""
        used = [script for key in keys if (script := self.script(key))]
        return self.speak("form.draft_mark") if terms.unreviewed(used) else ""
