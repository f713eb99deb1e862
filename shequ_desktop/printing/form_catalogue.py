"""All declared forms by the name the command line calls them. The home-visit form and the test page are drawn on their own."""

from __future__ import annotations

from types import MappingProxyType

from shequ_desktop.printing.form import Form
from shequ_desktop.printing.forms import (
    care_plan,
    child_registration,
    due_list,
    elder_assessment,
    elder_registration,
    entrusted_care,
    follow_up_slip,
    household_card,
    other_registration,
    satisfaction_slip,
    woman_registration,
)

_MODULES = (
    household_card,
    elder_registration,
    child_registration,
    woman_registration,
    other_registration,
    care_plan,
    entrusted_care,
    elder_assessment,
    follow_up_slip,
    satisfaction_slip,
    due_list,
)

FORMS: MappingProxyType[str, Form] = MappingProxyType({module.FORM.name: module.FORM for module in _MODULES})
