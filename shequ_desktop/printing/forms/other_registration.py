"""Registration of others in hardship (其他困难人员信息登记表)."""

from shequ_desktop.printing.blocks import Choice, Fact, Facts, Signing, Written
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms.care_heads import CARE, HEALTH, PERSON, WHERE

FORM = Form(
    "other-registration",
    (
        *PERSON,
        Facts((Fact("resident.education"), Fact("resident.marital_status"), Fact("resident.occupation"))),
        *WHERE,
        Choice("care_record.living_with", codes="living_with"),
        *HEALTH,
        Facts((Fact("resident.disability_certificate", 1.6), Fact("resident.disability_grade"))),
        Facts((Fact("care_record.contact_name"), Fact("care_record.contact_phone"))),
        Choice("income", codes="income_source"),
        *CARE,
        Written("hardship", 3),
        Written("measures", 2),
        Written("care_record.remark", 1),
        Signing(("resident_signs", "worker")),
    ),
)
