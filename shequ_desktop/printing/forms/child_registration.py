"""Registration of a child in care (留守儿童信息登记表)."""

from shequ_desktop.printing.blocks import Choice, Column, Fact, Facts, Signing, Table, Written
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms.care_heads import CARE, HEALTH, PERSON, WHERE

FORM = Form(
    "child-registration",
    (
        *PERSON,
        *WHERE,
        Choice("schooling", codes="school_state"),
        Facts((Fact("school", 1.6), Fact("grade"), Fact("boards"))),
        *HEALTH,
        Table(
            "parents",
            (
                Column("parent", 0.8),
                Column("resident.name", 1.3),
                Column("parents_place", 2),
                Column("phone", 1.4),
                Column("comes_home", 1.4),
            ),
            empty=0,
            rows_min=2,
        ),
        Choice("entrusting_reason", codes="entrusting_reason"),
        Facts((Fact("care_record.contact_name"), Fact("guardian_relation"), Fact("care_record.contact_phone", 1.3))),
        Facts((Fact("guardian_age"), Fact("guardian_health"), Fact("contact_frequency"))),
        Choice("guardianship", codes="guardianship_state"),
        Choice("child_risks", codes="risk_kind_child"),
        *CARE,
        Written("measures", 1),
        Written("care_record.remark", 1),
        Signing(("guardian_signs", "worker")),
    ),
)
