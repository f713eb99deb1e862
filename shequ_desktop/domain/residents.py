"""Resident (居民) and their telephones.

What paper or person said about sex and birth date is kept as told (`told_sex`, `told_birth_date`, `birth_words`).
The values in force, `sex` and `birth_date`, are worked out by one rule on every side and never synced.
"""

from collections.abc import Mapping
from typing import Any

from shequ_desktop.domain.fields import Field, Kind, Policy, Privacy, Type
from shequ_desktop.domain.identity import derived_from
from shequ_desktop.domain.rules import good_id_number, good_phone, real_partial_date

PERSONAL, MASKED, REVIEW = Privacy.PERSONAL, Privacy.MASKED, Policy.REVIEW

RESIDENT = Kind(
    name="resident",
    term="居民",
    required=("name",),
    fields=(
        Field("name", Type.NAME, "姓名", policy=REVIEW, privacy=PERSONAL),
        Field("alias", Type.NAME, "别名", privacy=PERSONAL),
        Field("name_mn", Type.NAME, "蒙文姓名", privacy=PERSONAL),
        Field("id_kind", Type.CODE, "证件类型", "id_document_kind", "identity", REVIEW),
        Field("id_number", Type.ID_NUMBER, "身份证号", "", "identity", REVIEW, MASKED, (good_id_number,)),
        Field("told_sex", Type.CODE, "性别", "sex", "identity", REVIEW),
        Field("told_birth_date", Type.PARTIAL_DATE, "出生日期", "", "identity", REVIEW, PERSONAL, (real_partial_date,)),
        Field("birth_words", Type.TEXT, "生日原话", "", "identity", REVIEW, PERSONAL),
        Field("ethnic_group", Type.CODE, "民族", "ethnic_group"),
        Field("education", Type.CODE, "文化程度", "education"),
        Field("marital_status", Type.CODE, "婚姻状况", "marital_status"),
        Field("political_status", Type.CODE, "政治面貌", "political_status"),
        Field("health_status", Type.CODE, "健康状况", "health_status", privacy=PERSONAL),
        Field("occupation", Type.CODE, "职业", "occupation_status"),
        Field("workplace", Type.TEXT, "工作单位", privacy=PERSONAL),
        Field("registered_address", Type.PLACE, "户籍地址", privacy=PERSONAL),
        Field("registration_kind", Type.CODE, "户口性质", "registration_kind"),
        Field("residence_state", Type.CODE, "居住状态", "residence_state", "life_state", REVIEW),
        Field("residence_place", Type.TEXT, "外出地点", "", "life_state", REVIEW, PERSONAL),
        Field("residence_since", Type.PARTIAL_DATE, "外出时间", "", "life_state", REVIEW, rules=(real_partial_date,)),
        Field("medical_insurance", Type.CODE, "医疗保险", "medical_insurance_kind"),
        Field("pension_insurance", Type.CODE, "养老保险", "pension_insurance_kind"),
        Field("subsidies", Type.CODES, "享受补助", "subsidy_kind", policy=Policy.UNION, privacy=PERSONAL),
        Field("disability_certificate", Type.TEXT, "残疾证号", group="disability", privacy=MASKED),
        Field("disability_kind", Type.CODE, "残疾类别", "disability_kind", "disability", privacy=PERSONAL),
        Field("disability_grade", Type.CODE, "残疾等级", "disability_grade", "disability", privacy=PERSONAL),
        Field("bank", Type.TEXT, "开户银行", group="bank", privacy=PERSONAL),
        Field("bank_account", Type.TEXT, "银行卡号", group="bank", privacy=MASKED),
        Field("remark", Type.TEXT, "备注", privacy=PERSONAL),
    ),
)

PHONE = Kind(
    name="phone",
    term="电话",
    parents=("resident",),
    required=("resident", "number"),
    fields=(
        Field("resident", Type.REF, "居民", codes="resident"),
        Field("number", Type.PHONE, "电话号码", "", "", REVIEW, MASKED, (good_phone,)),
        Field("whose", Type.TEXT, "谁的"),
    ),
)

TOLD_AS: Mapping[str, str] = {"sex": "told_sex", "birth_date": "told_birth_date"}
"""Field in force -> field that a save of it writes."""


def in_force(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`sex` and `birth_date` in force: from a valid ID number, else as told. Absent where nothing is known."""
    from_number = derived_from(fields.get("id_number", ""))
    told = {name: fields.get(told_as) for name, told_as in TOLD_AS.items()}
    return {name: value for name in TOLD_AS if (value := from_number.get(name) or told[name])}
