"""Uploads without a passphrase: what was saved lies sealed, goes out once, and a later sync sends it no second time."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import outbox
from shequ_desktop.services.outbox import LARGEST_FILE, Uploaded
from shequ_desktop.storage.tables import LOG
from shequ_league.tables import QUARANTINE
from tests.exchange.place import Laptop, Place
from tests.exchange.test_copies import back_to, yesterday


def upload(laptop: Laptop) -> Uploaded | Problem:
    return outbox.upload_only(laptop.archive.folder, road=laptop.road)


def files(laptop: Laptop) -> list[Path]:
    return sorted((laptop.archive.folder / "outbox").glob("*-*"))


def test_what_was_saved_goes_out_without_a_passphrase_and_is_not_sent_again(any_place: Place) -> None:
    a, _ = any_place.laptop("a"), any_place.laptop("b")
    a.add(number="1", remark=secrets.token_hex(4000))
    a.add(number="2", remark=secrets.token_hex(4000))
    assert len(files(a)) == 2
    a.archive.close()
    assert upload(a) == Uploaded(sent=2, waiting=0)
    assert upload(a) == Uploaded(sent=0, waiting=0)
    assert any_place.count(LOG) == 2
    carried = a.road.bytes_carried
    assert a.synced().sent == 2
    assert a.road.bytes_carried - carried < 2000, "outcomes came; nothing was sent a second time"
    assert files(a) == []
    any_place.settle()
    any_place.agree()


def test_nothing_in_the_outbox_can_be_read(place: Place) -> None:
    a = place.laptop("a")
    a.add("resident", name="欧阳娜仁花", id_number="110101199003078515")
    told = b"".join(file.read_bytes() for file in (a.archive.folder / "outbox").iterdir())
    for text in ("欧阳娜仁花", "110101199003078515", "resident"):
        assert text.encode() not in told
        assert text.encode("utf-16-le") not in told


def test_a_lost_answer_to_an_upload_leaves_one_row_each(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.add(number="2")
    a.road.faults = ["answer_lost"] * 4
    assert upload(a) == Problem("league_broke_off", values=(("server", "http://league"),))
    assert upload(a) == Uploaded(sent=2, waiting=0)
    a.synced()
    assert place.count(LOG) == 2


def test_a_large_import_is_sealed_in_small_files_quickly_and_goes_through_a_bad_line(place: Place) -> None:
    a = place.laptop("a")
    with a.archive.write() as work:
        rows = [(work.new_id(), {"number": str(n), "remark": f"话{n * 7919}"}) for n in range(3000)]
        work.put("household", rows)
    began = time.perf_counter()
    outbox.begin_anew(a.archive)
    outbox.keep(a.archive)
    took = time.perf_counter() - began
    assert took < 5, "a generous bound for a busy machine"
    assert len(files(a)) > 5
    assert all(file.stat().st_size < LARGEST_FILE + 1000 for file in files(a))
    a.road.largest = 20_000
    assert upload(a) == Uploaded(sent=3000, waiting=0)
    a.road.largest = 0
    assert a.synced().sent == 3000
    place.agree()


def test_a_save_after_an_upload_adds_only_what_is_new(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    upload(a)
    a.add(number="2")
    assert [file.suffix for file in files(a)] == [".sent", ".box"]
    a.synced()
    a.add(number="3")
    assert [file.suffix for file in files(a)] == [".box"]


def test_what_a_restored_league_lost_again_goes_out_with_the_next_sync(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.synced()
    kept = yesterday(place)
    a.add(number="2")
    assert upload(a) == Uploaded(sent=1, waiting=0)
    back_to(place, kept)
    a.synced()
    assert len(place.agree()) == 2


def test_an_upload_that_counts_on_another_life_of_the_log_waits_for_a_full_sync(place: Place) -> None:
    a, b = place.laptop("a"), place.laptop("b")
    home = a.add(number="1")
    place.settle()
    kept = yesterday(place)
    b.edit(home, remark="二")
    place.settle()
    a.edit(home, remark="三")
    back_to(place, kept)
    assert upload(a) == Problem("upload_needs_full_sync")
    a.synced()
    b.synced()
    place.settle()
    place.agree()
    assert a.value(home, "remark") == "三"


def test_not_enrolled_there_is_nothing_to_upload(place: Place) -> None:
    a = place.laptop("a", enrolled=False)
    a.add(number="1")
    assert upload(a) == Problem("nothing_prepared_for_upload")


def test_what_a_revoked_device_uploads_waits_in_quarantine(place: Place) -> None:
    from shequ_league import administration

    a = place.laptop("a")
    a.add(number="1")
    administration.revoke(place.database, a.meta("device"))
    assert upload(a) == Problem("device_revoked")
    assert place.count(QUARANTINE) == 1
    assert place.count(LOG) == 0


def test_somebody_in_the_middle_cannot_say_that_all_was_delivered(place: Place) -> None:
    a = place.laptop("a")
    a.add(number="1")
    a.road.carry = lambda _path, _body: b"thank you" * 20
    assert upload(a) == Problem("league_answer_wrong")
    assert [file.suffix for file in files(a)] == [".box"]
