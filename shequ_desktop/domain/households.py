"""Household (家庭) and who belongs to it (家庭成员关系)."""

from shequ_desktop.domain.fields import Field, Kind, Privacy, Type
from shequ_desktop.domain.rules import real_date

HOUSEHOLD = Kind(
    name="household",
    term="家庭",
    fields=(
        Field("number", Type.LABEL, "户号", privacy=Privacy.PERSONAL),
        Field("order_number", Type.LABEL, "顺序号"),
        Field("landmark", Type.PLACE, "标志物", privacy=Privacy.PERSONAL),
        Field("address", Type.PLACE, "现住址", group="address", privacy=Privacy.PERSONAL),
        Field("area", Type.AREA, "区划", group="address"),
        Field("area_words", Type.TEXT, "区划原文", group="address", privacy=Privacy.PERSONAL),
        Field("village_group", Type.TEXT, "组别"),
        Field("remark", Type.TEXT, "备注", privacy=Privacy.PERSONAL),
    ),
)

MEMBERSHIP = Kind(
    name="membership",
    term="家庭成员",
    parents=("household",),
    required=("household", "resident"),
    fields=(
        Field("household", Type.REF, "家庭", codes="household", group="who"),
        Field("resident", Type.REF, "居民", codes="resident", group="who"),
        Field("relation", Type.CODE, "与户主关系", codes="relation_to_head"),
        Field("since", Type.DATE, "何时起", group="time", rules=(real_date,)),
        Field("until", Type.DATE, "何时止", group="time", rules=(real_date,)),
    ),
)

HEAD_RELATIONS = ("01", "02")
"""Relations that mean the head of the household: 本人, 户主 (GB/T 4761-2008)."""
