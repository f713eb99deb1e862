"""Who may meet: one-time codes, keys, and what forged, replayed, foreign and revoked devices get: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import enrolling, league_link
from shequ_desktop.storage.tables import LOG
from shequ_desktop.sync.exchange import TurnedAway
from shequ_desktop.sync.keys import DeviceKeys
from shequ_desktop.sync.messages import Request, Upload, pack, unpack
from shequ_league import administration
from shequ_league.meeting import Refused
from shequ_league.tables import DEVICE, QUARANTINE
from tests.exchange.place import Laptop, Place


def enroll(laptop: Laptop, code: str) -> Problem | None:
    return enrolling.enroll(laptop.archive, server="http://league", code=code, road=laptop.road)


def key_of(problem: Problem | None) -> str:
    return problem.key if problem else ""


def test_a_code_serves_one_laptop_once_also_after_a_lost_answer(any_place: Place) -> None:
    a, b = any_place.laptop("a", enrolled=False), any_place.laptop("b", enrolled=False)
    code = any_place.code()
    a.road.faults = ["", "answer_lost"]
    assert key_of(enroll(a, code)) == "league_broke_off"
    assert enroll(a, code) is None
    assert key_of(enroll(b, code)) == "enrol_code_used"
    assert any_place.count(DEVICE) == 1


def test_a_code_is_read_as_people_type_it(place: Place) -> None:
    a = place.laptop("a", enrolled=False)
    assert enroll(a, place.code(area="150425").lower().replace("-", " ")) is None
    assert a.meta("area") == "150425"


def test_an_expired_a_mistyped_and_an_unknown_code_are_told_apart(place: Place, tmp_path_factory: pytest.TempPathFactory) -> None:
    a = place.laptop("a", enrolled=False)
    late = place.code(hours=1)
    place.hands.pass_(hours=2)
    assert key_of(enroll(a, late)) == "enrol_code_expired"
    assert key_of(enroll(a, late[:-1] + ("0" if late[-1] != "0" else "1"))) == "sync.code_typo"
    assert key_of(enroll(a, late[:-4])) == "sync.code_length"
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    other = Place(elsewhere, f"sqlite:///{elsewhere}/league.db")
    assert key_of(enroll(a, other.code())) == "other_league"
    other.database.close()
    assert place.count(DEVICE) == 0


def test_not_enrolled_is_said_and_nothing_is_sent(place: Place) -> None:
    from shequ_desktop.services import synchronise

    a = place.laptop("a", enrolled=False)
    assert synchronise.synchronise(a.archive, road=a.road) == Problem("not_enrolled")
    assert a.road.requests == 0


def test_a_revoked_device_is_told_nothing_and_what_it_sends_waits_in_quarantine(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    b.add(number="1")
    b.synced()
    a.add(number="2")
    assert administration.revoke(place.database, a.meta("device"))
    told = a.sync()
    assert told.problem is not None
    assert told.problem.key == "device_revoked"
    assert (told.received, told.waiting) == (0, 1)
    assert place.count(QUARANTINE) == 1
    assert place.count(LOG) == 1


def test_other_keys_under_a_known_name_get_nothing(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.synced()
    with a.archive.engine.begin() as connection:
        league_link.write_keys(connection, DeviceKeys.make())
    a.add(number="2")
    told = a.sync()
    assert told.problem is not None
    assert told.problem.key == "sync.signature_wrong"
    assert place.count(LOG) == 1
    assert key_of(enroll(a, place.code())) == "device_has_other_keys"


def test_a_push_under_anothers_hello_is_not_taken(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    place.keep_bodies = True
    a.add(number="1")
    a.road.faults = ["answer_lost"] * 9
    a.sync()
    b.synced()
    of_a, of_b = (unpack(body, Request) for body in (place.bodies[0], place.bodies[-1]))
    assert of_a is not None
    assert of_b is not None
    before = place.count(LOG)
    mixed = pack(Request(of_b.most, of_b.incarnation, of_b.hello, of_a.push))
    assert isinstance(place.league.meet(mixed, now_ms=place.hands.look()), Refused)
    assert place.count(LOG) == before


def test_an_answer_for_another_request_is_not_taken(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    b.add(number="1")
    b.synced()
    old: list[bytes] = []

    def keeps(path: str, body: bytes) -> bytes | TurnedAway:
        answer = place.carry(path, body)
        assert isinstance(answer, bytes)
        old.append(answer)
        return old[0]

    a.road.carry = keeps
    a.synced()
    b.add(number="2")
    b.synced()
    told = a.sync()
    assert told.problem is not None
    assert told.problem.key == "league_answer_wrong"


def test_a_change_in_anothers_name_is_set_aside(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    b.add(number="1")
    b.synced()
    with a.archive.engine.begin() as connection:
        connection.info["door_open"] = True
        from shequ_desktop.domain.changes import Change, Logged
        from shequ_desktop.storage import journal
        from shequ_desktop.storage.names import Names

        forged = Change(b.meta("device"), 1, 1, "household", a.archive.ids.new(1), {"number": "9"}, 0, "b", 1)
        journal.append(connection, Names(connection), [Logged(forged)])
    assert a.sync().set_aside == 1
    assert place.count(LOG) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), cut=st.integers(0, 400), flip=st.integers(0, 400))
def test_hostile_bytes_are_refused_and_change_nothing(place: Place, data: bytes, cut: int, flip: int) -> None:
    if "a" not in place.laptops:
        place.keep_bodies = True
        laptop = place.laptop("a")
        laptop.add(number="1")
        laptop.synced()
    real = place.bodies[-1]
    spoilt = bytearray(real)
    spoilt[flip % len(real)] ^= 0x41
    before = place.export()
    for body in (data, real[: cut % len(real)], bytes(spoilt), pack(Upload([data])), pack(Request(1, 1, data, data))):
        for answer in (
            place.league.meet(body, now_ms=place.hands.look()),
            place.league.upload(body, now_ms=place.hands.look()),
            place.league.join(body, now_ms=place.hands.look()),
        ):
            assert isinstance(answer, Refused | bytes)
    assert place.export() == before


def test_keys_outlive_an_enrolment_so_that_it_can_be_repeated(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.synced()
    assert enroll(a, place.code()) is None
    assert place.count(DEVICE) == 1
    a.add(number="2")
    assert a.synced().sent == 1
    assert replace(a.sync(), notes=()).waiting == 0
