"""Rules that a field's declaration may name. Each takes a value and answers None or the key of a problem."""

from datetime import date

from shequ_desktop.domain.dates import is_partial_date
from shequ_desktop.domain.fields import Rule
from shequ_desktop.domain.identity import IdNumber, read_id_number
from shequ_desktop.domain.phones import is_phone


def one_of(*values: str) -> Rule:
    """The value must be one of `values`."""
    return lambda value: None if value in values else "not_in_list"


def real_date(value: object) -> str | None:
    """A whole day that exists, ISO 8601."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "not_a_date"
    return None if len(str(value)) == 10 else "not_a_date"


def real_partial_date(value: object) -> str | None:
    """A year, month or day that exists, ISO 8601."""
    return None if is_partial_date(str(value)) else "not_a_date"


def good_id_number(value: object) -> str | None:
    """An identity number whose form, date and check digit hold (GB 11643-1999 and its kin)."""
    read = read_id_number(str(value))
    return None if isinstance(read, IdNumber) else read.key


def good_phone(value: object) -> str | None:
    """A telephone number with enough digits to be called."""
    return None if is_phone(str(value)) else "not_a_phone"
