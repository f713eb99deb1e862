"""Archives that do not open: each a problem with its own sentence, and not one byte changed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shequ_desktop import wording
from shequ_desktop.storage.archive import DATABASE, Archive, Refused
from tests.made import Clock, contents, make_archive, reopen, save, try_to_open


def left_open(folder: Path) -> None:
    """An archive as a killed program leaves it, with its last saves in the WAL."""
    child = os.fork()
    if child == 0:
        save(make_archive(folder, clock=Clock()), "household", number="17")
        os._exit(0)
    os.waitpid(child, 0)
    assert (folder / f"{DATABASE}-wal").stat().st_size


def write_newer_revision(folder: Path) -> None:
    archive = reopen(folder)
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'records_9999' WHERE version_num LIKE 'records%'")
        connection.exec_driver_sql("CREATE TABLE what_is_to_come (id INTEGER)")
    archive.close()


def key_of(answer: Archive | Refused) -> str:
    assert isinstance(answer, Refused), answer
    assert wording.say(answer.key, "zh_CN")
    return answer.key


def test_an_archive_of_a_newer_program_is_refused_and_not_one_byte_changed(archive: Archive) -> None:
    save(archive, "household", number="17")
    archive.close()
    write_newer_revision(archive.folder)
    before = contents(archive.folder)
    assert key_of(try_to_open(archive.folder)) == "archive_newer"
    assert contents(archive.folder) == before


def test_a_newer_archive_left_by_a_killed_program_keeps_what_lies_in_its_wal(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    left_open(folder)
    child = os.fork()
    if child == 0:
        archive = reopen(folder)
        with archive.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'records_9999' WHERE version_num LIKE 'rec%'")
        os._exit(0)
    os.waitpid(child, 0)
    before = contents(folder)
    assert key_of(try_to_open(folder)) == "archive_newer"
    after = contents(folder)
    lock_index = f"{DATABASE}-shm"  # only says who reads the WAL; SQLite makes it anew at every start
    assert {name: data for name, data in after.items() if name != lock_index} == {
        name: data for name, data in before.items() if name != lock_index
    }


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda file: file.unlink(), "archive_missing"),
    "empty": (lambda file: file.write_bytes(b""), "archive_missing"),
    "zeros": (lambda file: file.write_bytes(b"\0" * file.stat().st_size), "archive_damaged"),
    "noise": (lambda file: file.write_bytes(os.urandom(40_960)), "archive_damaged"),
    "first page": (lambda file: file.write_bytes(flipped(file.read_bytes(), 100)), "archive_damaged"),
    "one page only": (lambda file: file.write_bytes(file.read_bytes()[:4096]), "archive_damaged"),
    "a plain database": (lambda file: file.write_bytes(b"SQLite format 3\0" + b"\0" * 4080), "archive_damaged"),
}


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(("damage", "key"), DAMAGES.values(), ids=DAMAGES)
def test_a_missing_or_damaged_file_is_one_problem_and_is_left_as_it_is(
    archive: Archive, damage: Callable[[Path], object], key: str
) -> None:
    save(archive, "household", number="17")
    archive.close()
    damage(archive.folder / DATABASE)
    before = contents(archive.folder)
    assert key_of(try_to_open(archive.folder)) == key
    assert contents(archive.folder) == before


def test_an_archive_whose_file_is_a_folder_is_one_problem(archive: Archive) -> None:
    archive.close()
    (archive.folder / DATABASE).unlink()
    (archive.folder / DATABASE).mkdir()
    assert key_of(try_to_open(archive.folder)) in ("archive_not_writable", "archive_missing")


def as_nobody(ask: Callable[[], str]) -> str:
    """What a child process answers that has no more rights than files grant it; root is asked by no file."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setegid(65534)
                os.seteuid(65534)
            os.write(writing, ask().encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    return os.read(reading, 1000).decode()


def test_a_folder_that_may_only_be_read_is_one_problem(archive: Archive) -> None:
    save(archive, "household", number="17")
    archive.close()
    for part in (archive.folder, *archive.folder.parents):
        if part.stat().st_uid == os.geteuid() and part != Path("/"):
            part.chmod(0o555 if part == archive.folder else part.stat().st_mode | 0o011)
    for file in archive.folder.iterdir():
        file.chmod(0o444)
    before = contents(archive.folder)
    assert as_nobody(lambda: key_of(try_to_open(archive.folder))) == "archive_not_writable"
    assert contents(archive.folder) == before
    archive.folder.chmod(0o755)


def test_a_disk_that_fills_up_during_the_upgrade_leaves_the_old_archive(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.close()

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shequ_desktop.storage.archive._is_current", lambda archive: False)
    monkeypatch.setattr("shequ_desktop.storage.backup.write", full)
    assert key_of(try_to_open(archive.folder)) == "disk_full"
    monkeypatch.undo()
    reopen(archive.folder).close()
