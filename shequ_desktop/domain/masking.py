"""What is shown of a masked value until somebody asks for the whole: enough to recognise, too little to use."""

from __future__ import annotations

from shequ_desktop.domain.fields import Type


def masked_id(value: str) -> str:
    """1525**********0428; of documents with few characters only the last two."""
    return _starred(value, 4, 4) if len(value) >= 15 else _starred(value, 0, 2)


def masked_phone(value: str) -> str:
    """138****2206; of shorter and foreign numbers only the last four."""
    return _starred(value, 3, 4) if len(value) == 11 and value.isdigit() else _starred(value, 0, 4)


def masked(field_type: Type, value: str) -> str:
    """A value of any masked field. What has no rule of its own (cards, accounts) shows its last four."""
    if field_type is Type.ID_NUMBER:
        return masked_id(value)
    if field_type is Type.PHONE:
        return masked_phone(value)
    return _starred(value, 0, 4)


def _starred(value: str, first: int, last: int) -> str:
    """Stars between the first and the last characters; never less than a third of a value is hidden."""
    if 3 * (first + last) > 2 * len(value):
        first, last = 0, min(last, len(value) // 3)
    hidden = len(value) - first - last
    return value[:first] + "*" * hidden + value[len(value) - last :]
