"""Registration of a woman in care (留守妇女信息登记表)."""

from shequ_desktop.printing.blocks import Choice, Fact, Facts, Signing, Written
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms.care_heads import CARE, HEALTH, PERSON, WHERE

FORM = Form(
    "woman-registration",
    (
        *PERSON,
        Facts((Fact("resident.education"), Fact("resident.marital_status"), Fact("resident.occupation"))),
        *WHERE,
        Facts((Fact("husband"), Fact("husband_place", 1.6), Fact("husband_phone", 1.3))),
        Facts((Fact("care_record.away_members"),)),
        Choice("care_record.living_with", codes="living_with"),
        Choice("parents_in_law", codes="parents_in_law_state"),
        Facts((Fact("children_count"), Fact("elders_count"), Fact("land"))),
        *HEALTH,
        Choice("income", codes="income_source"),
        Choice("woman_risks", codes="risk_kind_woman"),
        Choice("help_received", codes="woman_help_received"),
        Facts((Fact("skills"), Fact("training"))),
        *CARE,
        Written("wishes", 1),
        Written("care_record.remark", 1),
        Signing(("resident_signs", "worker")),
    ),
)
