"""Records of the first release, and their log."""

import sqlalchemy as sa
from alembic import op

revision = "records_0001"
down_revision = None
branch_labels = ("records",)
depends_on = None

RECORD = sa.LargeBinary(16)


def upgrade() -> None:
    _household()
    _resident()
    _membership()
    _phone()
    _care_record()
    _visit()
    _visit_note()
    _follow_up()
    _question()
    _name()
    _log()
    _meta()


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("number", sa.Text()),
        sa.Column("order_number", sa.Text()),
        sa.Column("landmark", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("area", sa.Text()),
        sa.Column("area_words", sa.Text()),
        sa.Column("village_group", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )


def _resident() -> None:
    op.create_table(
        "resident",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("alias", sa.Text()),
        sa.Column("name_mn", sa.Text()),
        sa.Column("id_kind", sa.Text()),
        sa.Column("id_number", sa.Text()),
        sa.Column("told_sex", sa.Text()),
        sa.Column("told_birth_date", sa.Text()),
        sa.Column("birth_words", sa.Text()),
        sa.Column("ethnic_group", sa.Text()),
        sa.Column("education", sa.Text()),
        sa.Column("marital_status", sa.Text()),
        sa.Column("political_status", sa.Text()),
        sa.Column("health_status", sa.Text()),
        sa.Column("occupation", sa.Text()),
        sa.Column("workplace", sa.Text()),
        sa.Column("registered_address", sa.Text()),
        sa.Column("registration_kind", sa.Text()),
        sa.Column("residence_state", sa.Text()),
        sa.Column("residence_place", sa.Text()),
        sa.Column("residence_since", sa.Text()),
        sa.Column("medical_insurance", sa.Text()),
        sa.Column("pension_insurance", sa.Text()),
        sa.Column("subsidies", sa.Text()),
        sa.Column("disability_certificate", sa.Text()),
        sa.Column("disability_kind", sa.Text()),
        sa.Column("disability_grade", sa.Text()),
        sa.Column("bank", sa.Text()),
        sa.Column("bank_account", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("household", RECORD),
        sa.Column("resident", RECORD),
        sa.Column("relation", sa.Text()),
        sa.Column("since", sa.Text()),
        sa.Column("until", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_membership_household", "membership", ["household"])
    op.create_index("ix_membership_resident", "membership", ["resident"])


def _phone() -> None:
    op.create_table(
        "phone",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("resident", RECORD),
        sa.Column("number", sa.Text()),
        sa.Column("whose", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_phone_resident", "phone", ["resident"])


def _care_record() -> None:
    op.create_table(
        "care_record",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("resident", RECORD),
        sa.Column("care_kind", sa.Text()),
        sa.Column("label", sa.Text()),
        sa.Column("risk", sa.Text()),
        sa.Column("special_hardship", sa.Boolean()),
        sa.Column("opened_on", sa.Text()),
        sa.Column("closed_on", sa.Text()),
        sa.Column("closed_reason", sa.Text()),
        sa.Column("contact_name", sa.Text()),
        sa.Column("contact_phone", sa.Text()),
        sa.Column("away_members", sa.Text()),
        sa.Column("living_with", sa.Text()),
        sa.Column("worker", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_care_record_resident", "care_record", ["resident"])


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("household", RECORD),
        sa.Column("visited_on", sa.Text()),
        sa.Column("means", sa.Text()),
        sa.Column("visitors", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("needs", sa.Text()),
        sa.Column("services", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_visit_household", "visit", ["household"])


def _visit_note() -> None:
    op.create_table(
        "visit_note",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("visit", RECORD),
        sa.Column("care_record", RECORD),
        sa.Column("outcome", sa.Text()),
        sa.Column("condition", sa.Text()),
        sa.Column("needs", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_visit_note_care_record", "visit_note", ["care_record"])
    op.create_index("ix_visit_note_visit", "visit_note", ["visit"])


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("household", RECORD),
        sa.Column("care_record", RECORD),
        sa.Column("visit", RECORD),
        sa.Column("promised", sa.Text()),
        sa.Column("due_on", sa.Text()),
        sa.Column("done_on", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_follow_up_care_record", "follow_up", ["care_record"])
    op.create_index("ix_follow_up_household", "follow_up", ["household"])
    op.create_index("ix_follow_up_visit", "follow_up", ["visit"])


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("id", RECORD, primary_key=True),
        sa.Column("about_kind", sa.Text()),
        sa.Column("about", RECORD),
        sa.Column("field", sa.Text()),
        sa.Column("paper_value", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_on", sa.Text()),
        sa.Column("extra", sa.LargeBinary()),
        sa.Column("retracted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("seq", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_question_about", "question", ["about"])


def _name() -> None:
    op.create_table(
        "name",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("sort", "text"),
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("pos", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), primary_key=True),
        sa.Column("seq", sa.BigInteger(), unique=True),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("incarnation", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("record", RECORD, nullable=False),
        sa.Column("shape", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("time_ms", sa.BigInteger(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("fair_ms", sa.BigInteger()),
        sa.Column("outcome", sa.LargeBinary()),
        sa.Column("set_aside", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_log_record", "log", ["record"])
    op.create_index("log_change", "log", ["device", "incarnation", "n"], unique=True)


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
