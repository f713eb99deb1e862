"""Case 17: clocks an hour off, at 1970, at 2099. The exchange succeeds, a note comes once, and no clock decides."""

from __future__ import annotations

import pytest

from shequ_desktop.services import histories
from tests.exchange.place import START_MS, Place

HOUR = 3_600_000
AT_1970, AT_2099 = -START_MS, 2_300_000_000_000


@pytest.mark.parametrize("off", [-HOUR, AT_1970, AT_2099])
def test_a_wrong_clock_is_noted_once_and_the_times_shown_are_right(place: Place, off: int) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    b.off[0] = off
    home = b.add(number="1")
    first = b.synced()
    assert [note.key for note in first.notes] == ["sync.clock_wrong"]
    b.edit(home, remark="话")
    assert b.synced().notes == ()
    a.synced()
    place.agree()
    told = histories.history(a.archive, kind="household", record=home, field="remark")
    assert isinstance(told, list)
    assert told[0]["time"].startswith("2026-09-21")


@pytest.mark.parametrize("off", [AT_1970, AT_2099])
def test_a_wrong_clock_neither_wins_nor_loses_every_conflict(place: Place, off: int) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    first, second = a.add(number="1", address="零"), a.add(number="2", address="零")
    place.settle()
    b.off[0] = off
    b.synced()
    b.edit(first, address="表不准的先写")
    place.hands.pass_(minutes=10)
    a.edit(first, address="表准的后写")
    a.edit(second, address="表准的先写")
    place.hands.pass_(minutes=10)
    b.edit(second, address="表不准的后写")
    place.settle()
    place.agree()
    assert a.value(first, "address") == "表准的后写"
    assert a.value(second, "address") == "表不准的后写"


@pytest.mark.parametrize(("off", "stands"), [(AT_2099, "表准的后写"), (AT_1970, "表准的后写")])
def test_a_clock_that_was_wrong_at_the_save_and_right_at_the_sync_is_held_to_what_can_be(
    place: Place, off: int, stands: str
) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="零")
    place.settle()
    b.off[0] = off
    b.edit(home, address="表乱时写的")
    b.off[0] = 0
    b.synced()
    place.hands.pass_(minutes=10)
    a.edit(home, address=stands)
    place.settle()
    assert a.value(home, "address") == b.value(home, "address") == stands
    told = histories.history(a.archive, kind="household", record=home, field="address")
    assert isinstance(told, list)
    assert all(entry["time"].startswith("2026-09-21") for entry in told)


def test_a_clock_set_right_and_wrong_again_is_noted_again(place: Place) -> None:
    a = place.laptop("a")
    for off, notes in ((HOUR, 1), (HOUR, 0), (0, 0), (-HOUR, 1)):
        a.off[0] = off
        a.add(number="1")
        assert len(a.synced().notes) == notes
