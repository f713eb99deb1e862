"""A change that the league cannot take is set aside by name with a reason; it blocks nothing and stays visible."""

from __future__ import annotations

import pytest

from shequ_desktop import wording
from shequ_desktop.domain.changes import Change, Logged
from shequ_desktop.services import archive_store, synchronise
from shequ_desktop.storage import door, journal, meta
from shequ_desktop.storage.names import Names
from shequ_league import quarantine
from shequ_league.tables import QUARANTINE
from tests.exchange.place import Laptop, Place


def put_unchecked(laptop: Laptop, fields: dict[str, object]) -> str:
    """As another program, or an older one with a fault, might have written it."""
    with laptop.archive.write() as work:
        return work.create("household", fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"remark": "有\0字"}, "sync.value_nul"),
        ({"remark": "字" * 70_000}, "aside_too_large"),
        ({"Not A Name": "x"}, "aside_no_field"),
    ],
)
def test_one_bad_change_among_good_ones_is_named_and_the_rest_goes_on(
    any_place: Place, fields: dict[str, object], reason: str
) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    a.add(number="1")
    bad = put_unchecked(a, fields)
    a.add(number="2")
    done = a.sync()
    assert done.problem is None
    assert (done.sent, done.set_aside, done.waiting) == (2, 1, 0)
    b.synced()
    assert len(b.export()) == 2
    told = synchronise.status(a.archive).set_aside
    assert [(one.record, one.key) for one in told] == [(bad, reason)]
    assert wording.say(reason, "zh_CN")
    assert any_place.count(QUARANTINE) == 1
    assert bad in "".join(a.export()), "it stays visible where it was written"
    a.add(number="3")
    assert a.sync().sent == 1


def test_a_device_that_sends_nothing_but_rubbish_fills_no_disk_and_keeps_what_it_wrote(
    any_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shequ_league.quarantine.MOST_OF_ONE_DEVICE", 2_000)
    a, b = any_place.laptop("a"), any_place.laptop("b")
    bad = {put_unchecked(a, {"remark": f"有\0字{n}"}) for n in range(50)}
    good = a.add(number="1")
    done = a.sync()
    assert (done.problem, done.sent, done.set_aside, done.waiting) == (None, 1, 50, 0)
    assert 0 < any_place.count(QUARANTINE) < 10
    with any_place.database.read() as connection:
        assert quarantine.full(connection) == 1
    assert {one.record for one in synchronise.status(a.archive).set_aside} == bad
    b.synced()
    assert b.is_there(good)
    put_unchecked(b, {"remark": "有\0字"})
    before = any_place.count(QUARANTINE)
    assert b.sync().set_aside == 1
    assert any_place.count(QUARANTINE) == before + 1, "each device has a share of its own"


def test_what_was_set_aside_goes_out_again_after_the_program_has_changed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    a = place.laptop("a")
    put_unchecked(a, {"remark": "字" * 70_000})
    assert a.sync().set_aside == 1
    assert a.sync().set_aside == 0, "not tried again and again"
    monkeypatch.setattr("shequ_league.taking.LARGEST_CHANGE", 100_000)
    for module in (archive_store, synchronise):
        monkeypatch.setattr(module, "__version__", "9.9.9")
    done = a.synced()
    assert (done.sent, done.set_aside) == (1, 0)
    assert synchronise.status(a.archive).set_aside == ()
    place.agree()


def test_an_edit_of_what_was_set_aside_brings_the_record_to_the_league(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    bad = put_unchecked(a, {"number": "1", "remark": "字" * 70_000})
    a.sync()
    a.edit(bad, number="1a", remark="短一些")
    assert a.sync().sent == 1
    b.synced()
    assert b.value(bad, "remark") == "短一些"


def test_kinds_and_fields_that_the_league_does_not_know_are_kept_and_passed_on(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    home = a.add(number="1", winter_pasture="北山")
    any_place.settle()
    any_place.agree()
    assert b.value(home, "winter_pasture") == "北山"
    b.edit(home, number="2")
    any_place.settle()
    assert a.value(home, "winter_pasture") == "北山"


def test_a_kind_that_nobody_here_knows_travels_through_the_league_to_the_other_laptop(any_place: Place) -> None:
    a, b = any_place.laptop("a"), any_place.laptop("b")
    herd = a.archive.ids.new(1)
    newer = Change(a.meta("device"), int(a.meta("incarnation")), 1, "herd", herd, {"sheep": 120, "owner": None}, 0, "a", 1)
    with a.archive.engine.begin() as connection:  # what a newer version of the program would have written
        with door.opened(connection):
            journal.append(connection, Names(connection), [Logged(newer)])
        meta.put(connection, next_n=2)
    a.add(number="1")
    any_place.settle()
    any_place.agree()
    with b.archive.read() as reader:
        told = reader.log_of([herd])
    assert [row.change.fields for row in told] == [{"sheep": 120, "owner": None}]
    assert told[0].outcome is not None
