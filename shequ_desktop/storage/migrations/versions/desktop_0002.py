"""What an archive remembers of exchanges: numbers of an earlier life of the league's log, records that leave."""

import sqlalchemy as sa
from alembic import op

revision = "desktop_0002"
down_revision = "desktop_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "renumbered",
        sa.Column("pos", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("old_seq", sa.BigInteger()),
        sa.Column("old_fair_ms", sa.BigInteger()),
        sa.Column("old_seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "leaving",
        sa.Column("record", sa.LargeBinary(16), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
    )
