"""The satisfaction slip (服务满意度评价表): what a household thinks of a service, one to five."""

from shequ_desktop.printing.blocks import Choice, Fact, Facts, Signing, Written
from shequ_desktop.printing.form import Form

FORM = Form(
    "satisfaction-slip",
    (
        Facts((Fact("head"), Fact("phone"))),
        Facts((Fact("household.address"),)),
        Facts((Fact("service_content"),)),
        Facts((Fact("service_date"), Fact("care_record.worker"))),
        Choice("satisfaction", options="satisfaction"),
        Choice("timely", options="satisfaction_points"),
        Choice("asked_how", options="asked_how"),
        Written("opinions", 4),
        Signing(("resident_signs", "worker")),
    ),
)
