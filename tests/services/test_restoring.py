"""Backups are looked into before one is put in the archive's place; keys change only for who knows the passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from shequ_desktop.domain.problems import Problem
from shequ_desktop.services import own_keys, restoring, support, unlocking
from shequ_desktop.services.own_keys import Removed
from shequ_desktop.services.restoring import Preview
from shequ_desktop.storage.archive import Archive
from tests.made import PASSPHRASE, USER, Clock, contents, reopen, save, try_to_open

OTHER, OTHERS = "王医生", "一条河往北流过去"


@pytest.fixture
def backup(archive: Archive, tmp_path: Path) -> Path:
    """A backup of one household; afterwards two more and a person were added."""
    save(archive, "household", number="0001")
    out = tmp_path / "stick" / "shequ.shequ-backup"
    out.parent.mkdir()
    size = restoring.back_up(archive, out=out)
    assert size == out.stat().st_size
    for number in ("0002", "0003"):
        save(archive, "household", number=number)
    save(archive, "resident", name="巴特尔")
    return out


def look(archive: Archive, file: Path, passphrase: str = PASSPHRASE) -> Preview | Problem:
    return restoring.preview(archive, file=file, user=USER, passphrase=passphrase)


def test_the_preview_counts_both_sides_and_names_the_copy_just_made(archive: Archive, backup: Path) -> None:
    preview = look(archive, backup)
    assert isinstance(preview, Preview)
    assert (preview.inside.counts["household"], preview.inside.counts["resident"]) == (1, 0)
    assert (preview.now.counts["household"], preview.now.counts["resident"]) == (3, 1)
    assert preview.inside.author == USER
    assert 0 < preview.inside.saved_ms < preview.now.saved_ms
    assert preview.safety.name == "000001-before-restore.shequ-backup"
    assert [kept.file for kept in restoring.automatic(archive)] == [preview.safety]


def test_looking_changes_nothing_but_the_copy(archive: Archive, backup: Path) -> None:
    before = {name: digest for name, digest in contents(archive.folder).items() if "archive.db" not in name}
    look(archive, backup)
    after = {name: digest for name, digest in contents(archive.folder).items() if "archive.db" not in name}
    assert {name for name in after if after[name] != before.get(name)} == {"backups/000001-before-restore.shequ-backup"}


@pytest.mark.parametrize(("content", "key"), [(b"", "backup_not_readable"), (b"PK\x03\x04 cut", "backup_not_readable")])
def test_what_is_no_backup_is_said(archive: Archive, tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "x.shequ-backup"
    file.write_bytes(content)
    people, preview = restoring.people_in(archive, file=file), look(archive, file)
    assert isinstance(people, Problem)
    assert isinstance(preview, Problem)
    assert (people.key, preview.key) == (key, key)
    assert restoring.automatic(archive) == []


def test_a_file_that_is_gone_is_said(archive: Archive, tmp_path: Path) -> None:
    people = restoring.people_in(archive, file=tmp_path / "gone")
    assert isinstance(people, Problem)
    assert people.key == "file_missing"


def test_a_wrong_passphrase_stands_beside_its_field_and_makes_no_copy(archive: Archive, backup: Path) -> None:
    problem = look(archive, backup, "wrong one")
    assert isinstance(problem, Problem)
    assert (problem.key, problem.field) == ("wrong_passphrase", "passphrase")
    assert restoring.automatic(archive) == []


def test_people_of_the_backup_are_those_of_its_day(archive: Archive, backup: Path) -> None:
    assert unlocking.add_person(archive, user=OTHER, passphrase=OTHERS) is None
    assert restoring.people_in(archive, file=backup) == [USER]


def test_putting_it_in_place_and_the_copy_back_again_loses_nothing(archive: Archive, backup: Path) -> None:
    preview = look(archive, backup)
    assert isinstance(preview, Preview)
    act = restoring.replacement(archive, file=backup, user=USER, passphrase=PASSPHRASE)
    archive.close()
    assert act() is None
    restored = reopen(archive.folder)
    with restored.read() as reader:
        assert reader.count("household") == 1
    back = restoring.replacement(restored, file=preview.safety, user=USER, passphrase=PASSPHRASE)
    restored.close()
    assert back() is None
    again = reopen(archive.folder)
    with again.read() as reader:
        assert (reader.count("household"), reader.count("resident")) == (3, 1)
    again.close()


def test_keys_change_only_for_who_knows_the_passphrase(archive: Archive) -> None:
    for refused in (
        own_keys.add(archive, own_passphrase="wrong", user=OTHER, passphrase=OTHERS),
        own_keys.change_own(archive, own_passphrase="wrong", passphrase=OTHERS),
        own_keys.renew_recovery(archive, own_passphrase="wrong"),
        own_keys.remove(archive, own_passphrase="wrong", user=OTHER),
    ):
        assert isinstance(refused, Problem)
        assert (refused.key, refused.field) == ("wrong_passphrase", "own_passphrase")
    assert own_keys.people(archive) == [USER]


def test_a_person_removed_and_given_back_opens_with_the_same_passphrase(archive: Archive) -> None:
    assert own_keys.add(archive, own_passphrase=PASSPHRASE, user=f" {OTHER} ", passphrase=OTHERS) == OTHER
    removed = own_keys.remove(archive, own_passphrase=PASSPHRASE, user=OTHER)
    assert isinstance(removed, Removed)
    assert own_keys.people(archive) == [USER]
    own_keys.give_back(archive, removed=removed)
    assert isinstance(try_to_open(archive.folder, user=OTHER, passphrase=OTHERS), Archive)


def test_nobody_takes_away_their_own_way_in(archive: Archive) -> None:
    refused = own_keys.remove(archive, own_passphrase=PASSPHRASE, user=USER)
    assert isinstance(refused, Problem)
    assert refused.key == "own_way_in"


def test_a_renewed_recovery_code_opens(archive: Archive) -> None:
    code = own_keys.renew_recovery(archive, own_passphrase=PASSPHRASE)
    assert isinstance(code, str)
    opened = unlocking.unlock_by_recovery(archive.folder, user=USER, code=code, passphrase=OTHERS, clock=Clock())
    assert isinstance(opened, Archive)
    opened.close()


def test_details_for_support_hold_no_person(archive: Archive) -> None:
    save(archive, "resident", name="斯琴高娃", id_number="152501195003010028")
    save(archive, "household", address="乌兰街17号", number="0017")
    (archive.folder / "shequ.log").write_text("2026-11-25 ERROR unforeseen KeyError at a.py:3 f\n", encoding="utf-8")
    told = support.details(archive, window={"version": "1.0.0"})
    for personal in ("斯琴高娃", "152501195003010028", "乌兰街", "0017", USER, str(archive.folder)):
        assert personal not in told
    assert "version: 1.0.0" in told
    assert "resident=1" in told
    assert "unforeseen KeyError at a.py:3" in told
