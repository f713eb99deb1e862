"""Question (待确认): a doubtful value from paper that waits for a person.

Its id is made from record, field and paper value, so that the same file asks nothing twice, on any laptop.
"""

import hashlib
import uuid

from shequ_desktop.domain.fields import Field, Kind, Privacy, Type

QUESTION = Kind(
    name="question",
    term="待确认",
    parents=("about",),
    required=("about_kind", "about", "field", "reason"),
    fields=(
        Field("about_kind", Type.TEXT, "哪类档案"),
        Field("about", Type.REF, "哪份档案", codes="*"),
        Field("field", Type.TEXT, "哪一项"),
        Field("paper_value", Type.TEXT, "表上写的", privacy=Privacy.PERSONAL),
        Field("reason", Type.TEXT, "为什么问"),
        Field("answer", Type.TEXT, "答复", group="answer"),
        Field("answered_on", Type.DATE, "答复日期", group="answer"),
    ),
)


def question_id(about: str, field: str, paper_value: str) -> str:
    """The id that every laptop gives the same question: a version 8 UUID (RFC 9562) from its three parts."""
    digest = hashlib.blake2b("\0".join((about, field, paper_value)).encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest[:6] + bytes([0x80 | digest[6] & 0x0F, digest[7], 0x80 | digest[8] & 0x3F]) + digest[9:]))
