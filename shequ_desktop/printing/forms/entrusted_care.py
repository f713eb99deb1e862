"""Confirmation of entrusted care (委托监护确认书): parents name a fit person, hear the child, tell school and village committee.

Its sentences keep to articles 22, 23 and 43 of the law on the protection of minors, in our own words.
"""

from shequ_desktop.printing.blocks import Choice, Fact, Facts, Section, Signing, Statement, Written
from shequ_desktop.printing.form import Form

FORM = Form(
    "entrusted-care",
    (
        Section("entrusted_child"),
        Facts((Fact("resident.name"), Fact("resident.told_sex", 0.8, codes="sex"), Fact("resident.told_birth_date"))),
        Facts((Fact("resident.id_number", 1.4), Fact("school"))),
        Facts((Fact("household.address"),)),
        Section("entrusting_parents"),
        Facts((Fact("father"), Fact("father_place", 1.6), Fact("father_phone", 1.3))),
        Facts((Fact("mother"), Fact("mother_place", 1.6), Fact("mother_phone", 1.3))),
        Choice("entrusting_reason", codes="entrusting_reason"),
        Section("entrusted_person"),
        Facts((Fact("entrusted_name"), Fact("guardian_relation"), Fact("entrusted_phone", 1.3))),
        Facts((Fact("entrusted_id_number", 1.4), Fact("guardian_age"), Fact("guardian_health"))),
        Facts((Fact("entrusted_from"), Fact("entrusted_until"))),
        Section("agreed"),
        Statement("entrusted_parents"),
        Statement("entrusted_carer"),
        Statement("entrusted_fit"),
        Statement("entrusted_told"),
        Choice("child_heard", options="child_heard"),
        Written("child_words", 1),
        Signing(("parents_sign", "entrusted_signs"), seal=False),
        Signing(("school_signs",)),
    ),
    copies=False,
)
