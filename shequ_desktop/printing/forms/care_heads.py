"""Blocks that several forms of care share: who it is about, who cares, what is planned."""

from shequ_desktop.printing.blocks import Choice, Fact, Facts

PERSON = (
    Facts((Fact("resident.name"), Fact("resident.told_sex", 0.8, codes="sex"), Fact("resident.told_birth_date"))),
    Facts((Fact("resident.ethnic_group", 0.8), Fact("resident.id_number", 1.6))),
)

WHERE = (
    Facts((Fact("household.address", 1.7), Fact("phone"))),
    Facts((Fact("resident.registered_address"),)),
)

HEALTH = (
    Choice("resident.health_status", codes="health_status", only=("10", "20", "30", "51", "60")),
    Facts((Fact("illness"), Fact("resident.disability_kind"))),
    Facts((Fact("resident.medical_insurance"), Fact("resident.subsidies", 1.4))),
)

CARE = (
    Facts((Fact("care_record.label", 1.4), Fact("care_record.opened_on"))),
    Choice("care_record.risk", codes="risk_level"),
    Facts((Fact("care_record.worker"), Fact("worker_phone"))),
)
