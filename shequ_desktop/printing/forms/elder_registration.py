"""Registration of an elder in care (留守老人信息登记表)."""

from shequ_desktop.printing.blocks import Choice, Column, Fact, Facts, Signing, Table, Written
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms.care_heads import CARE, HEALTH, PERSON, WHERE

FORM = Form(
    "elder-registration",
    (
        *PERSON,
        Facts((Fact("resident.education"), Fact("resident.marital_status"), Fact("resident.pension_insurance"))),
        *WHERE,
        Choice("care_record.living_with", codes="living_with"),
        *HEALTH,
        Table(
            "children",
            (
                Column("resident.name", 1.3),
                Column("relation", 1),
                Column("where_now", 2),
                Column("phone", 1.4),
                Column("comes_home", 1.4),
            ),
        ),
        Facts((Fact("care_record.contact_name"), Fact("care_record.contact_phone"))),
        Choice("elder_risks", codes="risk_kind_elder"),
        Choice("care_record.special_hardship", options="yes_no"),
        *CARE,
        Written("wishes", 1),
        Written("care_record.remark", 1),
        Signing(("resident_signs", "worker")),
    ),
)
