"""Visit (走访) of a household, its pages for each care record, and what was promised (回访事项)."""

from shequ_desktop.domain.fields import Field, Kind, Privacy, Type
from shequ_desktop.domain.rules import real_date

PERSONAL = Privacy.PERSONAL

VISIT = Kind(
    name="visit",
    term="走访",
    parents=("household",),
    required=("household", "visited_on"),
    fields=(
        Field("household", Type.REF, "家庭", codes="household"),
        Field("visited_on", Type.DATE, "走访日期", rules=(real_date,)),
        Field("means", Type.CODE, "走访方式", "contact_means"),
        Field("visitors", Type.TEXT, "走访人"),
        Field("outcome", Type.CODE, "走访结果", "visit_outcome"),
        Field("needs", Type.TEXT, "需要什么", privacy=PERSONAL),
        Field("services", Type.TEXT, "当场服务", privacy=PERSONAL),
        Field("remark", Type.TEXT, "备注", privacy=PERSONAL),
    ),
)

VISIT_NOTE = Kind(
    name="visit_note",
    term="走访记录页",
    parents=("visit",),
    required=("visit", "care_record"),
    fields=(
        Field("visit", Type.REF, "走访", codes="visit"),
        Field("care_record", Type.REF, "关爱档案", codes="care_record"),
        Field("outcome", Type.CODE, "走访结果", "visit_outcome"),
        Field("condition", Type.TEXT, "这次情况", privacy=PERSONAL),
        Field("needs", Type.TEXT, "需要什么", privacy=PERSONAL),
        Field("remark", Type.TEXT, "备注", privacy=PERSONAL),
    ),
)

FOLLOW_UP = Kind(
    name="follow_up",
    term="回访事项",
    parents=("household",),
    required=("household", "promised"),
    fields=(
        Field("household", Type.REF, "家庭", codes="household"),
        Field("care_record", Type.REF, "关爱档案", codes="care_record"),
        Field("visit", Type.REF, "走访", codes="visit"),
        Field("promised", Type.TEXT, "答应过什么", privacy=PERSONAL),
        Field("due_on", Type.DATE, "回访日期", rules=(real_date,)),
        Field("done_on", Type.DATE, "办结日期", group="done", rules=(real_date,)),
        Field("result", Type.TEXT, "办理结果", group="done", privacy=PERSONAL),
    ),
)
