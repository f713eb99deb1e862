"""The care plan (照护计划): what is to be done for a person, by whom, until when, and what came of it."""

from shequ_desktop.printing.blocks import Choice, Column, Fact, Facts, Section, Signing, Table, Written
from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms.care_heads import PERSON, WHERE

FORM = Form(
    "care-plan",
    (
        *PERSON,
        *WHERE,
        Facts((Fact("care_record.label", 1.4), Fact("assessment"))),
        Choice("care_record.risk", codes="risk_level"),
        Written("situation", 2),
        Section("plan"),
        Table(
            "plan",
            (
                Column("need", 1.6),
                Column("plan_content", 3),
                Column("who_does", 1.2),
                Column("plan_until", 1.2),
                Column("done", 0.5, ticked=True),
                Column("plan_result", 1.6),
            ),
            rows_min=8,
        ),
        Facts((Fact("visits_every"), Fact("next_review"))),
        Written("opinions", 2),
        Signing(("resident_signs", "worker")),
    ),
    title_term="care_plan",
)
