"""An envelope reaches its receiver whole, for its purpose, from its sender; or it is a problem."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequ_desktop.sync import envelope
from shequ_desktop.sync.envelope import EnvelopeProblem, Opened, key_of_self_named, open_sealed, seal, self_named
from shequ_desktop.sync.keys import DeviceKeys, sealed_to

LEAGUE, DEVICE, OTHER = DeviceKeys.make(), DeviceKeys.make(), DeviceKeys.make()
KNOWN = {"d1": DEVICE.public().sign, "d2": OTHER.public().sign}
SEALED = seal(b"payload", signer=DEVICE, sender_id="d1", receiver_key=LEAGUE.public(), purpose="push")


def opened(data: bytes, *, by: DeviceKeys = LEAGUE, purpose: str = "push") -> Opened | EnvelopeProblem:
    return open_sealed(data, my_key=by, verify_keys=KNOWN.get, purpose=purpose)


def test_it_arrives() -> None:
    assert opened(SEALED) == Opened("d1", b"payload")


def test_nobody_on_the_way_reads_it() -> None:
    name = self_named(DEVICE.public())
    sealed = seal(b"payload", signer=DEVICE, sender_id=name, receiver_key=LEAGUE.public(), purpose="the purpose")
    assert not [part for part in (b"payload", name.encode(), b"the purpose") if part in sealed]


def test_another_receiver_cannot_open_it() -> None:
    assert opened(SEALED, by=OTHER) == EnvelopeProblem("sync.envelope_unreadable")


def test_it_cannot_be_used_for_another_purpose() -> None:
    assert opened(SEALED, purpose="enrol") == EnvelopeProblem("sync.envelope_misdirected", "d1")


def test_a_receiver_cannot_pass_it_on_to_another_as_meant_for_him() -> None:
    inside = LEAGUE.opened(SEALED[1:])
    assert inside is not None
    passed_on = SEALED[:1] + sealed_to(OTHER.public(), inside)
    assert opened(passed_on, by=OTHER) == EnvelopeProblem("sync.envelope_misdirected", "d1")


def test_nobody_signs_for_another_device() -> None:
    forged = seal(b"x", signer=OTHER, sender_id="d1", receiver_key=LEAGUE.public(), purpose="push")
    assert opened(forged) == EnvelopeProblem("sync.signature_wrong", "d1")


def test_an_unknown_device_is_named() -> None:
    unknown = seal(b"x", signer=OTHER, sender_id="d9", receiver_key=LEAGUE.public(), purpose="push")
    assert opened(unknown) == EnvelopeProblem("sync.sender_unknown", "d9")


def test_a_device_that_nobody_knows_yet_is_named_by_its_own_key() -> None:
    name = self_named(DEVICE.public())
    sealed = seal(b"hello", signer=DEVICE, sender_id=name, receiver_key=LEAGUE.public(), purpose="enrol")
    assert open_sealed(sealed, my_key=LEAGUE, verify_keys=key_of_self_named, purpose="enrol") == Opened(name, b"hello")
    false = seal(b"hello", signer=OTHER, sender_id=name, receiver_key=LEAGUE.public(), purpose="enrol")
    problem = open_sealed(false, my_key=LEAGUE, verify_keys=key_of_self_named, purpose="enrol")
    assert problem == EnvelopeProblem("sync.signature_wrong", name)
    assert key_of_self_named("no key") is None


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\x01junk", SEALED[:-1], SEALED[:40]], ids=["empty", "one", "junk", "short", "cut"]
)
def test_what_is_cut_or_empty_is_a_problem(data: bytes) -> None:
    assert isinstance(opened(data), EnvelopeProblem)


def test_a_newer_version_is_told_apart() -> None:
    assert opened(b"\x09" + SEALED[1:]) == EnvelopeProblem("sync.envelope_version")


def test_what_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "SEALED_MAX", 100)
    assert opened(SEALED) == EnvelopeProblem("sync.envelope_too_large")


@settings(max_examples=60)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_one_byte_changed_anywhere_is_a_problem(at: int, by: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= by
    assert isinstance(opened(bytes(changed)), EnvelopeProblem)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_sealed_to_us_are_a_problem(inside: bytes) -> None:
    assert isinstance(opened(b"\x01" + sealed_to(LEAGUE.public(), inside)), EnvelopeProblem)
