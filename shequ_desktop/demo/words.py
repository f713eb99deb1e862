"""The words from which practice people are made. Owns `resources/demo/*.csv`; knows no rule of how they are joined."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from shequ_desktop import paths


@dataclass(frozen=True, slots=True)
class Role:
    """One place in a household: relation to its head, sex, youngest and oldest age.

    `mark`: "away" for who works elsewhere, a kind of care (elder, child, woman), or empty.
    """

    relation: str
    sex: str
    youngest: int
    oldest: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a household may be made up, and how often it occurs beside the others."""

    name: str
    weight: int
    roles: tuple[Role, ...]


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list."""
    return _lists()[name]


@functools.cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return {row["list"]: tuple(row["words"].split()) for row in _rows("words")}


@functools.cache
def text(name: str) -> str:
    """A heading or sentence of the practice roster, with its places left in."""
    return _texts()[name]


@functools.cache
def _texts() -> Mapping[str, str]:
    return {row["column"]: row["heading"] for row in _rows("roster")}


@functools.cache
def shapes() -> tuple[Shape, ...]:
    """The households that occur, each with its weight."""
    return tuple(
        Shape(row["shape"], int(row["weight"]), tuple(_role(role) for role in row["people"].split())) for row in _rows("shapes")
    )


def _role(written: str) -> Role:
    relation, sex, ages, mark = written.split("/")
    youngest, oldest = map(int, ages.split("-"))
    return Role(relation, sex, youngest, oldest, mark)


def _rows(name: str) -> list[dict[str, str]]:
    with (paths.resources() / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
