"""Programs that die in mid-save, disks that fill up, two programs on one archive: nothing is lost, nothing is half."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from shequ_desktop.services import doctoring, unlocking
from shequ_desktop.storage import search, search_index
from shequ_desktop.storage.archive import DATABASE, Archive
from shequ_desktop.storage.engine import what_is_wrong
from tests.made import Clock, make_archive, reopen, save

ROOT = Path(__file__).resolve().parents[2]
SAVER = """
import sys
from pathlib import Path
from shequ_desktop.domain.changes import RETRACTED
from tests.made import reopen, Clock
archive = reopen(Path(sys.argv[1]), clock=Clock())
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    with archive.write() as work:
        home = work.create("household", {"number": f"{sys.argv[3]}{number}"})
        who = work.create("resident", {"name": "其木格", "remark": f"{sys.argv[3]}{number}"})
        work.create("membership", {"household": home, "resident": who})
    print(number, flush=True)
"""


def saver(folder: Path, count: int, mark: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SAVER, str(folder), str(count), mark],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole_saves(archive: Archive) -> int:
    """How many saves are there; each must be there whole, in tables, log and index."""
    with archive.read() as reader:
        count = reader.count("household")
        assert reader.count("resident") == reader.count("membership") == count
        assert len(search.find(reader.connection, "其木格", limit=10_000)) == count
    assert {check.state for check in doctoring.examine(archive)} == {"right"}
    return count


def test_a_program_killed_at_any_moment_keeps_every_save_that_it_reported(archive: Archive) -> None:
    archive.close()
    moments, reported = random.Random(7), 0
    for turn in range(4):
        process = saver(archive.folder, 10_000, f"{turn}-")
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        time.sleep(moments.uniform(0.02, 0.3))
        process.kill()
        reported += len(process.communicate()[0].splitlines())
        opened = reopen(archive.folder)
        saved = whole_saves(opened)
        assert reported <= saved <= reported + 1
        reported = saved
        opened.close()
    assert reported > 4


def test_two_programs_that_write_at_once_wait_for_each_other_and_lose_nothing(archive: Archive) -> None:
    archive.close()
    both = [saver(archive.folder, 40, mark) for mark in ("甲", "乙")]
    answers = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    opened = reopen(archive.folder)
    assert whole_saves(opened) == 80
    with opened.read() as reader:
        numbers = [
            row.change.n
            for kind in ("household", "resident", "membership")
            for r in reader.all(kind)
            for row in reader.log_of([r.id])
        ]
    assert sorted(numbers) == list(range(1, 241))
    opened.close()


def test_programs_that_open_and_close_all_the_time_do_not_disturb_one_that_writes(archive: Archive) -> None:
    process = saver(archive.folder, 60, "甲")
    archive.close()
    looked = 0
    while process.poll() is None:
        opened = reopen(archive.folder)
        with opened.read() as reader:
            assert reader.count("household") == reader.count("membership")
        opened.close()
        looked += 1
    assert process.returncode == 0, process.communicate()
    process.communicate()
    assert looked > 3
    opened = reopen(archive.folder)
    assert whole_saves(opened) == 60
    opened.close()


def test_whoever_reads_waits_for_nobody(archive: Archive) -> None:
    save(archive, "household", number="1")
    with archive.engine.begin() as writing:
        writing.exec_driver_sql("DELETE FROM draft")
        with archive.read() as reader:
            assert reader.count("household") == 1


def test_a_wait_of_half_a_minute_ends_in_one_sentence(archive: Archive) -> None:
    with archive.engine.begin(), archive.engine.connect() as other:
        assert other.connection.dbapi_connection is not None
        with pytest.raises(sa.exc.OperationalError) as told:
            _begin_without_patience(other)
    assert what_is_wrong(told.value) == "archive_busy"


def _begin_without_patience(connection: sa.Connection) -> None:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute("PRAGMA busy_timeout = 50")
    connection.exec_driver_sql("SELECT 1")


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size`: what a full disk does to it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


def test_a_save_that_finds_no_room_changes_nothing_and_the_next_one_succeeds(archive: Archive) -> None:
    save(archive, "household", number="1")
    size = max(file.stat().st_size for file in archive.folder.iterdir())

    def save_much() -> None:
        with archive.write() as work:
            work.put("household", [(work.new_id(), {"remark": "长" * 1000}) for _ in range(500)])

    with room_for(size + 40_000), pytest.raises(sa.exc.DatabaseError):
        save_much()
    with archive.read() as reader:
        assert reader.count("household") == 1
    save_much()
    with archive.read() as reader:
        assert reader.count("household") == 501
    assert {check.state for check in doctoring.examine(archive)} == {"right"}


def test_what_was_saved_is_saved_also_where_the_search_index_finds_no_room(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("", {}, Exception("database or disk is full"))

    with monkeypatch.context() as full:
        full.setattr(search_index, "refresh", no_room)
        save(archive, "household", number="17")
        archive.close()
        opened = reopen(archive.folder)
        with opened.read() as reader:
            assert reader.count("household") == 1
        opened.close()
    opened = reopen(archive.folder)
    with opened.read() as reader:
        assert len(search.find(reader.connection, "17", limit=5)) == 1
    opened.close()


def test_an_archive_that_finds_no_room_is_not_made_and_can_be_made_afterwards(tmp_path: Path) -> None:
    with room_for(60_000):
        answer = unlocking.make(tmp_path / "a", user="陈静", passphrase="草原上有三匹白马", clock=Clock())
    assert getattr(answer, "key", "") == "folder_not_writable"
    assert not unlocking.is_there(tmp_path / "a")
    make_archive(tmp_path / "a").close()
    assert whole_saves(reopen(tmp_path / "a")) == 0


@pytest.mark.parametrize(
    "environment",
    [{"TZ": "Pacific/Kiritimati", "LANG": "C"}, {"TZ": "nonsense", "LC_ALL": "POSIX"}, {"TZ": "", "LANG": "zh_CN.GB18030"}],
)
def test_any_zone_and_language_of_the_machine_saves_and_finds_chinese(archive: Archive, environment: dict[str, str]) -> None:
    archive.close()
    process = saver(archive.folder, 2, "甲", **environment)
    assert process.communicate()[0].split() == ["ready", "0", "1"]
    opened = reopen(archive.folder)
    assert whole_saves(opened) == 2
    opened.close()


def test_a_making_killed_before_it_had_keys_does_not_stand_in_the_way(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os.replace = lambda *a, **k: os.kill(os.getpid(), 9)
        make_archive(tmp_path / "a")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    assert (tmp_path / "a" / DATABASE).exists()
    assert not unlocking.is_there(tmp_path / "a")
    made = make_archive(tmp_path / "a")
    save(made, "household", number="1")
    made.close()
    reopen(tmp_path / "a").close()
