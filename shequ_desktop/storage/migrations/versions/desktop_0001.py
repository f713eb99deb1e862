"""What a laptop keeps besides: shadows, drafts, search, memory of rosters, audit."""

import sqlalchemy as sa
from alembic import op

revision = "desktop_0001"
down_revision = None
branch_labels = ("desktop",)
depends_on = None

RECORD = sa.LargeBinary(16)


def upgrade() -> None:
    _shadow()
    _draft()
    _roster_memory()
    _search_key()
    _audit()
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(name, initials, digits, place, "
        "content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 6 8 10')"
    )


def _shadow() -> None:
    op.create_table(
        "shadow",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("record", RECORD, primary_key=True),
        sa.Column("state", sa.LargeBinary()),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("owner", sa.Text(), primary_key=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("about", RECORD, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_ms", sa.BigInteger(), nullable=False),
    )


def _roster_memory() -> None:
    op.create_table(
        "roster_memory",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("row_key", sa.Text(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _search_key() -> None:
    op.create_table(
        "search_key",
        sa.Column("doc", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", RECORD, nullable=False, unique=True),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
