"""Lines that lose, double and cut: nothing is lost, nothing is there twice, and the sync says what is so."""

from __future__ import annotations

import pytest

from shequ_desktop.storage.tables import LOG
from tests.exchange.place import Place


def homes(place: Place, name: str, count: int) -> None:
    with place.laptops[name].archive.write() as work:
        work.put("household", [(work.new_id(), {"number": str(n), "remark": f"话{n * 7919}"}) for n in range(count)])


@pytest.mark.parametrize("fault", ["lost", "answer_lost", "twice"])
def test_a_fault_at_any_request_changes_nothing_in_the_end(place: Place, fault: str) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1")
    for at in range(3):
        a.edit(home, remark=f"第{at}句")
        b.add(number=f"b{at}")
        a.road.faults = [""] * at + [fault]
        b.road.faults = [fault, "", fault]
        a.synced()
        b.synced()
    place.settle()
    place.agree()
    assert place.count(LOG) == 7


def test_case_18_ten_times_the_same_push_is_one_visit_and_one_row(any_place: Place) -> None:
    a = any_place.laptop("a")
    home = a.add(number="1")
    a.synced()
    visit = a.add("visit", household=home, visited_on="2026-09-20")
    for _ in range(3):
        a.road.faults = ["answer_lost"] * 4
        broken = a.sync()
        assert broken.problem is not None
        assert broken.waiting == 1
    a.synced()
    assert any_place.count(LOG) == 2
    assert len(a.values_of(visit, "visited_on", "visit")) == 1


def test_an_old_request_sent_again_much_later_changes_nothing(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    place.keep_bodies = True
    home = a.add(number="1", remark="一")
    a.synced()
    old = list(place.bodies)
    b.synced()
    b.edit(home, remark="二")
    place.settle()
    before = place.export()
    for body in old:
        place.league.meet(body, now_ms=place.hands.look())
    assert place.export() == before
    assert place.count(LOG) == 2
    place.settle()
    place.agree()


def test_case_19_a_line_cut_after_half_the_push_says_so_and_counts_right(place: Place) -> None:
    a = place.laptop("a")
    homes(place, "a", 4000)
    a.road.faults = [""] + ["lost"] * 9
    half = a.sync()
    assert half.problem is not None
    assert half.problem.key == "league_broke_off"
    assert half.sent + half.waiting == 4000
    assert 0 < half.sent < 4000
    a.road.faults = []
    rest = a.synced()
    assert rest.sent == half.waiting


def test_no_league_at_all_is_said_within_its_time(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.road.faults = ["lost"] * 9
    told = a.sync()
    assert told.problem is not None
    assert (told.sent, told.waiting) == (0, 1)
    assert a.road.requests <= 2 + 4, "two for enrolment, then one and three more tries"


def test_a_line_that_carries_twenty_kilobytes_at_once_carries_everything_in_pieces_both_ways(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    homes(place, "a", 2000)
    for laptop in (a, b):
        laptop.road.largest = 20_000
        done = laptop.sync()
        assert done.problem is None, done
    b.synced()
    place.agree()
    remembered = int(a.meta("batch_bytes"))
    assert 2048 <= remembered <= 20_000


def test_the_size_that_got_through_is_where_the_next_sync_begins(place: Place) -> None:
    a = place.laptop("a")
    homes(place, "a", 1500)
    a.road.largest = 20_000
    a.synced()
    homes(place, "a", 1500)
    before = a.road.requests
    a.road.faults = []
    a.synced()
    assert a.road.requests - before < 20


def test_killed_between_answer_and_commit_the_laptop_goes_on_by_itself(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    homes(place, "a", 50)
    a.synced()
    homes(place, "b", 50)
    real = place.carry

    def dies(path: str, body: bytes) -> bytes:
        real(path, body)
        raise KeyboardInterrupt

    b.road.carry = dies
    with pytest.raises(KeyboardInterrupt):
        b.sync()
    b.road.carry = real
    b.synced()
    place.settle()
    assert len(place.agree()) == 100
