"""Suggestions and complaints, with the league's answer."""

import sqlalchemy as sa
from alembic import op

revision = "records_0002"
down_revision = "records_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("text", sa.Text()),
        sa.Column("about_page", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_on", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
