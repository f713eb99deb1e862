"""Brings a database to the shape this program knows (数据库升级); says when it is from a newer program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

LAPTOP = ("records", "desktop")
_HERE = Path(__file__).parent / "migrations"


def _config(connection: sa.Connection | None, more: Iterable[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, (_HERE / "versions", *more))))
    config.attributes["connection"] = connection
    return config


def heads(branches: Iterable[str], more: Iterable[Path] = ()) -> set[str]:
    """The newest revisions of these branches that this program knows."""
    script = ScriptDirectory.from_config(_config(None, more))
    return {revision.revision for branch in branches for revision in script.get_revisions(f"{branch}@head") if revision}


def stamped(connection: sa.Connection) -> set[str]:
    """Revisions that the database says it has; empty for a new one."""
    return set(MigrationContext.configure(connection).get_current_heads())


def is_newer(connection: sa.Connection, more: Iterable[Path] = ()) -> bool:
    """Whether the database holds a revision that this program does not know."""
    known = {revision.revision for revision in ScriptDirectory.from_config(_config(None, more)).walk_revisions()}
    return bool(stamped(connection) - known)


def is_current(connection: sa.Connection, branches: Iterable[str], more: Iterable[Path] = ()) -> bool:
    return stamped(connection) == heads(branches, more)


def upgrade(connection: sa.Connection, branches: Iterable[str], more: Iterable[Path] = ()) -> None:
    """Run the missing steps in the caller's transaction: all of them, or none. `more`: folders of further steps."""
    for branch in branches:
        command.upgrade(_config(connection, more), f"{branch}@head")
