"""The overview of those due (待走访一览表): one line a household, longest overdue first; the heading stands on each page."""

from shequ_desktop.printing.blocks import Column, Table
from shequ_desktop.printing.form import Form

FORM = Form(
    "due-list",
    (
        Table(
            "households",
            (
                Column("order", 0.5),
                Column("head", 1.4),
                Column("household.address", 2.4),
                Column("care", 2.2),
                Column("care_record.risk", 0.8),
                Column("last_visit", 1.2),
                Column("due_on", 1.2),
                Column("done", 0.5, ticked=True),
            ),
            empty=0,
            rows_min=12,
        ),
    ),
    numbered=False,
    copies=False,
)
