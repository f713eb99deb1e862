"""Drafts of forms (没写完的登记): one for each person, form and record, kept at every pause, never synced."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from shequ_desktop.storage import drafts
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft

NOBODY = "00000000-0000-0000-0000-000000000000"
"""What a form is about that begins a record of its own."""
VERSION = 1


def draft_id(form: str, about: str) -> str:
    """The one draft of this form about this record."""
    digest = hashlib.blake2b(f"{form}\0{about}".encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest[:6] + bytes([0x80 | digest[6] & 0x0F, digest[7], 0x80 | digest[8] & 0x3F]) + digest[9:]))


def keep(archive: Archive, *, form: str, about: str, content: Mapping[str, Any]) -> None:
    """Keep what is typed so far."""
    whom = about or NOBODY
    draft = Draft(draft_id(form, whom), archive.user, form, VERSION, whom, content, archive.clock())
    with archive.engine.begin() as connection:
        drafts.keep(connection, draft)


def kept(archive: Archive, *, form: str, about: str) -> Mapping[str, Any]:
    """What was typed and not finished; empty where nothing was."""
    with archive.read() as reader:
        found = drafts.get(reader.connection, draft_id(form, about or NOBODY), archive.user)
    return found.content if found and found.form_version == VERSION else {}


def drop(archive: Archive, *, form: str, about: str) -> None:
    """The form was finished, or its draft is not wanted."""
    with archive.engine.begin() as connection:
        drafts.remove(connection, draft_id(form, about or NOBODY), archive.user)
