"""Telephone numbers in the cells of lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.phones import is_phone, read_phones

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).filter(lambda number: len(set(number)) > 1)


@pytest.mark.parametrize(
    ("cell", "good"),
    [
        ("13863608129", ("13863608129",)),
        ("１３８６３６０８１２９", ("13863608129",)),
        ("+8613904790002", ("13904790002",)),
        ("0086 139 0479 0002", ("13904790002",)),
        ("139-0479-0002", ("13904790002",)),
        ("13904790100.0", ("13904790100",)),
        ("'13904790100", ("13904790100",)),
        ("13904790100/13904790101", ("13904790100", "13904790101")),
        ("13904790100、13904790101", ("13904790100", "13904790101")),
        ("13904790100；13904790101", ("13904790100", "13904790101")),
        ("13904790100 13904790101", ("13904790100", "13904790101")),
        ("13904790100\n13904790101", ("13904790100", "13904790101")),
        ("13904790100,13904790100", ("13904790100",)),
        ("0479-8812345", ("0479-8812345",)),
        ("(0479) 8812345", ("0479-8812345",)),
        ("010-62345678", ("010-62345678",)),
        ("+86 479 8812345", ("0479-8812345",)),
        ("8812345", ("8812345",)),
        ("+976 9911 2233", ("+97699112233",)),
        ("电话：13904790100", ("13904790100",)),
        ("", ()),
        ("无电话", ()),
        ("无", ()),
        ("00000000000", ()),
        ("—", ()),
    ],
)
def test_good_numbers_come_out_in_one_spelling(cell: str, good: tuple[str, ...]) -> None:
    assert read_phones(cell) == (good, ())


@pytest.mark.parametrize(
    ("cell", "good", "unusable"),
    [
        ("1390479010", (), ("1390479010",)),
        ("139047901000", (), ("139047901000",)),
        ("13904790100/1390479", ("13904790100",), ("1390479",)),
        ("13904790100/13904", ("13904790100",), ("13904",)),
        ("1.39E+10", (), ("1.39E+10",)),
        ("儿子13904790100", ("13904790100",), ("儿子",)),
        ("12345678901", (), ("12345678901",)),
        ("问村医", (), ("问村医",)),
    ],
)
def test_what_cannot_be_called_is_handed_back(cell: str, good: tuple[str, ...], unusable: tuple[str, ...]) -> None:
    assert read_phones(cell) == (good, unusable)


def test_one_number_is_a_phone_and_two_are_not() -> None:
    assert is_phone("139 0479 0002")
    assert not is_phone("13904790002 13904790003")
    assert not is_phone("")
    assert not is_phone("11111111111")


@settings(max_examples=100, deadline=None)
@given(st.lists(MOBILES, min_size=1, max_size=3, unique=True), st.sampled_from(["/", "、", "；", " ", "\n", "，"]))
def test_several_mobiles_in_a_cell_are_all_found(numbers: list[str], between: str) -> None:
    assert read_phones(between.join(numbers)) == (tuple(numbers), ())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_answered_and_good_numbers_read_as_themselves(text: str) -> None:
    good, _ = read_phones(text)
    for number in good:
        assert read_phones(number) == ((number,), ())
