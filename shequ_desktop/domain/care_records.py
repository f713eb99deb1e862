"""Care record (关爱档案): one for each resident and kind of care. Two open ones are a finding, never a refusal."""

from shequ_desktop.domain.fields import Field, Kind, Policy, Privacy, Type
from shequ_desktop.domain.rules import good_phone, one_of, real_date

PERSONAL, REVIEW = Privacy.PERSONAL, Policy.REVIEW

CARE_KINDS = {"elder": "老人", "child": "儿童", "woman": "妇女", "other": "其他困难人员"}
"""Kind of care (关爱类别) -> Chinese term."""

CARE_RECORD = Kind(
    name="care_record",
    term="关爱档案",
    parents=("resident",),
    required=("resident", "care_kind"),
    fields=(
        Field("resident", Type.REF, "居民", "resident", "whom", REVIEW),
        Field("care_kind", Type.CODE, "关爱类别", "", "whom", REVIEW, rules=(one_of(*CARE_KINDS),)),
        Field("label", Type.TEXT, "身份类别"),
        Field("risk", Type.CODE, "风险等级", "risk_level", policy=REVIEW),
        Field("special_hardship", Type.YES_NO, "特殊困难老年人", policy=REVIEW),
        Field("opened_on", Type.DATE, "建档日期", rules=(real_date,)),
        Field("closed_on", Type.DATE, "退出日期", "", "closing", REVIEW, rules=(real_date,)),
        Field("closed_reason", Type.TEXT, "退出原因", "", "closing", REVIEW),
        Field("contact_name", Type.NAME, "监护人或联系人", "", "contact", REVIEW, PERSONAL),
        Field("contact_phone", Type.PHONE, "联系人电话", "", "contact", REVIEW, Privacy.MASKED, (good_phone,)),
        Field("away_members", Type.TEXT, "外出务工成员", privacy=PERSONAL),
        Field("living_with", Type.CODE, "与谁同住", "living_with"),
        Field("worker", Type.TEXT, "责任人"),
        Field("remark", Type.TEXT, "备注", privacy=PERSONAL),
    ),
)
