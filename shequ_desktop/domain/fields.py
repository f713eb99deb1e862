"""A field and a kind, declared once; every room derives from these what it needs.

Owns the vocabulary of declarations. Must not know how a field is stored, sent, shown or printed.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType


class Type(enum.Enum):
    """What a value is. Values are str unless said otherwise; a missing value is absent."""

    NAME = "name"  # person's name: searched by characters and by pinyin initials
    TEXT = "text"
    PLACE = "place"  # address or landmark: searched by part
    LABEL = "label"  # household or order number: searched as a word
    ID_NUMBER = "id_number"  # searched whole and by its last four
    PHONE = "phone"  # searched whole and by its last four
    DATE = "date"  # ISO 8601, YYYY-MM-DD
    PARTIAL_DATE = "partial_date"  # YYYY, YYYY-MM or YYYY-MM-DD
    CODE = "code"  # one code of the field's code table
    CODES = "codes"  # sorted list of codes
    INTEGER = "integer"  # int
    YES_NO = "yes_no"  # bool
    AREA = "area"  # statistical area code, 2 to 12 digits
    REF = "ref"  # id of a record of the kind in `codes` ("*": of any kind)


class Policy(enum.Enum):
    """What happens when two people changed one group without seeing each other's change."""

    LATEST = "latest"  # the later fair time stands
    REVIEW = "review"  # what stood first stands until a person decides
    UNION = "union"  # added and removed elements are both applied


class Privacy(enum.Enum):
    OPEN = "open"
    PERSONAL = "personal"  # tells who somebody is or how they live
    MASKED = "masked"  # personal, and shown only in part until asked for


Rule = Callable[[object], str | None]
"""Takes a value; answers None, or the key of the problem (see `problems`)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field (字段). `name` is its wire name: for ever, never renamed, retyped or reused."""

    name: str
    type: Type
    term: str  # the Chinese term, as on the paper form
    codes: str = ""  # code table, or for REF the kind it points to
    group: str = ""  # merge group; empty: the field alone
    policy: Policy = Policy.LATEST  # equal for all fields of a group
    privacy: Privacy = Privacy.OPEN
    rules: tuple[Rule, ...] = ()

    @property
    def merge_group(self) -> str:
        return self.group or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record (记录种类). `parents` are the REF fields through which it gets its area."""

    name: str
    term: str
    fields: tuple[Field, ...]
    parents: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    by_name: MappingProxyType[str, Field] = field(init=False, repr=False, compare=False)
    groups: MappingProxyType[str, tuple[Field, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", MappingProxyType({f.name: f for f in self.fields}))
        groups: dict[str, tuple[Field, ...]] = {}
        for f in self.fields:
            groups[f.merge_group] = (*groups.get(f.merge_group, ()), f)
        object.__setattr__(self, "groups", MappingProxyType(groups))
