"""The two small messages of an idle exchange."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.sync.envelope import EnvelopeProblem
from shequ_desktop.sync.hello import (
    HELLO_MAX,
    Answer,
    Hello,
    change_mark,
    read_answer,
    read_hello,
    signed_answer,
    signed_hello,
)
from shequ_desktop.sync.keys import DeviceKeys

LEAGUE, OTHER_LEAGUE, DEVICE = DeviceKeys.make(), DeviceKeys.make(), DeviceKeys.make()
ID = "0193c7a0-1111-7222-8333-444455556666"
KNOWN = {ID: DEVICE.public().sign}
HELLO = Hello(ID, 2**63, 987_654, change_mark((ID, 7, 9)), 120_000, 2**64 - 1, 1_790_000_000_000)
SENT = signed_hello(HELLO, signer=DEVICE, league=LEAGUE.public())
ANSWER = Answer(True, 2**63, 987_654, 1_790_000_000_123)
ANSWERED = signed_answer(ANSWER, signer=LEAGUE, hello=SENT)


def read(data: bytes, league: DeviceKeys = LEAGUE) -> Hello | EnvelopeProblem:
    return read_hello(data, verify_keys=KNOWN.get, league=league.public())


def test_hello_and_answer_arrive_and_are_small() -> None:
    assert read(SENT) == HELLO
    assert read_answer(ANSWERED, league=LEAGUE.public(), hello=SENT) == ANSWER
    assert len(SENT) <= 160
    assert len(ANSWERED) <= 110


def test_a_hello_of_a_laptop_whose_clock_stands_before_1970_is_read() -> None:
    early = Hello(ID, 1, 0, 0, 0, 0, -86_400_000)
    assert read(signed_hello(early, signer=DEVICE, league=LEAGUE.public())) == early


def test_the_longest_id_still_fits() -> None:
    longest = signed_hello(
        Hello("x" * 40, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**62), signer=DEVICE, league=LEAGUE.public()
    )
    assert len(longest) <= HELLO_MAX


def test_a_hello_holds_for_one_league_only() -> None:
    assert read(SENT, OTHER_LEAGUE) == EnvelopeProblem("sync.signature_wrong", ID)


def test_a_hello_of_an_unknown_device_is_told() -> None:
    unknown = signed_hello(Hello("d9", 1, 1, 1, 1, 1, 1), signer=DEVICE, league=LEAGUE.public())
    assert read(unknown) == EnvelopeProblem("sync.sender_unknown", "d9")


def test_an_old_answer_cannot_be_given_again() -> None:
    again = signed_hello(Hello(ID, 1, 1, 1, 1, 1, 5), signer=DEVICE, league=LEAGUE.public())
    assert read_answer(ANSWERED, league=LEAGUE.public(), hello=again) == EnvelopeProblem("sync.signature_wrong")


def test_an_answer_of_another_league_is_told() -> None:
    false = signed_answer(ANSWER, signer=OTHER_LEAGUE, hello=SENT)
    assert read_answer(false, league=LEAGUE.public(), hello=SENT) == EnvelopeProblem("sync.signature_wrong")


def test_a_hello_is_no_answer() -> None:
    assert isinstance(read(ANSWERED), EnvelopeProblem)
    assert isinstance(read_answer(SENT, league=LEAGUE.public(), hello=SENT), EnvelopeProblem)


@pytest.mark.parametrize(
    "data",
    [b"", SENT[:64], SENT[:-1], b"x" * 201, SENT + b"\xc0", b"\x91" * 200],
    ids=["empty", "head only", "short", "too long", "a byte more", "nested"],
)
def test_damaged_messages_are_problems(data: bytes) -> None:
    assert isinstance(read(data), EnvelopeProblem)
    assert isinstance(read_answer(data, league=LEAGUE.public(), hello=SENT), EnvelopeProblem)


@settings(max_examples=60)
@given(st.integers(0, len(SENT) - 1), st.integers(1, 255))
def test_one_byte_changed_anywhere_in_a_hello_is_a_problem(at: int, by: int) -> None:
    changed = bytearray(SENT)
    changed[at] ^= by
    assert isinstance(read(bytes(changed)), EnvelopeProblem)


def test_marks_of_changes_differ() -> None:
    assert change_mark(("a", 1, 2)) != change_mark(("a", 12, 2))
