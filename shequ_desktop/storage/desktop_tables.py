"""Tables that only a laptop keeps; none of them is synced as rows."""

import sqlalchemy as sa

from shequ_desktop.storage.tables import METADATA, RecordId

DESKTOP = "desktop"

SHADOW = sa.Table(
    "shadow",
    METADATA,
    sa.Column("kind", sa.Text(), primary_key=True),
    sa.Column("record", RecordId(), primary_key=True),
    sa.Column("state", sa.LargeBinary()),
    info={"branch": DESKTOP},
)
"""The decided state of a record that has unsent changes on top; empty state: the league does not know it yet."""

DRAFT = sa.Table(
    "draft",
    METADATA,
    sa.Column("id", RecordId(), primary_key=True),
    sa.Column("owner", sa.Text(), primary_key=True),
    sa.Column("form", sa.Text(), nullable=False),
    sa.Column("form_version", sa.Integer(), nullable=False),
    sa.Column("about", RecordId(), nullable=False),
    sa.Column("content", sa.Text(), nullable=False),
    sa.Column("kept_ms", sa.BigInteger(), nullable=False),
    info={"branch": DESKTOP},
)
"""What somebody typed and has not finished (草稿). Two people may each have a draft of one visit."""

ROSTER_MEMORY = sa.Table(
    "roster_memory",
    METADATA,
    sa.Column("source", sa.Text(), primary_key=True),
    sa.Column("row_key", sa.Text(), primary_key=True),
    sa.Column("content", sa.LargeBinary(), nullable=False),
    info={"branch": DESKTOP},
)
"""What each row of each list said last time, and which records it went to."""

SEARCH_KEY = sa.Table(
    "search_key",
    METADATA,
    sa.Column("doc", sa.Integer(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("record", RecordId(), nullable=False, unique=True),
    info={"branch": DESKTOP},
)
"""Number of a text in the search index -> the record it was made from."""

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("at_ms", sa.BigInteger(), nullable=False),
    sa.Column("user", sa.Text(), nullable=False),
    sa.Column("act", sa.Text(), nullable=False),
    sa.Column("detail", sa.Text(), nullable=False),
    info={"branch": DESKTOP},
)
"""Who printed, exported, backed up or looked at what is masked (审计)."""

RENUMBERED = sa.Table(
    "renumbered",
    METADATA,
    sa.Column("pos", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("old_seq", sa.BigInteger()),
    sa.Column("old_fair_ms", sa.BigInteger()),
    sa.Column("old_seen", sa.BigInteger(), nullable=False),
    info={"branch": DESKTOP},
)
"""Log rows that the league has forgotten (it was restored): their numbers in the earlier life of its log."""

LEAVING = sa.Table(
    "leaving",
    METADATA,
    sa.Column("record", RecordId(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    info={"branch": DESKTOP},
)
"""Records that left this device's scope and go once its own changes to them have been delivered."""

PARTED = sa.Table(
    "parted",
    METADATA,
    sa.Column("seq", sa.BigInteger(), nullable=False),
    sa.Column("device", sa.Integer(), primary_key=True),
    sa.Column("incarnation", sa.BigInteger(), primary_key=True),
    sa.Column("n", sa.BigInteger(), primary_key=True),
    sa.Column("kind", sa.Integer(), nullable=False),
    sa.Column("record", RecordId(), nullable=False),
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
    info={"branch": DESKTOP},
)
"""Own decided changes to records that have left, as the log held them; for some weeks."""
