"""The follow-up slip (回访单): what was promised at the door, and what came of it."""

from shequ_desktop.printing.blocks import Choice, Column, Fact, Facts, Signing, Table, Written
from shequ_desktop.printing.form import Form

FORM = Form(
    "follow-up-slip",
    (
        Facts((Fact("head"), Fact("household.number"), Fact("household.order_number"))),
        Facts((Fact("household.address"),)),
        Facts((Fact("household.landmark"),)),
        Facts((Fact("phone"),)),
        Table(
            "promises",
            (
                Column("follow_up.promised", 3),
                Column("follow_up.due_on", 1.2),
                Column("done", 0.5, ticked=True),
                Column("follow_up.done_on", 1.2),
                Column("follow_up.result", 3),
            ),
            rows_min=5,
        ),
        Choice("means", codes="contact_means", only=("10", "20", "21", "22", "30")),
        Written("visit.remark"),
        Signing(("resident_signs", "worker")),
    ),
)
