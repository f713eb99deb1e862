"""Without the key nothing personal can be read in the archive's folder, or is left anywhere else."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from shequ_desktop.services import keeping, visits
from shequ_desktop.storage import backup
from shequ_desktop.storage.archive import Archive
from shequ_desktop.storage.drafts import Draft
from tests.made import PASSPHRASE, Clock, contents, edit, raw_contents, save, typed

SECRETS = ("额尔敦其木格", "乌兰察布东街的蓝门", "13947901234", "152501195003010021", "Sarangerel", "昨晚摔倒", PASSPHRASE)


def fill(archive: Archive) -> Draft:
    home = save(archive, "household", address="乌兰察布东街的蓝门", remark="Sarangerel")
    who = save(archive, "resident", name="额尔敦其木格", alias="Sarangerel", id_number="152501195003010021")
    save(archive, "phone", resident=who, number="13947901234")
    typed(archive, "membership", household=home, resident=who)
    edit(archive, "resident", who, remark="昨晚摔倒")
    draft = visits.start(archive, household=home)
    assert isinstance(draft, Draft)
    return visits.keep(archive, draft=draft, content={"visit": {"remark": "昨晚摔倒"}, "notes": [], "promises": [], "seen": 0})


def readable(folder: Path) -> list[tuple[str, str]]:
    """(file, secret) of everything that somebody without the key could read, in any usual alphabet."""
    spelled = [(secret, secret.encode(code)) for secret in SECRETS for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    named = [(name, secret) for name in contents(folder) for secret in SECRETS if secret in name]
    return named + [
        (name, secret) for name, data in raw_contents(folder).items() for secret, spelling in spelled if spelling in data
    ]


def test_nothing_personal_can_be_read_in_the_folder_while_the_archive_is_open_and_after(archive: Archive) -> None:
    fill(archive)
    assert readable(archive.folder) == []
    backup.keep_automatic(archive, "before-trial")
    assert len(contents(archive.folder / backup.FOLDER)) == 1
    assert readable(archive.folder) == []
    archive.close()
    assert readable(archive.folder) == []


def test_the_search_for_secrets_would_find_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\1\2" + "额尔敦其木格".encode("gb18030"))
    (tmp_path / "b").write_bytes("13947901234".encode("utf-16-le"))
    assert len(readable(tmp_path)) == 2


def test_a_backup_can_be_read_by_nobody_without_the_key(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    out = tmp_path / "out"
    out.mkdir()
    assert keeping.back_up(archive, out=out / "b.shequ-backup") is None
    assert readable(out) == []


def test_nothing_is_left_in_the_folder_of_temporary_files(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    fill(archive)
    keeping.back_up(archive, out=tmp_path / "b.shequ-backup")
    assert os.listdir(temporary) == []


def test_errors_of_the_database_do_not_repeat_what_was_to_be_written(archive: Archive) -> None:
    with pytest.raises(sa.exc.IntegrityError) as told, archive.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO draft (id, owner) VALUES (?, ?)", ("额尔敦其木格", "13947901234"))
    assert not any(secret in str(told.value) for secret in SECRETS)


def test_what_is_shown_of_an_archive_holds_no_key(archive: Archive) -> None:
    assert archive.key.hex() not in repr(archive)
    assert str(archive.key) not in repr(archive)
    assert Clock.__name__ not in repr(archive)
