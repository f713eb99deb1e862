"""Fixtures of this room."""

from tests.fixtures import archive, clock, empty_archive

__all__ = ["archive", "clock", "empty_archive"]
