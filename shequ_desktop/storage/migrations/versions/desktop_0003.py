"""What an archive keeps of its own changes to records that left it."""

import sqlalchemy as sa
from alembic import op

revision = "desktop_0003"
down_revision = "desktop_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parted",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Integer(), primary_key=True),
        sa.Column("incarnation", sa.BigInteger(), primary_key=True),
        sa.Column("n", sa.BigInteger(), primary_key=True),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("shape", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("time_ms", sa.BigInteger(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("fair_ms", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.LargeBinary()),
        sa.Column("parted_ms", sa.BigInteger(), nullable=False),
    )
