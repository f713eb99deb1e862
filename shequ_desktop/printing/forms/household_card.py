"""The household card (家庭登记卡): who lives here and how, one card a house."""

from shequ_desktop.printing.blocks import Choice, Column, Fact, Facts, Section, Signing, Table, Written
from shequ_desktop.printing.form import Form

FORM = Form(
    "household-card",
    (
        Facts((Fact("household.number"), Fact("household.order_number"), Fact("household.village_group"))),
        Facts((Fact("head"), Fact("phone"))),
        Facts((Fact("household.address"),)),
        Facts((Fact("household.landmark"),)),
        Section("members"),
        Table(
            "members",
            (
                Column("resident.name", 1.5),
                Column("resident.told_sex", 0.6),
                Column("resident.told_birth_date", 1.2),
                Column("membership.relation", 1.1),
                Column("resident.id_number", 1.9),
                Column("phone", 1.3),
                Column("where_now", 1.5),
            ),
            rows_min=5,
        ),
        Section("living"),
        Choice("dwelling", codes="dwelling_kind"),
        Choice("house_safety", codes="house_safety_grade"),
        Choice("heating", codes="heating_kind"),
        Choice("water", codes="water_source"),
        Facts((Fact("winter_place"), Fact("summer_place"))),
        Written("household.remark"),
        Signing(("resident_signs", "worker")),
    ),
)
