"""Makes ids of records: UUID version 7 (RFC 9562), so that new rows lie beside each other on disk."""

import os
import uuid
from datetime import UTC, date, datetime


class IdMaker:
    """Makes ids that grow within one process, also within one millisecond."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, now_ms: int) -> str:
        """A new id for the time `now_ms` (milliseconds since 1970 UTC; a clock before 1970 counts as 1970)."""
        stamp = max(now_ms, 0) << 12 & (1 << 60) - 1
        self._last = stamp if stamp > self._last else self._last + 1
        high = self._last >> 12 << 16 | 0x7000 | self._last & 0xFFF
        low = 1 << 63 | int.from_bytes(os.urandom(8)) >> 2
        text = f"{high:016x}{low:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Whether the text is an id as this program writes them: 36 characters, lower case."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def day_made(record: str) -> date:
    """The day on which a record was made, as its id says (UTC); 1970 where it is an id of another sort."""
    made = uuid.UUID(record)
    try:
        return datetime.fromtimestamp((made.int >> 80) / 1000 if made.version == 7 else 0, UTC).date()
    except ValueError:
        return date(1970, 1, 1)
