"""Drafts (草稿): what somebody typed and has not finished. Kept in the archive, seen by their owner only, never synced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shequ_desktop.storage.desktop_tables import DRAFT


@dataclass(frozen=True, slots=True)
class Draft:
    """`form` and `form_version` say what the content means; `about` is the record it belongs to."""

    id: str
    owner: str
    form: str
    form_version: int
    about: str
    content: Mapping[str, Any]
    kept_ms: int


def keep(connection: sa.Connection, draft: Draft) -> None:
    """Write the draft in place of its older text."""
    remove(connection, draft.id, draft.owner)
    values = {name: getattr(draft, name) for name in ("id", "owner", "form", "form_version", "about", "kept_ms")}
    connection.execute(sa.insert(DRAFT).values(**values, content=json.dumps(dict(draft.content), ensure_ascii=False)))


def get(connection: sa.Connection, draft_id: str, owner: str) -> Draft | None:
    row = connection.execute(sa.select(DRAFT).where(DRAFT.c.id == draft_id, DRAFT.c.owner == owner)).one_or_none()
    return _to_draft(row) if row else None


def of_owner(connection: sa.Connection, owner: str) -> list[Draft]:
    """Drafts of one person, the last kept first."""
    statement = sa.select(DRAFT).where(DRAFT.c.owner == owner).order_by(DRAFT.c.kept_ms.desc())
    return [_to_draft(row) for row in connection.execute(statement)]


def remove(connection: sa.Connection, draft_id: str, owner: str) -> None:
    connection.execute(sa.delete(DRAFT).where(DRAFT.c.id == draft_id, DRAFT.c.owner == owner))


def _to_draft(row: Any) -> Draft:
    return Draft(row.id, row.owner, row.form, row.form_version, row.about, json.loads(row.content), row.kept_ms)
