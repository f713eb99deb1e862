"""What a league keeps besides records and their log."""

import sqlalchemy as sa
from alembic import op

revision = "league_0001"
down_revision = None
branch_labels = ("league",)
depends_on = None

RECORD = sa.LargeBinary(16)


def upgrade() -> None:
    _devices()
    _log_keeping()
    _scope()


def _devices() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_keys", sa.LargeBinary(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("offers_again", sa.Boolean(), nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger(), nullable=False),
        sa.Column("contact_ms", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "enrolment",
        sa.Column("code_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.Text()),
    )


def _log_keeping() -> None:
    op.create_table(
        "quarantine",
        sa.Column("device", sa.Text(), primary_key=True),
        sa.Column("content_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("incarnation", sa.BigInteger()),
        sa.Column("n", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "arrival",
        sa.Column("first_seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
    )


def _scope() -> None:
    op.create_table(
        "placement",
        sa.Column("record", RECORD, primary_key=True),
        sa.Column("area", sa.Text(), primary_key=True),
    )
    op.create_index("placement_area", "placement", ["area"])
    op.create_table(
        "scope_move",
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("record", RECORD, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
    )
