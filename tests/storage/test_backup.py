"""Backups hold all that was saved, whole or not at all; restoring puts the old aside and survives being cut off anywhere."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import doctoring, keeping, unlocking, visits
from shequ_desktop.storage import backup, keyring
from shequ_desktop.storage.archive import DATABASE, Archive
from shequ_desktop.storage.drafts import Draft
from tests.made import PASSPHRASE, TODAY, USER, Clock, contents, make_archive, reopen, save


def restored(file: Path, folder: Path, passphrase: str = PASSPHRASE) -> Archive:
    answer = keeping.restore(file, folder, user=USER, passphrase=passphrase, clock=Clock())
    assert isinstance(answer, Archive), answer
    return answer


def refused(file: Path, folder: Path, user: str = USER, passphrase: str = PASSPHRASE) -> str:
    answer = keeping.restore(file, folder, user=user, passphrase=passphrase, clock=Clock())
    assert isinstance(answer, Problem), answer
    return answer.key


def backed_up(archive: Archive, out: Path) -> Path:
    assert keeping.back_up(archive, out=out) is None
    return out


def meta_of(archive: Archive, key: str) -> str:
    with archive.read() as reader:
        return reader.meta(key)


def numbers(archive: Archive) -> list[str]:
    with archive.read() as reader:
        return sorted(record.fields["number"] for record in reader.all("household"))


def all_right(archive: Archive) -> bool:
    return {check.state for check in doctoring.examine(archive)} == {"right"}


def test_fifty_visits_still_in_the_wal_are_all_in_the_backup_of_an_open_archive(archive: Archive, tmp_path: Path) -> None:
    archive.engine.pool.connect().cursor().execute("PRAGMA wal_autocheckpoint = 0")
    home = save(archive, "household", number="17")
    for day in range(50):
        draft = visits.start(archive, household=home)
        assert isinstance(draft, Draft)
        kept = visits.keep(archive, draft=draft, content={"visit": {"visited_on": "2026-11-20", "remark": f"第{day}次"}})
        assert visits.finish(archive, draft=kept, today=TODAY) == draft.id
    assert (archive.folder / f"{DATABASE}-wal").stat().st_size > 200_000
    elsewhere = restored(backed_up(archive, tmp_path / "b"), tmp_path / "other machine")
    with elsewhere.read() as reader:
        assert reader.count("visit") == 50
    assert all_right(elsewhere)
    elsewhere.close()


def test_a_restored_archive_is_another_copy_and_sends_nothing_before_somebody_says_so(archive: Archive, tmp_path: Path) -> None:
    save(archive, "household", number="17")
    other = restored(backed_up(archive, tmp_path / "b"), tmp_path / "c")
    assert meta_of(other, "device") == meta_of(archive, "device")
    assert meta_of(other, "incarnation") != meta_of(archive, "incarnation")
    assert (meta_of(other, "sync_hold"), meta_of(archive, "sync_hold")) == ("1", "")
    home = save(other, "household", number="18")
    with other.read() as reader:
        (row,) = reader.log_of([home])
    assert (row.change.incarnation, row.change.n) == (int(meta_of(other, "incarnation")), 1)
    assert all_right(other)
    other.close()


def test_restoring_over_an_archive_puts_the_old_one_aside_whole(archive: Archive, tmp_path: Path) -> None:
    save(archive, "household", number="old")
    kept = backed_up(archive, tmp_path / "b")
    save(archive, "household", number="newer")
    archive.close()
    (archive.folder / backup.OUTBOX).mkdir()
    (archive.folder / backup.OUTBOX / "000001").write_bytes(b"sealed")
    back = restored(kept, archive.folder)
    assert numbers(back) == ["old"]
    back.close()
    (aside,) = (archive.folder / backup.ASIDE).iterdir()
    assert (aside / backup.OUTBOX / "000001").read_bytes() == b"sealed"
    assert not (archive.folder / backup.OUTBOX).exists()
    old = reopen(aside)
    assert numbers(old) == ["newer", "old"]
    old.close()


def test_a_backup_opens_with_the_passphrase_of_its_day_and_no_other(archive: Archive, tmp_path: Path) -> None:
    kept = backed_up(archive, tmp_path / "b")
    unlocking.change_passphrase(archive, passphrase="一条河往北流过去")
    archive.close()
    before = contents(archive.folder)
    assert refused(kept, archive.folder, passphrase="一条河往北流过去") == "wrong_passphrase"
    assert refused(kept, archive.folder, user="谁") == "wrong_passphrase"
    assert contents(archive.folder) == before
    restored(kept, archive.folder).close()


def repacked(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], None]:
    def apply(file: Path) -> None:
        with zipfile.ZipFile(file) as pack:
            parts = {name: pack.read(name) for name in pack.namelist()}
        change(parts)
        with zipfile.ZipFile(file, "w") as pack:
            for name, data in parts.items():
                pack.writestr(name, data)

    return apply


NO_BACKUPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda file: file.write_bytes(b""), "backup_not_readable"),
    "cut": (lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]), "backup_not_readable"),
    "a text": (lambda file: file.write_text("户号,姓名"), "backup_not_readable"),
    "bytes changed": (lambda file: file.write_bytes(changed(file.read_bytes())), "backup_not_readable"),
    "no keys": (repacked(lambda parts: parts.pop(keyring.FILE)), "backup_not_readable"),
    "no database": (repacked(lambda parts: parts.pop(DATABASE)), "backup_not_readable"),
    "damaged keys": (repacked(lambda parts: parts.update({keyring.FILE: b"[]"})), "backup_not_readable"),
    "an odd manifest": (repacked(lambda parts: parts.update({backup.MANIFEST: b"[]"})), "backup_not_readable"),
    "a worded version": (repacked(lambda p: p.update({backup.MANIFEST: b'{"version": "x"}'})), "backup_not_readable"),
    "a newer one": (repacked(lambda p: p.update({backup.MANIFEST: json.dumps({"version": 2}).encode()})), "backup_newer"),
    "a damaged database": (repacked(lambda parts: parts.update({DATABASE: b"\0" * 8192})), "archive_damaged"),
    "an empty database": (repacked(lambda parts: parts.update({DATABASE: b""})), "archive_missing"),
    "gone": (lambda file: file.unlink(), "file_missing"),
}


def changed(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0x55 for byte in data[middle : middle + 64]) + data[middle + 64 :]


@pytest.mark.parametrize(("spoil", "key"), NO_BACKUPS.values(), ids=NO_BACKUPS)
def test_what_is_no_backup_is_one_problem_and_the_archive_stays(
    archive: Archive, tmp_path: Path, spoil: Callable[[Path], object], key: str
) -> None:
    save(archive, "household", number="17")
    kept = backed_up(archive, tmp_path / "b")
    archive.close()
    spoil(kept)
    before = contents(archive.folder)
    assert refused(kept, archive.folder) == key
    assert contents(archive.folder) == before


def test_a_backup_to_a_place_that_cannot_be_written_is_one_problem_and_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    save(archive, "household", number="17")
    file = tmp_path / "file"
    file.write_text("mine")
    before = set(contents(tmp_path))
    answers = [keeping.back_up(archive, out=out) for out in (tmp_path / "nowhere" / "b", file / "b", tmp_path)]
    assert [answer.key for answer in answers if answer] == ["not_written", "not_written", "target_is_folder"]
    assert set(contents(tmp_path)) == before
    assert file.read_text() == "mine"


def test_a_backup_over_an_older_one_replaces_it_whole(archive: Archive, tmp_path: Path) -> None:
    save(archive, "household", number="1")
    kept = backed_up(archive, tmp_path / "b")
    save(archive, "household", number="2")
    backed_up(archive, kept)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["b"]
    assert numbers(restored(kept, tmp_path / "c")) == ["1", "2"]


def test_automatic_backups_keep_the_newest_few_whatever_the_clock_says(archive: Archive) -> None:
    for now_ms in (1_795_000_000_000, 0, 4_102_444_800_000, -1, 5, 1_795_000_000_000, 3):
        archive.clock = lambda now_ms=now_ms: now_ms  # type: ignore[misc]
        newest = backup.keep_automatic(archive, "before-trial")
        assert newest.exists()
    assert len(list((archive.folder / backup.FOLDER).iterdir())) == backup.KEPT_AUTOMATIC


STEPS_OF_FILES = ("replace", "fsync", "mkdir")


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do something in a process that dies at its n-th touch of the disk. False: it came to its end before."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counting(real: Callable[..., object]) -> Callable[..., object]:
            def touch(*arguments: object, **named: object) -> object:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), 9)
                return real(*arguments, **named)

            return touch

        for name in STEPS_OF_FILES:
            setattr(os, name, counting(getattr(os, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9


def test_a_restore_killed_at_any_step_leaves_the_old_archive_or_the_new_one(tmp_path: Path) -> None:
    source = make_archive(tmp_path / "source")
    save(source, "household", number="from the backup")
    kept = backed_up(source, tmp_path / "b")
    source.close()
    old = make_archive(tmp_path / "old")
    save(old, "household", number="old")
    old.close()
    (old.folder / backup.OUTBOX).mkdir()
    step, seen = 0, set()
    while True:
        folder = tmp_path / f"at {step}"
        shutil.copytree(old.folder, folder)
        cut = killed_at(step, partial(restored, kept, folder))
        assert unlocking.is_there(folder)
        opened = reopen(folder)
        seen.add(tuple(numbers(opened)))
        assert numbers(opened) in (["old"], ["from the backup"])
        assert all_right(opened)
        opened.close()
        if not cut:
            break
        restored(kept, folder).close()
        assert not [name for name in os.listdir(folder) if name.startswith(".restore") or name == "restore.ready"]
        step += 1
    assert seen == {("old",), ("from the backup",)}
    assert step > 8


def test_what_went_aside_belongs_together_however_often_the_restore_was_cut_off(tmp_path: Path) -> None:
    source = make_archive(tmp_path / "source")
    kept = backed_up(source, tmp_path / "b")
    old = tmp_path / "old"
    child = os.fork()
    if child == 0:  # leaves its last save in the WAL
        save(make_archive(old), "household", number="old")
        os._exit(0)
    os.waitpid(child, 0)
    for step in range(4, 16):
        folder = tmp_path / f"at {step}"
        shutil.copytree(old, folder)
        killed_at(step, partial(restored, kept, folder))
        unlocking.is_there(folder)
        for aside in (folder / backup.ASIDE).glob("*"):
            put_aside = reopen(aside)
            assert numbers(put_aside) == ["old"]
            put_aside.close()
    source.close()


def test_a_backup_killed_at_any_step_leaves_the_older_backup_whole(archive: Archive, tmp_path: Path) -> None:
    save(archive, "household", number="1")
    kept = backed_up(archive, tmp_path / "b")
    save(archive, "household", number="2")
    archive.close()
    ended = []
    for step in range(3):
        opened = reopen(archive.folder)
        ended.append(not killed_at(step, partial(backed_up, opened, kept)))
        assert all_right(opened)
        opened.close()
        back = restored(kept, tmp_path / f"at {step}")
        assert numbers(back) == (["1", "2"] if step == 2 else ["1"])
        back.close()
    assert ended == [False, False, False]
