"""Fixtures of this room."""

from tests.fixtures import archive, clock

__all__ = ["archive", "clock"]
