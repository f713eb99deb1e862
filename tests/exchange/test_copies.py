"""Copied and restored archives, and a league restored to yesterday: nothing is lost, everybody goes on by themselves."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from shequ_desktop.services import conflicts, enrolling, keeping, synchronise
from shequ_desktop.storage import archive as archives
from shequ_desktop.storage import keyring
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.tables import LOG
from tests.exchange.place import PASSPHRASE, Laptop, Place, ok, records


def copied(place: Place, laptop: Laptop, name: str) -> Laptop:
    """Somebody copied the folder; the copy goes on as if it were the laptop."""
    with laptop.archive.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    shutil.copytree(laptop.archive.folder, place.folder / name)
    ring = keyring.load(place.folder / name)
    key = ring.open(laptop.archive.user, PASSPHRASE)
    assert key is not None
    opened = archives.open_with(place.folder / name, ring, laptop.archive.user, key, laptop.archive.clock)
    assert isinstance(opened, Archive)
    return place.join(name, opened, laptop.off)


@pytest.mark.parametrize("first", ["a", "copy"])
def test_a_copied_archive_and_its_original_both_go_on(any_place: Place, first: str) -> None:
    a = any_place.laptop("a")
    home = a.add(number="1", remark="原话")
    a.synced()
    copy = copied(any_place, a, "copy")
    a.add(number="甲新户")
    a.edit(home, remark="原件写的")
    copy.add(number="乙新户")
    copy.edit(home, remark="副本写的")
    copy.add(number="丙新户")
    any_place.laptops[first].synced()
    any_place.settle()
    lines = any_place.agree()
    assert sorted(r["fields"]["number"] for r in records(lines, "household")) == ["1", "丙新户", "乙新户", "甲新户"]
    said = {value for value, _ in a.values_of(home, "remark")}
    assert said == {"原话", "原件写的", "副本写的"}
    assert a.meta("incarnation") != copy.meta("incarnation")


def test_a_copy_with_nothing_of_its_own_takes_what_the_original_sent(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.synced()
    copy = copied(place, a, "copy")
    a.add(number="2")
    a.synced()
    assert copy.synced().received == 1
    place.agree()


def test_a_copy_that_was_backed_up_and_restored_keeps_what_the_original_numbered_otherwise(place: Place, tmp_path: Path) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.synced()
    copy = copied(place, a, "copy")
    copy.add(number="副本的")
    assert keeping.back_up(copy.archive, out=tmp_path / "copy.backup") is None
    copy.archive.close()
    del place.laptops["copy"]
    a.add(number="原件的")
    a.synced()
    restored = keeping.restore(
        tmp_path / "copy.backup", tmp_path / "restored", user="a", passphrase=PASSPHRASE, clock=a.archive.clock
    )
    assert isinstance(restored, Archive)
    place.join("restored", restored, a.off)
    place.settle()
    numbers = sorted(r["fields"]["number"] for r in records(place.agree(), "household"))
    assert numbers == ["1", "副本的", "原件的"]


def test_a_restored_archive_waits_for_a_yes_and_loses_nothing(place: Place, tmp_path: Path) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", remark="一")
    a.synced()
    a.edit(home, remark="二")  # unsent when the backup is made
    assert keeping.back_up(a.archive, out=tmp_path / "a.backup") is None
    a.synced()
    a.edit(home, remark="三")
    a.add(number="2")
    a.synced()
    a.archive.close()
    restored = keeping.restore(tmp_path / "a.backup", tmp_path / "new", user="a", passphrase=PASSPHRASE, clock=a.archive.clock)
    assert isinstance(restored, Archive)
    again = place.join("a", restored, a.off)
    again.add(number="3")
    assert not (tmp_path / "new" / "outbox").exists(), "nothing is prepared for a scheduler either"
    refused = synchronise.synchronise(again.archive, road=again.road, by_hand=False)
    assert getattr(refused, "key", "") == "sync_waits_for_yes"
    again.synced()
    b.synced()
    place.settle()
    lines = place.agree()
    assert sorted(r["fields"]["number"] for r in records(lines, "household")) == ["1", "2", "3"]
    assert again.value(home, "remark") == "三"
    assert place.count(LOG) == 5, "what had been sent before is not there twice"


def yesterday(place: Place) -> Path:
    kept = place.folder / "yesterday.db"
    source, target = sqlite3.connect(place.folder / "league.db"), sqlite3.connect(kept)
    source.backup(target)
    source.close()
    target.close()
    return kept


def back_to(place: Place, kept: Path) -> None:
    place.league.database.close()
    for left in place.folder.glob("league.db*"):
        if not left.name.endswith(".lock"):
            left.unlink()
    shutil.copy(kept, place.folder / "league.db")
    place.reopen()


def test_a_league_restored_to_yesterday_gets_todays_work_back_from_the_laptops(place: Place) -> None:
    a, b, c = (place.laptop(name) for name in "abc")
    home = a.add(number="1", address="一", remark="一")
    who = a.add("resident", name="乌日娜")
    place.settle()
    kept = yesterday(place)
    a.edit(home, address="二")
    b.add(number="2")
    place.settle()
    c.edit(home, address="三")  # had seen 二
    a.edit(who, "resident", name="乌日乐")
    place.settle()
    b.edit(who, "resident", name="乌日汗")  # had seen 乌日乐
    place.settle()
    today = place.agree()
    back_to(place, kept)
    assert place.export() != today
    c.add(number="3")
    c.synced()
    place.settle()
    lines = place.agree()
    assert set(today) <= set(lines)
    assert len(lines) == len(today) + 1
    assert conflicts.conflicts(a.archive, every=True) == [], "nobody's edit meets one that its writer had seen"
    assert {value for value, _ in a.values_of(home, "address")} == {"一", "二", "三"}


def test_work_done_at_the_restored_league_before_others_come_back_is_kept_beside_theirs(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    newcomer = place.laptop("n")
    home = a.add(number="1", address="一")
    who = a.add("resident", name="甲")
    place.settle()
    kept = yesterday(place)
    del place.laptops["n"]
    a.edit(home, address="二")
    a.edit(who, "resident", name="乙")
    place.settle()
    b.edit(home, address="三")
    b.edit(who, "resident", name="丙")
    place.settle()
    back_to(place, kept)
    place.laptops["n"] = newcomer
    newcomer.edit(home, address="新来的")
    newcomer.add(number="9")
    newcomer.synced()
    b.edit(home, remark="没发过")
    a.synced()
    b.synced()
    place.settle()
    place.agree()
    assert {value for value, _ in a.values_of(home, "address")} == {"一", "二", "三", "新来的"}
    assert a.value(who, "name", "resident") == "丙", "what had seen 乙 replaces it again"
    assert conflicts.conflicts(a.archive) == []
    assert a.value(home, "remark") == "没发过"


def test_a_league_that_lost_everything_is_filled_again_after_a_new_enrolment(place: Place, tmp_path: Path) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="一")
    place.settle()
    b.edit(home, address="二")
    place.settle()
    today = place.agree()
    fresh = Place(tmp_path, f"sqlite:///{tmp_path}/fresh.db", hands=place.hands)
    for laptop in (a, b):
        fresh.join(laptop.name, laptop.archive, laptop.off)
        road = fresh.laptops[laptop.name].road
        ok(enrolling.enroll(laptop.archive, server="http://fresh", code=fresh.code(), road=road))
    fresh.settle()
    assert fresh.agree() == today
    fresh.database.close()


def test_sums_that_differ_are_repaired_from_the_league_and_unsent_work_stays(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1", address="一")
    other = a.add(number="2", address="二")
    place.settle()
    with b.archive.engine.begin() as connection:  # a fault of the disk, or of a program
        connection.info["door_open"] = True
        connection.exec_driver_sql("UPDATE household SET address = '坏', digest = digest + 1 WHERE number = '1'")
        connection.exec_driver_sql("DELETE FROM log WHERE seq = 2")
        connection.exec_driver_sql("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'decided_sum'")
        connection.info["door_open"] = False
    b.edit(home, remark="没发过")
    done = b.synced()
    assert [note.key for note in done.notes] == ["sync_repaired"]
    assert (b.value(home, "address"), b.value(home, "remark"), b.value(other, "address")) == ("一", "没发过", "二")
    place.settle()
    place.agree()
