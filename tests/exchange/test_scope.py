"""A device limited to an area holds its area and nothing else; records come and go with their households."""

from __future__ import annotations

import secrets

from shequ_desktop.services import enrolling, finding
from shequ_desktop.storage.tables import LOG
from tests.exchange.place import Laptop, Place, ok, records

EAST, WEST = "150425101", "150425102"


def family(laptop: Laptop, number: str, area: str) -> dict[str, str]:
    """A household of one with a care record, a visit and a telephone."""
    fields = {"number": number, "area": area} if area else {"number": number}
    home = laptop.add(**fields)
    who = laptop.add("resident", name="巴特尔")
    return {
        "household": home,
        "resident": who,
        "membership": laptop.add("membership", household=home, resident=who, relation="01"),
        "phone": laptop.add("phone", resident=who, number="13800138000"),
        "care_record": laptop.add("care_record", resident=who, care_kind="elder"),
        "visit": laptop.add("visit", household=home, visited_on="2026-09-20"),
    }


def holds(laptop: Laptop, members: dict[str, str]) -> set[str]:
    return {kind for kind, record in members.items() if laptop.is_there(record, kind)}


def test_a_limited_device_receives_its_area_only_with_all_that_hangs_on_it(any_place: Place) -> None:
    office = any_place.laptop("office")
    east, west = family(office, "东1", EAST), family(office, "西1", WEST)
    office.synced()
    crew = any_place.laptop("crew", area=EAST)
    crew.synced()
    assert holds(crew, east) == set(east)
    assert holds(crew, west) == set()
    later = family(office, "东2", EAST + "001")
    family(office, "西2", WEST + "001")
    office.synced()
    crew.synced()
    assert holds(crew, later) == set(later)
    assert {r["fields"]["number"] for r in records(crew.export(), "household")} == {"东1", "东2"}


def test_a_household_that_moves_in_comes_whole_and_one_that_moves_out_leaves(any_place: Place) -> None:
    office = any_place.laptop("office")
    crew = any_place.laptop("crew", area=EAST)
    home = family(office, "1", WEST)
    office.edit(home["household"], remark="在西边时写的")
    office.synced()
    crew.add(number="别的", area=EAST)
    crew.synced()
    assert holds(crew, home) == set()
    office.edit(home["household"], area=EAST)
    office.synced()
    crew.synced()
    assert holds(crew, home) == set(home)
    assert crew.values_of(home["household"], "remark") == [("在西边时写的", "stands")], "the whole log came along"
    office.edit(home["household"], area=WEST)
    office.synced()
    crew.synced()
    assert holds(crew, home) == set()
    assert finding.find(crew.archive, words="巴特尔") == []
    with crew.archive.read() as reader:
        assert reader.log_of(home.values()) == []
    office.edit(home["household"], area=EAST)
    office.synced()
    assert crew.synced().notes == (), "sums agree after every move"
    assert holds(crew, home) == set(home)


def test_a_record_that_left_goes_only_after_ones_own_changes_have_been_delivered(place: Place) -> None:
    office = place.laptop("office")
    crew = place.laptop("crew", area=EAST)
    home = family(office, "1", EAST)
    office.synced()
    crew.synced()
    crew.edit(home["household"], remark="临走前写的")
    office.edit(home["household"], area=WEST)
    office.synced()
    crew.synced()
    assert holds(crew, home) == set()
    office.synced()
    assert office.value(home["household"], "remark") == "临走前写的"


def test_a_record_that_left_stays_while_more_of_ones_own_waits_than_one_piece_carries(place: Place) -> None:
    office = place.laptop("office")
    crew = place.laptop("crew", area=EAST)
    home = family(office, "1", EAST)
    office.synced()
    crew.synced()
    said = [secrets.token_hex(3000) for _ in range(4)]
    for text in said:
        crew.edit(home["household"], remark=text)
    office.edit(home["household"], area=WEST)
    office.synced()
    assert crew.synced().sent == 4
    office.synced()
    assert {value for value, _ in office.values_of(home["household"], "remark")} == set(said)
    assert holds(crew, home) == set()


def test_what_has_no_area_is_its_authors_and_that_of_devices_without_limit(place: Place) -> None:
    office = place.laptop("office")
    crew, others = place.laptop("crew", area=EAST), place.laptop("others", area=EAST)
    home = family(crew, "没写区划", "")
    crew.synced()
    others.synced()
    office.synced()
    assert holds(crew, home) == holds(office, home) == set(home)
    assert holds(others, home) == set()
    crew.edit(home["household"], area=EAST)
    crew.synced()
    others.synced()
    assert holds(others, home) == set(home)


def test_what_a_limited_device_writes_for_another_area_is_sent_and_leaves(place: Place) -> None:
    office = place.laptop("office")
    crew = place.laptop("crew", area=EAST)
    home = family(crew, "1", WEST)
    crew.synced()
    office.synced()
    assert holds(office, home) == set(home)
    assert holds(crew, home) == set()


def test_a_resident_of_two_households_is_in_both_areas(place: Place) -> None:
    office = place.laptop("office")
    east, west = place.laptop("east", area=EAST), place.laptop("west", area=WEST)
    home = family(office, "冬营地", EAST)
    summer = office.add(number="夏营地", area=WEST)
    office.add("membership", household=summer, resident=home["resident"], relation="01")
    office.synced()
    east.synced()
    west.synced()
    assert east.is_there(home["resident"], "resident")
    assert west.is_there(home["resident"], "resident")
    assert west.is_there(home["care_record"], "care_record")
    assert not west.is_there(home["household"])


def test_a_limited_device_in_conflict_with_the_office_agrees_in_the_end(place: Place) -> None:
    office = place.laptop("office")
    crew = place.laptop("crew", area=EAST)
    home = family(office, "1", EAST)
    office.synced()
    crew.synced()
    crew.edit(home["resident"], "resident", name="乌恩")
    office.edit(home["resident"], "resident", name="乌力吉")
    office.synced()
    assert crew.synced().conflicts == 1
    office.synced()
    assert crew.value(home["resident"], "name", "resident") == office.value(home["resident"], "name", "resident")


def test_another_code_changes_the_area_and_with_it_what_the_device_holds(place: Place) -> None:
    office = place.laptop("office")
    crew = place.laptop("crew", area=EAST)
    east, west = family(office, "东", EAST), family(office, "西", WEST)
    office.synced()
    crew.synced()
    ok(enrolling.enroll(crew.archive, server="http://league", code=place.code(area=WEST), road=crew.road))
    assert crew.synced().notes == ()
    assert holds(crew, east) == set()
    assert holds(crew, west) == set(west)
    assert place.count(LOG) == 12
