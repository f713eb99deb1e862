"""Keys, fingerprint, and the code that somebody types from a sheet of paper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.sync.keys import (
    CodeProblem,
    DeviceKeys,
    EnrolmentCode,
    PublicKeys,
    fingerprint,
    is_signed_by,
    make_code,
    make_secret,
    read_code,
    sealed_to,
)

LEAGUE = DeviceKeys.make()
PRINT = fingerprint(LEAGUE.public())
AREAS = ("", "15", "1502", "150221", "150221003", "150221003201", "000000000000")


def test_keys_come_back_from_their_bytes() -> None:
    assert DeviceKeys.from_bytes(LEAGUE.to_bytes()) == LEAGUE
    assert PublicKeys.from_bytes(LEAGUE.public().to_bytes()) == LEAGUE.public()


def test_secret_keys_do_not_show_in_a_log() -> None:
    assert LEAGUE.seal_secret not in repr(LEAGUE)
    assert str(LEAGUE.sign_secret) not in repr(LEAGUE)


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" + LEAGUE.to_bytes()[1:], LEAGUE.to_bytes()[:-1], b"\x01" + b"x" * 90])
def test_bytes_that_are_no_device_keys_raise(data: bytes) -> None:
    with pytest.raises(ValueError, match="no device keys"):
        DeviceKeys.from_bytes(data)


@given(st.binary(max_size=120))
def test_any_bytes_are_public_keys_or_none(data: bytes) -> None:
    assert PublicKeys.from_bytes(data) is None
    assert PublicKeys.from_bytes(b"\x01" + data) is None


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    sign = LEAGUE.public().sign
    signature = LEAGUE.sign(b"one")
    assert is_signed_by(sign, signature, b"one")
    assert not is_signed_by(sign, signature, b"two")
    assert not is_signed_by(DeviceKeys.make().public().sign, signature, b"one")
    assert not is_signed_by(b"short", signature, b"one")


def test_only_the_receiver_opens_what_was_sealed() -> None:
    sealed = sealed_to(LEAGUE.public(), b"words")
    assert LEAGUE.opened(sealed) == b"words"
    assert DeviceKeys.make().opened(sealed) is None
    assert LEAGUE.opened(sealed[:-1]) is None


def test_a_fingerprint_is_sixteen_characters_and_differs_from_key_to_key() -> None:
    assert len(PRINT.replace("-", "")) == 16
    assert fingerprint(DeviceKeys.make().public()) != PRINT


@pytest.mark.parametrize("area", AREAS)
def test_a_code_says_secret_fingerprint_and_area(area: str) -> None:
    secret = make_secret()
    assert read_code(make_code(secret, PRINT, area)) == EnrolmentCode(secret, PRINT, area)


def test_a_code_for_a_village_is_forty_characters() -> None:
    assert len(make_code(make_secret(), PRINT, "150221003201").replace("-", "")) == 40


def test_a_code_may_be_typed_as_people_type() -> None:
    code = make_code("0111ABCD0111", PRINT, "150221")
    expected = EnrolmentCode("0111ABCD0111", PRINT, "150221")
    full_width = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else " " for c in code)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " \u3000"),
        code.replace("-", "－"),
        code.replace("-", "—") + "\r\n",
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        full_width,
    ):
        assert read_code(typed) == expected, typed


@pytest.mark.parametrize("typed", ["", " ", "ABCD", "ZZZZ", "150221"])
def test_what_is_too_short_is_told(typed: str) -> None:
    assert read_code(typed) == CodeProblem("sync.code_length")


def test_a_character_left_out_or_added_is_told_apart_from_a_typing_error() -> None:
    code = make_code(make_secret(), PRINT, "15")
    assert read_code(code[:-1]) == CodeProblem("sync.code_length")
    assert read_code(code + "7") == CodeProblem("sync.code_length")


def test_a_character_that_no_code_has_is_named() -> None:
    code = make_code(make_secret(), PRINT, "15")
    assert read_code("码" + code) == CodeProblem("sync.code_character", "码")


@settings(max_examples=60)
@given(st.sampled_from(AREAS), st.integers(0, 39), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_anywhere_is_never_taken_for_another_code(area: str, at: int, character: str) -> None:
    code = make_code("7H2K9M4P6Q8R", "0123-4567-89AB-CDEF", area).replace("-", "")
    at %= len(code)
    wrong = code[:at] + character + code[at + 1 :]
    if wrong != code:
        assert isinstance(read_code(wrong), CodeProblem)


def test_two_neighbours_exchanged_are_a_typing_error() -> None:
    code = make_code("7H2K9M4P6Q8R", PRINT, "").replace("-", "")
    assert read_code(code[:3] + code[4] + code[3] + code[5:]) == CodeProblem("sync.code_typo")


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_a_problem(text: str) -> None:
    assert isinstance(read_code(text), CodeProblem)


def test_an_area_that_is_none_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="twelve"):
        make_code(make_secret(), PRINT, "1502210032011")


def test_secrets_differ() -> None:
    assert len({make_secret() for _ in range(50)}) == 50
