"""Tables that only a league keeps: devices, codes, what waits in quarantine, who may receive what."""

from __future__ import annotations

import sqlalchemy as sa

from shequ_desktop.storage.tables import RecordId

LEAGUE = sa.MetaData()

DEVICE = sa.Table(
    "device",
    LEAGUE,
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
"""A laptop that may meet here. An empty area: everything. `offers_again`: it holds changes that a restored league lacks."""

ENROLMENT = sa.Table(
    "enrolment",
    LEAGUE,
    sa.Column("code_hash", sa.LargeBinary(), primary_key=True),
    sa.Column("area", sa.Text(), nullable=False),
    sa.Column("expires_ms", sa.BigInteger(), nullable=False),
    sa.Column("used_by", sa.Text()),
)
"""One-time codes; the code itself is kept nowhere."""

QUARANTINE = sa.Table(
    "quarantine",
    LEAGUE,
    sa.Column("device", sa.Text(), primary_key=True),
    sa.Column("content_hash", sa.LargeBinary(), primary_key=True),
    sa.Column("incarnation", sa.BigInteger()),
    sa.Column("n", sa.BigInteger()),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("payload", sa.LargeBinary(), nullable=False),
    sa.Column("at_ms", sa.BigInteger(), nullable=False),
)
"""What arrived and was not applied, for a person to look at: single changes, whole batches, what revoked devices send."""

ARRIVAL = sa.Table(
    "arrival",
    LEAGUE,
    sa.Column("first_seq", sa.BigInteger(), primary_key=True),
    sa.Column("at_ms", sa.BigInteger(), nullable=False),
)
"""When the change with this number, and those after it up to the next line, arrived."""

PLACEMENT = sa.Table(
    "placement",
    LEAGUE,
    sa.Column("record", RecordId(), primary_key=True),
    sa.Column("area", sa.Text(), primary_key=True),
    sa.Index("placement_area", "area"),
)
"""Areas of a record, or "@device" for one that has none. Kept once a device is limited to an area."""

SCOPE_MOVE = sa.Table(
    "scope_move",
    LEAGUE,
    sa.Column("seq", sa.BigInteger(), primary_key=True),
    sa.Column("record", RecordId(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
)
"""At which number the areas of a known record changed."""
