"""Breaks a text into lines that fit a width, as Chinese is set.

Anywhere, but neither inside a number, a Latin or a Mongolian word, nor before a closing mark.
"""

from __future__ import annotations

from shequ_desktop.printing import fonts, mongolian

NOT_FIRST = frozenset("，。、；：？！）】》」』”’…·%℃,.;:?!)]}")
NOT_LAST = frozenset("（【《「『“‘([{")


def wrap(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """The lines of a text, nothing lost but the spaces at a break. An empty text has no line."""
    lines: list[str] = []
    for paragraph in fonts.printable(text).split("\n"):
        lines += _fill(paragraph.strip(), face, size, room)
    return tuple(lines)


def _fill(text: str, face: str, size: float, room: float) -> list[str]:
    lines = []
    while text and fonts.width(text, face, size) > room:
        end = _break(text, _fitting(text, face, size, room))
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text] if text else lines


def _fitting(text: str, face: str, size: float, room: float) -> int:
    """How many characters fit; at least one, so that a cell however narrow comes to an end."""
    if mongolian.is_mongolian(text):
        fitting = (count for count in range(len(text), 0, -1) if fonts.width(text[:count], face, size) <= room)
        return next(fitting, 1)
    used = 0.0
    for count, character in enumerate(text):
        used += fonts.width(character, face, size)
        if used > room:
            return max(count, 1)
    return len(text)


def _break(text: str, end: int) -> int:
    """The last place up to `end` where the line may break; `end` itself where there is none."""
    for place in range(min(end, len(text) - 1), 0, -1):
        if _may_break(text[place - 1], text[place]):
            return place
    return end


def _may_break(before: str, after: str) -> bool:
    if before in NOT_LAST or after in NOT_FIRST or (mongolian.is_mongolian(before) and mongolian.is_mongolian(after)):
        return False
    return not (before.isascii() and after.isascii()) or before == " " or after == " "
