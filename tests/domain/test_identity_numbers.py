"""Identity numbers: what paper and spreadsheets make of them, and what they hold."""

import dataclasses
from datetime import date, timedelta

import pytest
import stdnum.cn.ric
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.identity import (
    IdNumber,
    IdProblem,
    check_digit,
    derived_from,
    is_placeholder,
    match_key,
    read_id_number,
)

GOOD = "152523194109030110"
BIRTHS = st.dates(date(1850, 1, 1), date(2150, 12, 31))


def key_of(text: str) -> str:
    read = read_id_number(text)
    assert isinstance(read, IdProblem), read
    return read.key


@st.composite
def numbers(draw: st.DrawFn, areas: tuple[str, ...] = ("152523", "110101", "152101", "810000", "830000", "932682")) -> str:
    area, day, serial = draw(st.sampled_from(areas)), draw(BIRTHS), draw(st.integers(0, 999))
    first_17 = f"{area}{day:%Y%m%d}{serial:03}"
    return first_17 + check_digit(first_17)


@pytest.mark.parametrize(
    ("text", "kind", "birth_date", "sex"),
    [
        ("440308199901101512", "111", "1999-01-10", "1"),
        ("610104620927690", "111", "1962-09-27", "2"),
        ("810000199408230021", "901", "1994-08-23", "2"),
        ("820000198006070245", "901", "1980-06-07", "2"),
        ("830000199201300022", "902", "1992-01-30", "2"),
        ("932682198501010017", "553", "1985-01-01", "1"),
        ("915496198503090176", "553", "1985-03-09", "1"),
        ("152101194903031014", "111", "1949-03-03", "1"),  # a league that is a city today
        ("15280119660120129X", "111", "1966-01-20", "1"),
    ],
)
def test_a_good_number_gives_kind_birth_date_and_sex(text: str, kind: str, birth_date: str, sex: str) -> None:
    read = read_id_number(text)
    assert isinstance(read, IdNumber)
    assert (read.value, read.kind, read.birth_date, read.sex) == (text, kind, birth_date, sex)


@pytest.mark.parametrize(
    ("text", "kind"), [("H12345678", "516"), ("L350247695", "117"), ("E12345678", "414"), ("CAN110068103013", "553")]
)
def test_documents_that_hold_no_birth_date_are_taken_by_their_form(text: str, kind: str) -> None:
    assert dataclasses.astuple(read_id_number(text))[:4] == (text, kind, "", "")


@pytest.mark.parametrize(
    "text",
    [
        " 152523 19410903 0110\u3000",
        "152523194109030110\t",
        "'152523194109030110",
        '="152523194109030110"',
        "１５２５２３１９４１０９０３０１１０",
        "152523\u00a019410903\u200b0110",
        "\ufeff152523194109030110\r\n",
    ],
)
def test_wrappers_and_blanks_around_a_number_are_taken_off(text: str) -> None:
    read = read_id_number(text)
    assert isinstance(read, IdNumber)
    assert read.value == GOOD


@pytest.mark.parametrize("last", "xXｘＸⅩх×")
def test_every_way_to_write_the_check_digit_x_is_read(last: str) -> None:
    read = read_id_number("15280119660120129" + last)
    assert isinstance(read, IdNumber)
    assert read.value == "15280119660120129X"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "id_empty"),
        (" \u3000\t", "id_empty"),
        ("无", "id_placeholder"),
        ("0", "id_placeholder"),
        ("111111111111111111", "id_placeholder"),
        ("000000000000000", "id_placeholder"),
        ("/", "id_placeholder"),
        ("身份证号", "id_placeholder"),
        ("15252319410903011", "id_length"),
        ("1525231941090301101", "id_length"),
        ("91564319920821026?", "id_form"),
        ("012523194109030110", "id_form"),
        ("840000194109030110", "id_form"),
        ("152523193902300110", "id_date"),
        ("152523177609030110", "id_date"),
        ("610104620230690", "id_date"),
        ("152523194109030111", "id_check_digit"),
        ("1.5252720261227478e+17", "id_rounded"),
        ("1.52527E+17", "id_rounded"),
        ("152523194109030000", "id_rounded"),
        ("152523194109030110.0", "id_rounded"),
    ],
)
def test_what_is_wrong_is_named(text: str, key: str) -> None:
    assert key_of(text) == key


def test_a_float_from_a_spreadsheet_is_never_taken_even_if_its_digits_fit() -> None:
    assert key_of(str(float(GOOD))) == "id_rounded"


def test_fifteen_digits_that_became_a_float_have_lost_nothing() -> None:
    read = read_id_number(str(152527500826640.0))
    assert isinstance(read, IdNumber)
    assert (read.value, read.birth_date) == ("152527500826640", "1950-08-26")


def test_a_number_that_truly_ends_in_zeros_is_taken() -> None:
    first_17 = next(f"15252319900101{n}00" for n in range(10) if check_digit(f"15252319900101{n}00") == "0")
    assert isinstance(read_id_number(first_17 + "0"), IdNumber)


def test_the_old_and_the_new_form_of_a_number_match() -> None:
    first_17 = "61010419620927690"
    assert match_key("610104620927690") == match_key(f"{first_17}{check_digit(first_17)} ")
    assert match_key("15280119660120129x") == "15280119660120129X"


def test_nothing_is_derived_from_a_number_that_does_not_hold() -> None:
    assert derived_from(GOOD) == {"birth_date": "1941-09-03", "sex": "1"}
    assert derived_from("152523194109030111") == derived_from("") == derived_from(None) == derived_from("H12345678") == {}


@pytest.mark.parametrize(
    "text", ["无", "不详", "暂无", "-", "/", "——", "1111", "999999999999999999", "身份证号码", "none", "＊", "XXX", "０"]
)
def test_placeholders_are_told(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["", GOOD, "12345", "图雅"])
def test_other_texts_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@settings(max_examples=150, deadline=None)
@given(numbers(areas=("152523", "110101", "440308", "650102")))
def test_numbers_agree_with_python_stdnum(number: str) -> None:
    """Of the area stdnum asks more: that it stands in its list for the year of birth. We never do."""
    assert stdnum.cn.ric.calc_check_digit(number) == number[17]
    read = read_id_number(number)
    assert isinstance(read, IdNumber)
    assert read.birth_date == stdnum.cn.ric.get_birth_date(number).isoformat()
    assert read.sex == ("1" if int(number[16]) % 2 else "2")


@settings(max_examples=150, deadline=None)
@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, by: int) -> None:
    if number[place] == "X":
        return
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert isinstance(read_id_number(wrong), IdProblem)


@settings(max_examples=150, deadline=None)
@given(numbers(), st.integers(0, 16))
def test_two_swapped_digits_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or isinstance(read_id_number(swapped), IdProblem)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=24))
def test_any_text_is_answered_and_a_good_number_reads_as_itself(text: str) -> None:
    read = read_id_number(text)
    if isinstance(read, IdNumber):
        assert read_id_number(read.value) == read


@settings(max_examples=60, deadline=None)
@given(BIRTHS)
def test_the_day_before_and_after_give_other_birth_dates(day: date) -> None:
    first_17 = f"152523{day:%Y%m%d}011"
    assert derived_from(first_17 + check_digit(first_17))["birth_date"] == day.isoformat()
    shifted = f"152523{min(day + timedelta(days=1), date(2150, 12, 31)):%Y%m%d}011"
    assert shifted == first_17 or derived_from(shifted + check_digit(shifted))["birth_date"] != day.isoformat()
