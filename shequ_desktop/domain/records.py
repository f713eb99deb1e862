"""All kinds of records, in an order in which parents come before children."""

from types import MappingProxyType

from shequ_desktop.domain.care_records import CARE_RECORD
from shequ_desktop.domain.households import HOUSEHOLD, MEMBERSHIP
from shequ_desktop.domain.questions import QUESTION
from shequ_desktop.domain.residents import PHONE, RESIDENT
from shequ_desktop.domain.suggestions import SUGGESTION
from shequ_desktop.domain.visits import FOLLOW_UP, VISIT, VISIT_NOTE

KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (HOUSEHOLD, RESIDENT, MEMBERSHIP, PHONE, CARE_RECORD, VISIT, VISIT_NOTE, FOLLOW_UP, QUESTION, SUGGESTION)
    }
)
"""Wire name of a kind -> its declaration."""
